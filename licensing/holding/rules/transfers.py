"""What must be true before a licence passes to another business (2004 Act, s.9). The authority normally refuses: each applies itself."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.appeals.states import AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.applications.states import IN_HAND
from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.decisions import OPEN_DECISIONS
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.models import Transfer
from licensing.holding.rules.holding import holding_blockers
from licensing.holding.states import OPEN_TRANSFERS, TransferStatus
from registry import names
from registry.accounts.models import User
from registry.errors import Reason
from registry.licences import rules as registry_rules
from registry.licences.models import Licence


def ask_blockers(
    licence: Licence, *, offered: bool, decisions: Collection[Decision], transfers: Collection[Transfer], today: date
) -> Iterator[Reason]:
    """Why the holder cannot ask now: once a licence has expired there is nothing left to pass on.

    `offered`: the version of the scheme in force has words for a transfer.
    """
    yield from holding_blockers(licence, today=today)
    if not offered:
        yield Reason("not_offered", _("A transfer cannot be asked for here. Write to us."))
    if any(one.status in OPEN_TRANSFERS for one in transfers):
        yield Reason("asked_already", _("You have asked for this already. We will write to you."))
    elif any(one.status in OPEN_DECISIONS for one in decisions):
        yield Reason(
            "decision_open", _("Something has been proposed about this licence. It is decided first: write to us.")
        )


def asked_blockers(
    licence: Licence, *, to_name: str, number: str, application: Application | None, from_day: date, today: date
) -> Iterator[Reason]:
    """What is asked: another business, from a day that lies ahead and within the licence.

    Of an application under this number only its applicant's own name is believed: nobody finds out who has applied by trying
    numbers.
    """
    if not to_name.strip():
        yield Reason("no_name", _("Write the name of the other business."), "to_name")
    if names.fold(to_name) == names.fold(licence.organisation.legal_name):
        yield Reason("same_business", _("That is the business that holds the licence already."), "to_name")
    if number and application is None:
        text = _(
            "There is no application with this number by a business of this name. Ask them for both, as they gave them."
        )
        yield Reason("no_such_application", text, "number")
    if from_day <= today:
        yield Reason("too_early", _("Name a later day: we must decide first."), "from_day")
    elif not list(registry_rules.surrender_blockers(licence, takes_effect=today)):
        yield from (
            Reason(one.code, one.text, "from_day")
            for one in registry_rules.surrender_blockers(licence, takes_effect=from_day)
        )


def is_of(application: Application, licence: Licence, *, to_name: str) -> bool:
    """Whether it is an application for a licence of its own, under the same scheme, by a business of this name."""
    own = application.renews_id is None and application.alters_id is None
    named = names.fold(application.organisation.legal_name) == names.fold(to_name)
    other = application.organisation_id != licence.organisation_id
    return own and named and other and application.scheme == licence.scheme and application.status in IN_HAND


def answer_blockers(transfer: Transfer, *, move: str) -> Iterator[Reason]:
    """Why the other business cannot agree, or say no, now."""
    yield from transfer.lifecycle.blockers(transfer.status, move)


@dataclass(frozen=True, slots=True)
class Unsettled:
    """What the holder would be rid of if the licence passed on now: asked of the database by `queries.unsettled`."""

    appealed: bool = False
    modified: bool = False
    proposed: bool = False


SETTLED = Unsettled()


def unsettled_blockers(found: Unsettled) -> Iterator[Reason]:
    """Nobody sheds a decision by passing the licence on: what was decided about it is settled first (domain 2.3: anti-phoenix)."""
    if found.appealed:
        text = _(
            "An appeal about this licence is not over. The licence can pass on when it is, and what follows has been carried out."
        )
        yield Reason("appeal_open", text)
    if found.modified:
        text = _("A condition has been decided that does not hold yet. The licence can pass on with it, once it does.")
        yield Reason("modification_to_come", text)


def waits_blockers(found: Unsettled) -> Iterator[Reason]:
    """The same where nothing is proposed any more of the transfer itself: the tribunal has decided it."""
    yield from unsettled_blockers(found)
    if found.proposed:
        yield Reason("decision_open", _("Something else has been proposed about this licence. Decide that first."))


def passes_blockers(licence: Licence, *, on: date) -> Iterator[Reason]:
    """The holder's licence ends with that day; a suspension of it is served by the holder, to its end or until it is lifted."""
    yield from registry_rules.surrender_blockers(licence, takes_effect=on)
    if licence.suspended_from is None:
        return
    if licence.suspended_until is None or on <= licence.suspended_until:
        text = _(
            "The licence is suspended until the end of {day}. It can pass on from the day after, or once the suspension is lifted."
        )
        last = date_format(licence.suspended_until or licence.valid_until, "j F Y")
        yield Reason("suspended", format_lazy(text, day=last), "takes_effect")


def first_day(licence: Licence, *, earliest: date) -> date:
    """The first day from then on which the licence can pass on: a suspension runs out first."""
    if licence.suspended_until is None or licence.suspended_until < earliest:
        return earliest
    return licence.suspended_until + timedelta(days=1)


def about_blockers(
    transfer: Transfer | None, *, kind: str, other_decided: bool, unsettled: Unsettled
) -> Iterator[Reason]:
    """Why nothing of this kind can be proposed or decided of a transfer now."""
    if transfer is None or transfer.status not in OPEN_TRANSFERS:
        yield Reason("no_transfer", _("The holder does not ask for a transfer, or not any more."))
    elif kind == DecisionKind.ALLOW_TRANSFER:
        yield from consent_blockers(transfer, other_decided=other_decided)
        yield from unsettled_blockers(unsettled)


def consent_blockers(transfer: Transfer, *, other_decided: bool) -> Iterator[Reason]:
    """A consent licenses the other business: it has agreed, applied in its own right, and is being assessed.

    `other_decided`: something has been proposed of its application.
    """
    if transfer.application is None:
        text = _(
            "The other business has not applied for its own licence, so we have not assessed whether "
            "it is fit to be licensed."
        )
        yield Reason("not_applied", text)
        return
    if transfer.status != TransferStatus.AGREED:
        yield Reason("not_agreed", _("The other business has not agreed."))
    if not transfer.application.lifecycle.allows(transfer.application.status, "grant"):
        yield Reason("not_assessed", _("The application of the other business is not being assessed."))
    if other_decided:
        yield Reason("other_decision_open", _("A decision on the application of the other business is open."))


def possible_blockers(transfer: Transfer, *, from_day: date, unsettled: Unsettled) -> Iterator[Reason]:
    """Why a licence cannot pass from this day, whoever has decided that it should: one side is there no more, or not free to."""
    application = transfer.application
    if application is None or not application.lifecycle.allows(application.status, "grant"):
        yield Reason("not_assessed", _("The application of the other business is not being assessed."))
    yield from waits_blockers(unsettled)
    yield from passes_blockers(transfer.licence, on=from_day)


def person_blockers(transfer: Transfer | None, by: User) -> Iterator[Reason]:
    """Who has assessed the other business, or typed in its application, decides nothing about the transfer."""
    application = transfer.application if transfer else None
    if application is None:
        return
    if by.pk in {application.case_officer_id, application.typed_in_by}:
        text = _(
            "You worked on application {reference} of the other business, so someone else must take this decision."
        )
        yield Reason("assessed_other", format_lazy(text, reference=application.reference))


def carried_out_blockers(transfer: Transfer, *, by: User) -> Iterator[Reason]:
    """A transfer is made because somebody has just consented to it, or because an appeal against its refusal was allowed."""
    yield from transfer.lifecycle.blockers(transfer.status, "consent")
    consented = transfer.decisions.filter(kind=DecisionKind.ALLOW_TRANSFER, decided_by=by, status="decided")
    refused = transfer.decisions.filter(kind=DecisionKind.REFUSE_TRANSFER, status="decided")
    allowed = refused.filter(appeals__status=AppealStatus.ENDED, appeals__outcome=AppealOutcome.ALLOWED).exclude(
        appeals__ended_by=by
    )
    if not consented.exists() and not allowed.exists():
        yield Reason("not_decided", _("Nothing has been decided by which a licence could pass to another business."))
