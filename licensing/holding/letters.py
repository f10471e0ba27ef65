"""What a holder is told while it holds a licence.

A licence that is to pass to another business: what both sides are told."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.holding.models import Change, Transfer
from licensing.letters.letters import judged_by, licence_facts, queue, standard_in_words
from registry.accounts.models import User
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.schemes import said


def told(changes: Sequence[Change], *, at: datetime) -> Letter:
    """Confirms what was told, to the address that is on the file before anything follows from it (docs/rules.md T45).

    Several are of one kind, and were told together.
    """
    first, called = changes[0], ", ".join(change.called for change in changes)
    subject = _("We have what you told us")
    return _about_change(first, template="change_told", subject=subject, called=called, at=at)


def change_accepted(change: Change, *, former: str, at: datetime) -> list[Letter]:
    """Says that file and register follow; to the former address too, if there is a new one: it may be somebody else's."""
    subject = _("We have accepted the change")
    own = _about_change(change, template="change_accepted", subject=subject, at=at)
    if not former or former == own.address:
        return [own]
    return [own, _about_change(change, template="change_accepted", subject=subject, to=former, at=at)]


def change_refused(change: Change, *, at: datetime) -> Letter:
    """Says why a change was not accepted: file and register stay as they are."""
    return _about_change(change, template="change_refused", subject=_("We have not accepted the change"), at=at)


def _about_change(
    change: Change, *, template: str, subject: Promise, called: str = "", to: str | None = None, at: datetime
) -> Letter:
    licence = change.licence
    licence.organisation.refresh_from_db()
    kind = judged_by(change).change_kind(change.kind)
    facts = {
        "change": change.reference,
        "title": said(kind.title, licence.organisation.language),
        "called": called or change.called,
        "happened_on": change.happened_on,
        "days_late": change.days_late,
        "holds": kind.at_once,
        "because": change.because,
    }
    return queue(licence, template=template, subject=subject, facts=facts, to=to, at=at)


def misuse_received(licence: Licence, *, at: datetime) -> Letter:
    """Confirms that the holder's suspicion has arrived; what it said is not repeated."""
    subject = _("We have your report that your licence may be misused")
    return queue(licence, template="misuse_received", subject=subject, facts={"licence": licence_facts(licence)}, at=at)


def ended(licence: Licence, *, at: datetime) -> Letter:
    """Tells the holder that the licence has ended with the change of its numbers (2009 Rules, r.5)."""
    facts = {"licence": licence_facts(licence), "from_day": licence.ended_from}
    return queue(licence, wording="licence_ended", facts=facts, at=at)


def reminded(licence: Licence, *, at: datetime) -> list[Letter]:
    """Says until when the licence lasts and how to renew it, to the holder and to everyone who acts for it (BRIEF70)."""
    facts = {"licence": licence_facts(licence)}
    own = queue(licence, wording="renewal_reminder", facts=facts, copied=False, at=at)
    acting = licence.organisation.memberships.acting(timezone.localdate(at)).values("user")
    others = User.objects.filter(pk__in=acting, is_active=True).exclude(email__iexact=own.address).order_by("pk")
    return [own, *(queue(licence, wording="renewal_reminder", facts=facts, to=one, at=at) for one in others)]


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
