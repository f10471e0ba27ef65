"""A licence that is to pass to another business: what both sides are told."""

from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.letters.sending import judged_by, licence_facts, queue, standard_in_words
from licensing.models import Application, Transfer
from registry.letters.models import Letter
from registry.licences.models import Licence


def transfer_asked(transfer: Transfer, *, at: datetime) -> Letter:
    """Confirms that the holder has asked for a transfer, and that nothing has been decided yet."""
    subject = _("You have asked that your licence pass to another business")
    return _about_transfer(transfer, transfer.licence, template="transfer_asked", subject=subject, at=at)


def transfer_to_answer(transfer: Transfer, *, at: datetime) -> Letter:
    """Asks the other business whether it agrees to be licensed in the holder's place."""
    subject = _("Do you agree that a licence passes to you?")
    return _about_transfer(transfer, transfer.application, template="transfer_to_answer", subject=subject, at=at)


def transfer_declined(transfer: Transfer, *, at: datetime) -> Letter:
    """Says that the other business does not agree, so that the licence stays where it is."""
    subject = _("The other business does not agree to the transfer")
    return _about_transfer(transfer, transfer.licence, template="transfer_declined", subject=subject, at=at)


def transfer_granted(transfer: Transfer, *, at: datetime) -> Letter:
    """Tells the other business that it is licensed, from when, and on which conditions that came along."""
    assert transfer.application is not None and transfer.became is not None
    transfer.application.refresh_from_db()
    language = transfer.application.organisation.language
    scheme = judged_by(transfer.became)
    facts = {
        "transfer": transfer.reference,
        "from_licence": transfer.licence.number,
        "licence": licence_facts(transfer.became),
        "conditions": [
            {
                "standard": standard_in_words(scheme, one.standard, language),
                "requirement": one.requirement,
                "due_on": one.due_on,
            }
            for one in transfer.became.conditions.order_by("pk")
        ],
    }
    return queue(transfer.application, wording="decision_grant", template="transfer_granted", facts=facts, at=at)


def _about_transfer(
    transfer: Transfer, about: Application | Licence | None, *, template: str, subject: Promise, at: datetime
) -> Letter:
    """What is asked for. The holder's reasons are its own: the other business does not read them."""
    assert about is not None
    facts = {
        "transfer": transfer.reference,
        "holder": transfer.organisation.legal_name,
        "to_name": transfer.to_name,
        "has_applied": transfer.application_id is not None,
        "from_day": transfer.from_day,
        "licence": licence_facts(transfer.licence),
    }
    return queue(about, template=template, subject=subject, facts=facts, at=at)
