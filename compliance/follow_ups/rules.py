"""What must be true before a business is asked to put something right, before it is judged, and before a remedy counts."""

from collections.abc import Collection, Iterator
from datetime import date

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups.models import FollowUp, Remedy, RemedyKind
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.tasks.models import Task

NO_REASON = Reason("no_reason", _("Enter the reason."), "because")


def ask_blockers(inspection: Inspection, *, by: User) -> Iterator[Reason]:
    """Only what was found and confirmed is to be put right."""
    if inspection.status != InspectionStatus.CONFIRMED:
        yield Reason("not_confirmed", _("A business is asked to put something right once the report is confirmed."))
    yield from _theirs_blockers(inspection, by)


def asked_blockers(*, standard: str, unmet: Collection[str], action: str, due_on: date, on: date) -> Iterator[Reason]:
    if standard not in unmet:
        text = format_lazy(_("Standard {code} was not found not to be met."), code=standard)
        yield Reason("not_unmet", text, "standard")
    if not action.strip():
        yield Reason("no_action", _("Enter the corrective action that is needed."), "action")
    if due_on <= on:
        yield Reason("due_in_the_past", _("The day must be tomorrow or later."), "due_on")


def answer_blockers(follow_up: FollowUp, *, text: str | None = None) -> Iterator[Reason]:
    yield from follow_up.lifecycle.blockers(follow_up.status, "answer")
    if text is not None and not text.strip():
        yield Reason("nothing_said", _("Enter the corrective action that you have taken."), "text")


def judge_blockers(follow_up: FollowUp, move: str, *, because: str | None = None, by: User) -> Iterator[Reason]:
    yield from follow_up.lifecycle.blockers(follow_up.status, move)
    yield from _judges_blockers(follow_up, by)
    if because is not None and not because.strip():
        yield NO_REASON


def extend_blockers(
    follow_up: FollowUp, *, due_on: date | None = None, because: str | None = None, by: User
) -> Iterator[Reason]:
    if follow_up.is_over:
        yield Reason("wrong_state", _("This has been judged, so it cannot be changed."))
    yield from _judges_blockers(follow_up, by)
    if due_on is not None and due_on <= follow_up.due_on:
        yield Reason("not_later", _("The new day must be later than the day that was set."), "due_on")
    if because is not None and not because.strip():
        yield NO_REASON


def visit_blockers(follow_up: FollowUp) -> Iterator[Reason]:
    if follow_up.is_over:
        yield Reason("wrong_state", _("This has been judged, so it cannot be changed."))
    if follow_up.verification is not None and follow_up.verification.status != InspectionStatus.CALLED_OFF:
        text = format_lazy(_("Visit {reference} looks at it already."), reference=follow_up.verification.reference)
        yield Reason("visited_already", text)


# --- remedies ---


def record_blockers(inspection: Inspection, *, by: User) -> Iterator[Reason]:
    if inspection.status == InspectionStatus.CALLED_OFF:
        yield Reason("called_off", _("This inspection was called off."))
    yield from _theirs_blockers(inspection, by)


def remedy_blockers(*, kind: str, workers: int, pence: int, shown_by: str) -> Iterator[Reason]:
    if kind not in RemedyKind.values:
        yield Reason("no_kind", _("Choose what the workers recovered."), "kind")
    if workers < 1:
        yield Reason("no_workers", _("Enter how many workers got it: 1 or more."), "workers")
    if pence < 1:
        yield Reason("no_amount", _("Enter how much they got together, for example 1250.00."), "amount")
    if not shown_by.strip():
        yield Reason("not_shown", _("Write how it is known that it was paid."), "shown_by")


def confirm_blockers(remedy: Remedy, *, by: User) -> Iterator[Reason]:
    """A second person sees that it was paid before it is counted."""
    if remedy.confirmed_at is not None or remedy.turned_down_because:
        yield Reason("wrong_state", _("This has been confirmed or turned down already."))
    if by.pk == remedy.recorded_by_id:
        yield Reason("same_person", _("You recorded it, so someone else must confirm it."))


def turn_down_blockers(remedy: Remedy, *, because: str | None = None, by: User) -> Iterator[Reason]:
    yield from confirm_blockers(remedy, by=by)
    if because is not None and not because.strip():
        yield NO_REASON


def _judges_blockers(follow_up: FollowUp, by: User) -> Iterator[Reason]:
    """Also for who was given the task."""
    if not Task.objects.subjects_for(by, "followup").filter(subject_pk=follow_up.pk).exists():
        yield from _theirs_blockers(follow_up.inspection, by)


def _theirs_blockers(inspection: Inspection, by: User) -> Iterator[Reason]:
    if by.pk != inspection.inspector_id and not by.has_perm("compliance.view_inspections"):
        yield Reason("not_theirs", _("Only the inspector of this inspection or a reviewer may do this."))
