"""Licences about which something is known, by the real actions."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance import jobs
from compliance.inspection_reports.models import ReportSending
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind, Result
from compliance.targeting.actions import explanations, rounds, weights
from compliance.targeting.models import Choice, LicenceScore, VisitExplanation, VisitRound, Weighting
from compliance.targeting.queries import scores
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.organisations import actions as facts
from registry.organisations.models import Organisation
from registry.register.models import Listing
from registry.trail.actions import events as trail
from tests.compliance.stories import a_scheme, an_inspection_confirmed, findings, signed
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person
from tests.remembered import remembered

#: Three standards of the scheme, one of them critical: 8 + 30 points and more.
UNMET = ("1.4", "2.2")


def told_late(organisation: Organisation, *, working_days: int = 4, at: datetime = NOW) -> None:
    """As licensing writes down how late a notice was."""
    late = {"change": "address", "working_days": working_days, "due_on": "2026-10-01"}
    facts.write_down(organisation, facts={"told_late": late}, source="change N-1", at=at)


def stated(organisation: Organisation, *, at: datetime = NOW, **answers: Any) -> None:
    facts.write_down(organisation, facts=answers, source="application A-1", at=at)


@remembered
def a_licence_with_a_past(unmet: Sequence[str] = UNMET, **story: Any) -> Licence:
    """Visited once and found wanting; late with one notice; supplying through others."""
    licence = a_licence(**story)
    an_inspection_confirmed(
        *unmet,
        organisation=licence.organisation,
        kind=InspectionKind.COMPLIANCE,
        case="",
        licence_number=licence.number,
    )
    told_late(licence.organisation)
    stated(licence.organisation, subcontracting=True)
    return licence


@remembered
def scored(licence: Licence, *, at: datetime = NOW) -> LicenceScore:
    """What the licence scores now, every licence having been scored."""
    jobs.score_all(at=at)
    return LicenceScore.objects.current().get(licence=licence)


def points_of(score: LicenceScore) -> dict[str, int]:
    return {one["code"]: one["points"] for one in score.signals if one["points"]}


def licences(how_many: int) -> list[Licence]:
    """So many licences in force of one scheme, scored: all but the first as rows, where only the list matters."""
    first = a_licence()
    made = [first, *(a_row_like(first, number) for number in range(1, how_many))]
    jobs.score_all(at=NOW)
    return made


@transaction.atomic
def a_row_like(licence: Licence, number: int) -> Licence:
    """Another licence of the same days and scheme, with a firm of its own, that nobody has applied for."""
    firm = facts.open_file(legal_name=f"Row {number} Ltd", by=person("applicant"), at=NOW)
    listing = Listing.objects.create(organisation=firm, scheme=licence.scheme, code=f"ROW{number:05}")
    same = ("scheme", "version", "granted_at", "valid_from", "valid_until")
    alike = {field: getattr(licence, field) for field in same}
    row = Licence.objects.create(number=f"ROWS{number:04}", organisation=firm, listing=listing, **alike)
    trail.record(row, "issue", by=None, at=NOW)
    return row


@remembered
def a_round(*, capacity: int = 5, by: User | None = None, at: datetime = NOW) -> VisitRound:
    return rounds.open_round(a_scheme(), capacity=capacity, by=by or person("manager"), at=at)


#: As thrown with dice.
FIGURES = "31415 92653 58979 32384"
WHY = "No one has been there for years."


@remembered
def a_round_fixed(one: VisitRound | None = None, *, by: User | None = None, at: datetime = NOW) -> VisitRound:
    return rounds.fix(one or a_round(at=at), by=by or person("intelligence_analyst"), at=at)


@remembered
def a_round_drawn(one: VisitRound | None = None, *, by: User | None = None, at: datetime = NOW) -> VisitRound:
    """Fixed by the analyst and drawn by the manager."""
    fixed = a_round_fixed(one, at=at)
    return rounds.draw(fixed, figures=FIGURES, by=by or person("manager"), at=at)


def chosen_in(one: VisitRound, licence: Licence, *, at: datetime = NOW) -> Choice:
    return rounds.choose(one, number=licence.number, because=WHY, by=person("intelligence_analyst"), at=at)


@remembered
def a_round_about(licence: Licence) -> VisitRound:
    """Drawn, and the licence is one of those to be visited."""
    a_row_like(licence, 77)
    one = a_round(capacity=2)
    chosen_in(one, licence)
    return a_round_drawn(one)


@remembered
def sent(choice: Choice, *, at: datetime = NOW) -> Inspection:
    """An inspector is on the way."""
    due_on = timezone.localdate(at) + timedelta(days=28)
    by, inspector = person("case_officer"), person("inspector", name="Ifan Inspector")
    return rounds.send(choice, inspector=inspector, due_on=due_on, brief="See how hours are kept.", by=by, at=at)


def reported(inspection: Inspection, *unmet: str, at: datetime = NOW) -> Inspection:
    signed(inspection, at=at)
    inspections.record_findings(
        inspection,
        findings=findings(inspection, *unmet),
        summary="Visited the office and spoke to twelve workers.",
        visited_on=timezone.localdate(at),
        by=inspection.inspector,
        at=at,
    )
    return inspections.report(inspection, by=inspection.inspector, at=at)


@remembered
def visited(choice: Choice, *unmet: str, at: datetime = NOW) -> Inspection:
    """Sent, reported and confirmed: these standards were not met."""
    inspection = reported(sent(choice, at=at), *unmet, at=at)
    return inspections.confirm(inspection, by=person("quality_reviewer", name="Rhian Quality"), at=at)


def explanation_of(choice: Choice, *, at: datetime = NOW) -> VisitExplanation:
    """By the analyst: it waits for a second person."""
    number, why = choice.licence.number, "The licence has ended since then."
    return explanations.explain(choice.round, number=number, because=why, by=person("intelligence_analyst"), at=at)


@remembered
def explained(choice: Choice, *, at: datetime = NOW) -> VisitExplanation:
    """By the analyst, and accepted by the manager."""
    return explanations.accept_explanation(explanation_of(choice, at=at), by=person("manager"), at=at)


@remembered
def a_round_closed(one: VisitRound, *, failing: Sequence[str] = (), at: datetime = NOW) -> VisitRound:
    """Every visit is made; those of the licences with these numbers fail."""
    for choice in one.choices.select_related("licence__organisation", "round", "inspection").order_by("pk"):
        visited(choice, *(UNMET[:1] if choice.licence.number in failing else ()), at=at)
    return rounds.close_round(one, by=person("manager"), at=at)


@remembered
def a_past_to_try_on(how_many: int = 40) -> VisitRound:
    """A closed round in which every licence of a scheme was visited: one in four lends to workers, and half of these failed.

    The inspections are rows: of each only what was found matters.
    """
    made = [a_licence(legal_name="Tried Ltd")]
    made += [a_row_like(made[0], number) for number in range(1001, 1000 + how_many)]
    lenders = made[: how_many // 4]
    for licence in lenders:
        stated(licence.organisation, loans=True)
    jobs.score_all(at=NOW)
    one = a_round_drawn(a_round(capacity=how_many))
    inspector, reviewer, scheme = person("inspector"), person("quality_reviewer"), a_scheme()
    failing = {licence.pk for licence in lenders[::2]}
    for choice in one.choices.select_related("licence").order_by("pk"):
        inspection = Inspection.objects.create(
            reference=f"I-P{choice.pk}", organisation_id=choice.licence.organisation_id, kind=InspectionKind.COMPLIANCE,
            scheme=scheme.name, version=scheme.version, licence_number=choice.licence.number, brief="Look.",
            inspector=inspector, commissioned_by=reviewer, commissioned_at=NOW, due_on=NOW.date(), visited_on=NOW.date(),
        )  # fmt: skip
        choice.inspection = inspection
        choice.save(update_fields=["inspection"])
        if choice.licence_id in failing:
            Result.objects.create(inspection=inspection, standard=UNMET[0], finding="not_met", evidence="Seen.")
    rows = Inspection.objects.filter(choice__round=one)
    rows.update(status="reported", reported_at=NOW)
    rows.update(status="confirmed", confirmed_by=reviewer, confirmed_at=NOW)
    sent = {
        "content": {},
        "digest": "0" * 64,
        "reply_by": NOW.date() - timedelta(days=1),
        "sent_by": reviewer,
        "sent_at": NOW,
    }
    ReportSending.objects.bulk_create(ReportSending(inspection=inspection, **sent) for inspection in rows)
    return rounds.close_round(one, by=person("manager"), at=NOW)


WHY_OTHER_WEIGHTS = "Late notices have found more than we thought."


def steps_with(**other: list[tuple[int, int]]) -> dict[str, list[tuple[int, int]]]:
    """The steps of every signal that are in force, with these in place of some."""
    in_force = scores.weights_in_force(a_scheme(), NOW.date()).steps
    return {code: other.get(code, [*own]) for code, own in in_force.items()}


@remembered
def weights_proposed(
    *, by: User | None = None, because: str = WHY_OTHER_WEIGHTS, **other: list[tuple[int, int]]
) -> Weighting:
    wanted = steps_with(**(other or {"notices_late": [(1, 50)]}))
    return weights.propose(a_scheme(), steps=wanted, because=because, by=by or person("intelligence_analyst"), at=NOW)
