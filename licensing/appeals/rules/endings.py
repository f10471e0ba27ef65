"""When it can be written down how an appeal ended, and when another person may carry that out."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal, PutCondition
from licensing.appeals.rules.appeals import FURTHEST, TOO_FAR, day_blockers
from licensing.appeals.states import DETERMINED, PUTS, SET_ASIDE, AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.rules import transfers
from registry.accounts.models import User
from registry.days import day_blockers as day_blockers_of
from registry.errors import Reason
from registry.permissions import CONFLICTED
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class PutInPlace:
    """What the tribunal put in the place of a decision: conditions, a suspension until a day, or both."""

    conditions: tuple[PutCondition, ...] = ()
    until: date | None = None

    @property
    def is_anything(self) -> bool:
        return bool(self.conditions) or self.until is not None


def put_blockers(
    appeal: Appeal, *, outcome: str, put: PutInPlace, effect_on: date | None, scheme: Scheme
) -> Iterator[Reason]:
    """Why this cannot be what the tribunal put in the place of the decision."""
    if outcome != AppealOutcome.VARIED and not put.is_anything:
        return
    if outcome not in PUTS or (outcome == AppealOutcome.ALLOWED and put.until is not None):
        unwanted = _("Only an appeal that is varied, or allowed with conditions, puts something else in place.")
        yield Reason("not_varied", unwanted, "outcome")
    elif appeal.decision.kind == DecisionKind.REFUSE_TRANSFER:
        yield Reason("cannot_vary", _("A refusal of a transfer is allowed, dismissed or sent back."), "outcome")
    elif not put.is_anything:
        yield Reason("nothing_put", _("Enter the condition or the suspension that the tribunal ordered."), "outcome")
    else:
        yield from _each_put_blockers(appeal, put, effect_on=effect_on, scheme=scheme)


def _each_put_blockers(appeal: Appeal, put: PutInPlace, *, effect_on: date | None, scheme: Scheme) -> Iterator[Reason]:
    for number, condition in enumerate(put.conditions):
        yield from _put_condition_blockers(condition, f"put-{number}", effect_on=effect_on, scheme=scheme)
    if put.until is not None:
        yield from _put_suspension_blockers(appeal, put.until, effect_on=effect_on)


def _put_suspension_blockers(appeal: Appeal, until: date, *, effect_on: date | None) -> Iterator[Reason]:
    if not appeal.decision.row.takes_licence:
        yield Reason("no_suspension", _("This decision cannot become a suspension."), "put_until")
    yield from day_blockers_of(
        until,
        "put_until",
        earliest=effect_on,
        too_early=_("The suspension ends on {day} or later: that is when the outcome holds from."),
        latest=appeal.decision.licence.valid_until if appeal.decision.licence else None,
        too_late=_("The licence ends on {day}: choose that day or an earlier one."),
    )


def _put_condition_blockers(
    put: PutCondition, where: str, *, effect_on: date | None, scheme: Scheme
) -> Iterator[Reason]:
    if put.standard not in {one.code for one in scheme.standards}:
        yield Reason("no_standard", _("Choose the standard that the condition is about."), f"{where}-standard")
    if not put.requirement.strip():
        yield Reason("no_requirement", _("Enter what the business must do."), f"{where}-requirement")
    latest = effect_on + FURTHEST if effect_on else None
    early = _("The condition must be met on {day} or later: that is when the outcome holds from.")
    yield from day_blockers_of(
        put.due_on, f"{where}-due_on", earliest=effect_on, too_early=early, latest=latest, too_late=TOO_FAR
    )


def end_blockers(
    appeal: Appeal, *, move: str, ended_on: date | None = None, effect_on: date | None = None, today: date
) -> Iterator[Reason]:
    """Why it cannot be written down that the appeal is decided or withdrawn."""
    yield from appeal.lifecycle.blockers(appeal.status, move)
    yield from day_blockers(appeal, ended_on, where="ended_on", today=today)
    if ended_on is not None and effect_on is not None and effect_on < ended_on:
        text = _("The outcome cannot hold from a day before it was decided.")
        yield Reason("effect_before_outcome", text, "effect_on")
    yield from day_blockers_of(effect_on, "effect_on", latest=today + FURTHEST, too_late=TOO_FAR)
    if move in {"determine", "correct_outcome"} and appeal.hearing_on is not None:
        text = _("It is heard on {day}. Fix another day for the hearing first, if that has changed.")
        yield from day_blockers_of(ended_on, "ended_on", earliest=appeal.hearing_on, too_early=text)


def correct_outcome_blockers(appeal: Appeal, *, because: str | None = None) -> Iterator[Reason]:
    """Why the outcome cannot be corrected: it was carried out, or the appeal was withdrawn."""
    yield from appeal.lifecycle.blockers(appeal.status, "correct_outcome")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter what was wrong."), "because")


def leave_undecided_blockers(appeal: Appeal, *, by: User, because: str | None = None) -> Iterator[Reason]:
    """Why this person cannot say that what was sent back is not decided again: someone else than who recorded the outcome may."""
    yield from appeal.lifecycle.blockers(appeal.status, "leave_undecided")
    if by.pk == appeal.ended_by_id:
        yield Reason("same_person", _("You recorded the outcome, so someone else must say this."))
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Enter the reason."), "because")


def is_sent_back(appeal: Appeal) -> bool:
    """Whether the tribunal has sent it back, for us to decide again."""
    return appeal.outcome == AppealOutcome.REMITTED


def carry_out_blockers(
    appeal: Appeal,
    *,
    by: User,
    conflicted: Collection[int],
    unsettled: transfers.Unsettled,
    has_document: bool,
    sends_back: bool = False,
    today: date,
) -> Iterator[Reason]:
    """Why this person may not carry out today what the appeal came to: another one than who wrote it down.

    `unsettled` is what has to be settled about the licence before the tribunal's consent to a transfer of it is made;
    `has_document`: the decision of the tribunal is on the file, so that the second person reads it and not what the first wrote.
    """
    yield from appeal.lifecycle.blockers(appeal.status, "send_back" if sends_back else "carry_out")
    if appeal.status != AppealStatus.ENDED:
        return
    if sends_back != is_sent_back(appeal):
        yield Reason("other_outcome", _("That is not what the tribunal decided."))
    yield from _second_person_blockers(appeal, by=by, has_document=has_document)
    if by.pk in conflicted:
        yield CONFLICTED
    waits = appeal.outcome in SET_ASIDE and appeal.effect_on is not None and appeal.effect_on > today
    if waits and appeal.effect_on:
        text = _("What the tribunal decided holds from {day}: carry it out then.")
        yield Reason("not_yet", format_lazy(text, day=date_format(appeal.effect_on)))
    yield from transfers.waits_blockers(unsettled)


def _second_person_blockers(appeal: Appeal, *, by: User, has_document: bool) -> Iterator[Reason]:
    """The second person reads the document of the tribunal, and not only what the first one wrote."""
    if by.pk == appeal.ended_by_id:
        yield Reason("same_person", _("You recorded the outcome, so someone else must carry it out."))
    if appeal.outcome in DETERMINED and not has_document:
        yield Reason("no_document", _("Add the decision of the tribunal to the file first."))


def issue_blockers(application: Application, *, on_appeal: bool, by: User) -> Iterator[Reason]:
    """A licence is given because somebody has just decided so, or because an appeal against its refusal was allowed.

    So it is where another's licence passes to the applicant.
    """
    yield from application.lifecycle.blockers(application.status, "grant_on_appeal" if on_appeal else "grant")
    if on_appeal:
        appeals = Appeal.objects.filter(decision__application=application, decision__kind=DecisionKind.REFUSE)
        found = (
            appeals.filter(status=AppealStatus.ENDED, outcome__in=[AppealOutcome.ALLOWED, AppealOutcome.VARIED])
            .exclude(ended_by=by)
            .exists()
        )
    else:
        decided = application.decisions.filter(kind=DecisionKind.GRANT, status=DecisionStatus.DECIDED)
        passes = any(not list(transfers.carried_out_blockers(one, by=by)) for one in application.transfers.all())
        found = passes or decided.filter(decided_by=by).exists()
    if not found:
        yield Reason("not_decided", _("Nothing has been decided by which a licence could be given."))
