"""What must be true of an inspection before it moves, and what its findings add up to. The score proposes; it never decides."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal, NotRequired, TypedDict

from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection, Result
from compliance.inspections.states import Finding, InspectionStatus
from registry.accounts.models import User
from registry.errors import Reason
from registry.schemes import Scheme, Standard

Proposal = Literal["grant", "grant_with_conditions", "refuse"]


class StandardFinding(TypedDict):
    """What was found of one standard, as it is handed in."""

    standard: str
    finding: str
    evidence: str
    business_comment: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Score:
    """What the standards that were not met add up to, by the scheme that they were tested on."""

    points: int
    failed: bool
    critical: tuple[str, ...]


def score(scheme: Scheme, unmet: Iterable[str]) -> Score:
    """Add up the points of the standards not met; so many points are a fail (licensing standards, scoring rule: LICDEC)."""
    wanted = {scheme.standard(code).code for code in unmet}
    standards = [standard for standard in scheme.standards if standard.code in wanted]
    points = sum(standard.points for standard in standards)
    return Score(points, points >= scheme.fail_at, tuple(standard.code for standard in standards if standard.critical))


def proposes(found: Score) -> Proposal:
    """What the score suggests for an application: a fail means refusal; below it, conditions for what to correct (LICDEC)."""
    if found.failed:
        return "refuse"
    return "grant_with_conditions" if found.points else "grant"


def commission_blockers(
    *,
    standards: Sequence[Standard],
    brief: str,
    inspector: User,
    due_on: date,
    already: Iterable[Inspection] = (),
    on: date,
) -> Iterator[Reason]:
    if not standards:
        yield Reason(
            "no_standards", _("No standard applies to what is known of this business, so there is nothing to test.")
        )
    if not brief.strip():
        yield Reason("no_brief", _("Write what the inspector is to look at."), "brief")
    if due_on < on:
        yield Reason("due_in_the_past", _("The day by which it is due must be today or later."), "due_on")
    yield from inspector_blockers(inspector)
    for inspection in already:
        text = format_lazy(
            _("Inspection {reference} has been commissioned for this and is still open."),
            reference=inspection.reference,
        )
        yield Reason("already_commissioned", text)


def inspector_blockers(inspector: User) -> Iterator[Reason]:
    if not inspector.is_active or not inspector.has_perm("compliance.report_inspection"):
        yield Reason("not_an_inspector", _("Choose a person who works as an inspector."), "inspector")


def reassign_blockers(
    inspection: Inspection, *, inspector: User | None = None, because: str | None = None
) -> Iterator[Reason]:
    yield from _still_to_be_carried_out(inspection)
    if inspector is not None:
        yield from inspector_blockers(inspector)
        if inspector.pk == inspection.inspector_id:
            yield Reason("same_inspector", _("This inspector has it already."), "inspector")
    yield from _because_blockers(because)


def record_blockers(
    inspection: Inspection, *, findings: Iterable[StandardFinding] = (), by: User | None
) -> Iterator[Reason]:
    """Recording keeps work in progress, so it asks only that it is this inspector's work and about these standards."""
    yield from _still_to_be_carried_out(inspection)
    yield from _own_blockers(inspection, by)
    for found in findings:
        yield from _shape_blockers(inspection, found)


def report_blockers(inspection: Inspection, *, by: User | None, on: date) -> Iterator[Reason]:
    yield from inspection.lifecycle.blockers(inspection.status, "report")
    yield from _own_blockers(inspection, by)
    results = {result.standard: result for result in inspection.results.all()}
    for code in inspection.standards:
        yield from _finding_blockers(code, results)
    yield from _visit_blockers(inspection, on=on)
    if not inspection.summary.strip():
        yield Reason("no_summary", _("Write a summary of the visit."), "summary")
    if inspection.field_items.unsettled().exists():
        # A report is not handed in while there are two versions of something that it says.
        yield Reason("unsettled", _("A device sent another version of something. Choose which one counts."))


def return_for_correction_blockers(
    inspection: Inspection, *, because: str | None = None, by: User | None
) -> Iterator[Reason]:
    yield from inspection.lifecycle.blockers(inspection.status, "return_for_correction")
    yield from _another_blockers(inspection, by)
    yield from _because_blockers(because)


def confirm_blockers(inspection: Inspection, *, by: User | None) -> Iterator[Reason]:
    """Findings go to those who decide only after a second person has gone through them (FWA-DEC, DEC2013)."""
    yield from inspection.lifecycle.blockers(inspection.status, "confirm")
    yield from _another_blockers(inspection, by)


def call_off_blockers(inspection: Inspection, *, because: str | None = None) -> Iterator[Reason]:
    yield from inspection.lifecycle.blockers(inspection.status, "call_off")
    yield from _because_blockers(because)


def _still_to_be_carried_out(inspection: Inspection) -> Iterator[Reason]:
    if inspection.status != InspectionStatus.COMMISSIONED:
        yield Reason("wrong_state", _("This inspection has been reported or called off, so it cannot be changed."))


def _own_blockers(inspection: Inspection, by: User | None) -> Iterator[Reason]:
    if by is None or by.pk != inspection.inspector_id:
        yield Reason("not_the_inspector", _("Only the inspector who has this inspection may report on it."))


def _another_blockers(inspection: Inspection, by: User | None) -> Iterator[Reason]:
    if by is not None and by.pk == inspection.inspector_id:
        yield Reason("same_person", _("You are the inspector, so someone else must review the report."))


def _because_blockers(because: str | None) -> Iterator[Reason]:
    # Not asked yet, when the question is only whether the button may be pressed.
    if because is not None and not because.strip():
        yield Reason("no_reason", _("Enter the reason."), "because")


def _shape_blockers(inspection: Inspection, found: StandardFinding) -> Iterator[Reason]:
    code = found["standard"]
    if code not in inspection.standards:
        yield Reason("not_tested_here", format_lazy(_("Standard {code} is not part of this inspection."), code=code))
    if found["finding"] and found["finding"] not in Finding.values:
        yield Reason("no_such_finding", format_lazy(_("Choose what you found of standard {code}."), code=code), code)


def _finding_blockers(code: str, results: Mapping[str, Result]) -> Iterator[Reason]:
    result = results.get(code)
    if result is None or not result.finding:
        yield Reason("no_finding", format_lazy(_("Choose what you found of standard {code}."), code=code), code)
    elif result.finding == Finding.NOT_MET and not result.evidence.strip():
        text = format_lazy(_("Write the evidence that standard {code} is not met."), code=code)
        yield Reason("no_evidence", text, code)


def _visit_blockers(inspection: Inspection, *, on: date) -> Iterator[Reason]:
    visited_on = inspection.visited_on
    if visited_on is None:
        yield Reason("no_visit_date", _("Enter the day of the visit."), "visited_on")
    elif visited_on > on:
        yield Reason("visit_in_the_future", _("The day of the visit must be today or in the past."), "visited_on")
    elif visited_on < timezone.localdate(inspection.commissioned_at):
        text = _("The day of the visit must not be before the inspection was commissioned.")
        yield Reason("visit_before_commissioning", text, "visited_on")
