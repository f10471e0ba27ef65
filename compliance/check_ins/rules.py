"""When an officer may check in and out of a visit."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.check_ins.models import Stay
from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from compliance.plans.models import VisitPlan
from compliance.plans.rules import needs_second_officer
from registry.accounts.models import User
from registry.errors import Reason

#: The longest that an officer may say beforehand: more than a shift is checked in again.
LONGEST = timedelta(hours=14)
#: What two presses may differ by that are told as seconds ago, over a slow connection.
A_MOMENT = timedelta(minutes=1)
LONGEST_MINUTES = LONGEST // timedelta(minutes=1)
WRONG_TIME = _("Enter a time later than now, and no more than 14 hours away.")
ABOUT = _(
    "Check in when you arrive. If you have not checked out by the time that you enter, the people on duty are alerted."
)
DOES_NOT_GO = Reason("does_not_go", _("Only the inspector and the officers who go along check in."))
NOT_THERE = Reason("not_there", _("You are not checked in to this visit."))


def check_in_blockers(
    inspection: Inspection,
    *,
    plan: VisitPlan | None,
    elsewhere: Stay | None,
    needed_two_before: bool,
    expected_at: datetime | None = None,
    by: User,
    at: datetime,
) -> Iterator[Reason]:
    """`elsewhere` is the stay of this officer that is not over. `expected_at` of None is not typed yet.

    `needed_two_before`: what is known of the business asks for two officers. Only a plan can say otherwise.
    """
    if inspection.status != InspectionStatus.COMMISSIONED:
        yield Reason("wrong_state", _("This inspection has been reported or called off."))
    goes_along = plan is not None and any(one.officer_id == by.pk for one in plan.joint.all())
    if by.pk != inspection.inspector_id and not goes_along:
        yield DOES_NOT_GO
    if elsewhere is not None:
        text = format_lazy(_("Check out of visit {reference} first."), reference=elsewhere.inspection.reference)
        yield Reason("elsewhere", text)
    yield from _second_officer_blockers(inspection, plan, needed_two_before=needed_two_before)
    if expected_at is not None:
        yield from _time_blockers(expected_at, at=at)


def _second_officer_blockers(
    inspection: Inspection, plan: VisitPlan | None, *, needed_two_before: bool
) -> Iterator[Reason]:
    if plan is None and needed_two_before:
        text = _(
            "An earlier visit to this business needed two officers, or an officer was in danger. Plan this visit first."
        )
        yield Reason("two_needed", text)
    # Who went along and was then given the inspection is no second officer.
    others = [one for one in plan.joint.all() if one.officer_id != inspection.inspector_id] if plan else []
    if plan is not None and needs_second_officer(plan.risk, plan.two_officers, others):
        text = _("This visit needs two officers. Plan who goes along, or call it off.")
        yield Reason("two_needed", text)


def late_blockers(arrived_at: datetime, *, since: bool, at: datetime) -> Iterator[Reason]:
    """Of an arrival that is told later. `since`: the officer was on a visit after it, and told that before."""
    if arrived_at < at - LONGEST:
        yield Reason("too_old", _("You checked in more than 14 hours ago. If you are still there, check in again."))
    if since:
        yield Reason("overtaken", _("You have been on a visit since then. If you are there again, check in again."))


def check_out_blockers(stay: Stay, *, left_at: datetime) -> Iterator[Reason]:
    yield from stay.lifecycle.blockers(stay.status, "check_out")
    if left_at < stay.arrived_at - A_MOMENT:
        yield Reason("not_since", _("You have checked in again since then. Check out once more when you have left."))


def longer_blockers(stay: Stay, *, expected_at: datetime | None = None, at: datetime) -> Iterator[Reason]:
    yield from stay.lifecycle.blockers(stay.status, "stay_longer")
    if expected_at is not None:
        yield from _time_blockers(expected_at, at=at)


def miss_blockers(stay: Stay, *, grace: timedelta, at: datetime) -> Iterator[Reason]:
    yield from stay.lifecycle.blockers(stay.status, "miss_check_out")
    if stay.expected_at >= at - grace:
        yield Reason("not_missing", _("The officer expects to leave later."))


def _time_blockers(expected_at: datetime, *, at: datetime) -> Iterator[Reason]:
    if not at < expected_at <= at + LONGEST:
        yield Reason("wrong_time", WRONG_TIME, "expected")
