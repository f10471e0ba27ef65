"""A visit of a sample firm from the exhibits to what was put right, and a week of visits that are planned."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from compliance import jobs
from compliance.exhibits import actions as evidence
from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups.models import FollowUp
from compliance.inspection_reports import actions as visit_reports
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries.inspections import inspectors
from compliance.inspections.rules import StandardFinding
from compliance.inspections.states import InspectionStatus
from compliance.interviews import actions as interviews
from compliance.interviews.rules import SignatureInput
from compliance.plans import actions as plans
from compliance.plans.rules import PlanInput
from config.demo.papers import paper
from config.demo.people import person
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.licences.states import LicenceStatus
from registry.organisations.models import Organisation

DAY = timedelta(days=1)
#: How long before the day of the demonstration the visit was ordered.
BEGAN = 45 * DAY
PLANNED: tuple[dict[str, Any], ...] = (
    {"starts": time(9), "ends": time(12), "announced": True, "because": "A first visit.", "risk": "low"},
    {
        "starts": time(13, 30),
        "ends": time(16),
        "announced": False,
        "because": "Records may be changed beforehand.",
        "risk": "medium",
        "safety_notes": "Ring the office before going in and after coming out.",
        "interpreters": {"Romanian": True, "Bulgarian": False},
    },
    {
        "starts": time(6),
        "ends": time(9),
        "announced": False,
        "because": "Workers are picked up at six.",
        "risk": "high",
        "two_officers": True,
        "safety_notes": "Stay where you can be seen from the road.",
        "meeting_point": "Lay-by at the filling station",
        "vehicle": "Pool car 3",
    },
)
#: What the inspector saw of a standard that is met.
SEEN = "Seen in the files of eight workers."
SIGNED: SignatureInput = {
    "name": "A. Manager",
    "role": "Principal authority",
    "statement": "I was read what the inspector wrote down of this visit.",
    "how": "typed",
    "strokes": [],
    "because": "",
}
REGIONS = ("South East", "South West", "Wales")
TOWNS = ("Maidstone ME14 9ZX", "Taunton TA1 9ZX", "Swansea SA1 9ZX")


def inspect(at: datetime) -> Iterator[object]:
    yield from _planned(at)
    applicant = person("applicant")
    own = Licence.objects.filter(organisation__in=Organisation.objects.acted_for_by(applicant))
    old_enough = own.filter(status=LicenceStatus.ACTIVE, granted_at__lt=at - BEGAN).order_by("granted_at", "pk")
    licence = old_enough.select_related("organisation").first()
    if licence is not None:
        yield from _visited(licence, applicant, at - BEGAN, until=at)
        # What was found counts from the next night on.
        yield jobs.score_all(at=at)


def _planned(at: datetime) -> Iterator[object]:
    """The next visits of the sample inspector and of colleagues, one a day."""
    waiting = Inspection.objects.filter(status=InspectionStatus.COMMISSIONED).select_related("inspector")
    mine = list(waiting.filter(inspector=person("inspector")).order_by("due_on", "pk")[:3])
    others = list(waiting.exclude(inspector=person("inspector")).order_by("due_on", "pk")[:3])
    for number, inspection in enumerate([*mine, *others]):
        about = PLANNED[number % len(PLANNED)]
        day = timezone.localdate(at) + (1 + number) * DAY
        town, region = TOWNS[number % len(TOWNS)], REGIONS[number % len(REGIONS)]
        where: dict[str, Any] = {"address": f"{number + 1} Market Street, {town}", "region": region}
        officers = list(inspectors().exclude(pk=inspection.inspector_id)[:1]) if about["risk"] == "high" else []
        planned = PlanInput(day=day, officers=officers, **where, **about)
        yield plans.plan(inspection, planned=planned, by=inspection.inspector, at=at)


def _visited(licence: Licence, applicant: User, began: datetime, *, until: datetime) -> Iterator[object]:
    inspector, quality = person("inspector"), person("quality")
    inspection = inspections.commission(
        licence.organisation,
        kind=InspectionKind.NEW_BUSINESS,
        scheme=schemes.get(licence.scheme, licence.version),
        facts={},
        brief="Half a year after the grant. See how hours and wages are written down.",
        licence_number=licence.number,
        inspector=inspector,
        due_on=timezone.localdate(began) + 28 * DAY,
        by=person("case-officer"),
        at=began,
    )
    unmet = _not_critical(inspection)[:2]
    _found(inspection, unmet, "Hours are missing.", at=began + 5 * DAY)
    _exhibits(inspection, unmet, at=began + 5 * DAY)
    signed(inspection, at=began + 5 * DAY)
    inspections.report(inspection, by=inspector, at=began + 6 * DAY)
    because = "Say of how many workers the hours are missing, and in which weeks."
    inspections.return_for_correction(inspection, because=because, by=quality, at=began + 7 * DAY)
    better = "The hours of five of eight workers are missing for the two weeks to the day of the visit."
    _found(inspection, unmet, better, at=began + 8 * DAY)
    words = {"summary": "We visited the office and spoke to workers on the site."}
    visit_reports.word(inspection, wordings=words, by=inspector, at=began + 8 * DAY)
    inspections.report(inspection, by=inspector, at=began + 8 * DAY)
    yield inspections.confirm(inspection, by=quality, at=began + 9 * DAY)
    sent_at = began + 10 * DAY
    reply_by = timezone.localdate(sent_at) + 14 * DAY
    sending = visit_reports.send(inspection, reply_by=reply_by, by=quality, at=sent_at)
    text = "The sheets were kept at the farm. From now on the office keeps a copy of each."
    yield visit_reports.reply(sending, text=text, by=applicant, at=sent_at + 5 * DAY)
    yield from _put_right(inspection, unmet, applicant, sent_at, until=until)
    yield from _paid(inspection, inspector, quality, at=sent_at + 20 * DAY)


def _not_critical(inspection: Inspection) -> list[str]:
    scheme = schemes.get(inspection.scheme, inspection.version)
    return [code for code in inspection.standards if not scheme.standard(code).critical]


def _found(inspection: Inspection, unmet: list[str], words: str, *, at: datetime) -> None:
    findings: list[StandardFinding] = [
        {
            "standard": code,
            "finding": "not_met" if code in unmet else "met",
            "evidence": words if code in unmet else SEEN,
            "business_comment": "The sheets are at the farm. We did not know that we must keep them."
            if code in unmet
            else "",
        }
        for code in inspection.standards
    ]
    inspections.record_findings(
        inspection,
        findings=findings,
        summary="Met the principal authority. Eight workers were spoken to in the packhouse, one of them at length.",
        business_comments="The business was helpful, and says that it learned of the visit too late.",
        visited_on=timezone.localdate(at),
        by=inspection.inspector,
        at=at,
    )


def signed(inspection: Inspection, *, at: datetime) -> None:
    """Someone signs for the business, so that the report has no contradiction in it."""
    interviews.sign(inspection, key=uuid4(), signed=SIGNED, signed_at=at, by=inspection.inspector, at=at)


def _exhibits(inspection: Inspection, unmet: list[str], *, at: datetime) -> None:
    inspector = inspection.inspector
    evidence.log(
        inspection,
        kind="document",
        description="Time sheets of two weeks, eight workers.",
        taken_at=at,
        place="Office",
        upload=paper("Time sheets of two weeks"),
        standards=unmet,
        for_business="yes",
        by=inspector,
        at=at,
    )
    book = evidence.log(
        inspection,
        kind="object",
        description="Wages book with a green cover, pages 1 to 88.",
        taken_at=at,
        place="Office",
        standards=unmet[:1],
        for_business="yes",
        by=inspector,
        at=at,
    )
    evidence.log(
        inspection,
        kind="document",
        description="Note that a worker handed over.",
        taken_at=at,
        place="Packhouse",
        upload=paper("Note of a worker"),
        withheld_because="It gives the worker away.",
        by=inspector,
        at=at,
    )
    evidence.hand_on(
        book,
        act="stored",
        holder="Store of exhibits",
        place="Shelf 4",
        seal_number="S 40711",
        happened_at=at,
        by=inspector,
        at=at,
    )


def _put_right(
    inspection: Inspection, unmet: list[str], applicant: User, at: datetime, *, until: datetime
) -> Iterator[object]:
    """One that was put right, one that waits for the inspector, one that is overdue."""
    inspector, today = inspection.inspector, timezone.localdate(at)
    words = "Write down the hours of every worker each day, and send us the sheets of four weeks."
    done = follow_ups.ask(inspection, standard=unmet[0], action=words, due_on=today + 28 * DAY, by=inspector, at=at)
    follow_ups.answer(
        done, text="Here are the sheets.", uploads=[paper("Time sheets of four weeks")], by=applicant, at=at + 24 * DAY
    )
    because = "Every hour of every worker is there."
    yield follow_ups.accept(FollowUp.objects.get(pk=done.pk), because=because, by=inspector, at=at + 26 * DAY)
    words = "Give every worker a payslip that says the hours and each deduction; send us five of them."
    waits = follow_ups.ask(inspection, standard=unmet[1], action=words, due_on=today + 40 * DAY, by=inspector, at=at)
    follow_ups.answer(waits, text="Five payslips.", uploads=[paper("Payslips")], by=applicant, at=until - 2 * DAY)
    yield waits
    words = "Hang the rates of pay where every worker sees them, and send us a photograph."
    late = timezone.localdate(until) - 3 * DAY
    missed = follow_ups.ask(inspection, standard=unmet[1], action=words, due_on=late, by=inspector, at=at)
    yield missed
    yield from _looked_at(missed, inspector, until)


def _looked_at(missed: FollowUp, inspector: User, at: datetime) -> Iterator[object]:
    """Somebody goes and looks whether it hangs there: a verification visit of that one standard, planned."""
    on = timezone.localdate(at) + 8 * DAY
    visit = follow_ups.send_visit(
        missed, inspector=inspector, due_on=on + 6 * DAY, by=person("case-officer"), at=at - DAY
    )
    planned = PlanInput(
        day=on,
        starts=time(10),
        ends=time(11),
        address=f"7 Market Street, {TOWNS[0]}",
        region=REGIONS[0],
        announced=False,
        because="To see whether the rates hang where the workers are.",
        risk="low",
    )
    yield plans.plan(visit, planned=planned, by=inspector, at=at)


def _paid(inspection: Inspection, inspector: User, quality: User, *, at: datetime) -> Iterator[object]:
    first = follow_ups.record(
        inspection,
        kind="wages",
        workers=5,
        pence=182_340,
        shown_by="Bank statement of the business and five payslips.",
        by=inspector,
        at=at,
    )
    yield follow_ups.confirm(first, by=quality, at=at + DAY)
    yield follow_ups.record(
        inspection,
        kind="deductions",
        workers=3,
        pence=27_000,
        shown_by="The business says so; statements are to come.",
        by=inspector,
        at=at,
    )
