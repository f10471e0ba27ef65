"""What must be true of the plan of a visit."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, time

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.rules import inspector_blockers
from compliance.inspections.states import InspectionStatus
from compliance.plans.models import Risk, VisitPlan
from registry import permissions
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason
from registry.premises.models import Premises


@dataclass(frozen=True, slots=True)
class PlanInput:
    """The plan as it is handed in."""

    day: date
    starts: time
    ends: time
    announced: bool
    because: str
    risk: str
    place: Premises | None = None
    address: str = ""
    region: str = ""
    two_officers: bool = False
    safety_notes: str = ""
    people_to_meet: str = ""
    meeting_point: str = ""
    vehicle: str = ""
    officers: Collection[User] = ()
    agencies: Collection[Agency] = ()
    interpreters: dict[str, bool] = field(default_factory=dict)


def open_blockers(inspection: Inspection, *, by: User) -> Iterator[Reason]:
    """Inspectors plan their own visits; managers and analysts plan those of everybody."""
    if inspection.status != InspectionStatus.COMMISSIONED:
        yield Reason("wrong_state", _("This inspection has been reported or called off, so it cannot be planned."))
    if by.pk != inspection.inspector_id and not by.has_perm("compliance.plan_visits"):
        yield Reason("not_theirs", _("Only the inspector of this inspection or a manager may plan it."))


def plan_blockers(inspection: Inspection, planned: PlanInput, *, on: date) -> Iterator[Reason]:
    yield from _when_blockers(planned, on)
    yield from _place_blockers(inspection, planned)
    if not planned.because.strip():
        yield Reason("no_reason", _("Write why it is announced, or why not."), "because")
    yield from _risk_blockers(planned)
    yield from _officer_blockers(inspection, planned.officers)


def _place_blockers(inspection: Inspection, planned: PlanInput) -> Iterator[Reason]:
    if planned.place is None and not planned.address.strip():
        yield Reason("no_place", _("Choose a place, or write where it is."), "address")
    elif planned.place is not None and planned.place.organisation_id not in (None, inspection.organisation_id):
        yield Reason("place_of_another", _("This place is in the file of another business."), "place")


def _risk_blockers(planned: PlanInput) -> Iterator[Reason]:
    if planned.risk not in Risk.values:
        yield Reason("no_risk", _("Choose how great the risk is."), "risk")
    if planned.risk == Risk.HIGH and not planned.safety_notes.strip():
        yield Reason("no_safety_notes", _("Write what protects the officers: the risk is high."), "safety_notes")
    if needs_second_officer(planned.risk, planned.two_officers, planned.officers):
        text = _("This visit needs two of our officers: choose who else goes. Other authorities do not count.")
        yield Reason("two_needed", text, "officers")


def needs_second_officer(risk: str, two_officers: bool, others: Iterable[object]) -> bool:
    """Whether two officers of the authority must go, and no other goes along: at high risk always, else where the plan says so."""
    return (two_officers or risk == Risk.HIGH) and not any(True for _one in others)


def _when_blockers(planned: PlanInput, on: date) -> Iterator[Reason]:
    if planned.day < on:
        yield Reason("in_the_past", _("The day must be today or later."), "day")
    if planned.ends <= planned.starts:
        yield Reason("ends_first", _("It must end after it starts."), "ends")


def _officer_blockers(inspection: Inspection, officers: Iterable[User]) -> Iterator[Reason]:
    for officer in officers:
        if officer.pk == inspection.inspector_id:
            yield Reason("is_the_lead", _("The inspector goes anyway: choose only others."), "officers")
        for reason in inspector_blockers(officer):
            yield Reason(reason.code, reason.text, "officers")
        for reason in permissions.conflict_blockers(officer, inspection.organisation):
            text = format_lazy(_("{name} has a conflict of interest with this business."), name=officer.name)
            yield Reason(reason.code, text, "officers")


def clash_blockers(others: Iterable[VisitPlan], *, despite_clash: bool) -> Iterator[Reason]:
    """Somebody who goes is elsewhere at that time: said, and planned all the same if whoever plans says so."""
    if despite_clash:
        return
    for other in others:
        text = format_lazy(
            _("One of the officers is on visit {reference} at that time. Tick the box to plan it all the same."),
            reference=other.inspection.reference,
        )
        yield Reason("clash", text, "despite_clash")


def is_told_anew(before: VisitPlan | None, planned: PlanInput) -> bool:
    """Whether the business is to be written to: it is announced, and it has not been told this day and time."""
    if not planned.announced:
        return False
    told = before is not None and before.announced
    return not told or before is None or (before.day, before.starts) != (planned.day, planned.starts)
