"""Inspections in every state, reached by the real actions. Each function takes what the story before it gives."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from compliance.exhibits import actions as evidence
from compliance.exhibits.models import EvidenceItem, EvidenceKind
from compliance.follow_ups import actions as follow_ups
from compliance.follow_ups.models import FollowUp, Remedy
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.rules import StandardFinding
from compliance.interviews import actions as interviews
from compliance.interviews import rules as interview_rules
from compliance.interviews.models import Signature
from compliance.plans import actions as plans
from compliance.plans.models import VisitPlan
from compliance.plans.rules import PlanInput
from registry import schemes
from registry import uploads as files
from registry.accounts.models import User
from registry.organisations import actions as organisations
from registry.organisations.models import Organisation
from registry.uploads import ScanVerdict, Upload
from tests.conftest import NOW
from tests.people import person
from tests.registry.uploads.corpus import jpeg
from tests.remembered import remembered

FACTS: dict[str, Any] = {"accommodation": "no", "transport": "yes", "subcontracting": "no", "sectors": ["horticulture"]}
SCHEME = "gla-food"


def a_scheme() -> schemes.Scheme:
    return schemes.in_force(SCHEME, timezone.localdate(NOW))


@remembered
def an_organisation(legal_name: str = "Dyffryn Labour Ltd") -> Organisation:
    return organisations.open_file(legal_name=legal_name, by=person("applicant"), at=NOW)


@remembered
def an_inspection(
    *,
    organisation: Organisation | None = None,
    inspector: User | None = None,
    by: User | None = None,
    kind: str = InspectionKind.APPLICATION,
    case: str = "A-7KQ2-M9XD",
    licence_number: str = "",
    facts: Mapping[str, Any] = FACTS,
    due_on: date | None = None,
) -> Inspection:
    return inspections.commission(
        organisation or an_organisation(),
        kind=kind,
        scheme=a_scheme(),
        facts=facts,
        brief="See how hours are written down.",
        case=case,
        licence_number=licence_number,
        inspector=inspector or person("inspector", name="Ifan Price"),
        due_on=due_on or timezone.localdate(NOW) + timedelta(days=14),
        by=by or person("case_officer", name="Carys Owen"),
        at=NOW,
    )


def findings(inspection: Inspection, *unmet: str) -> list[StandardFinding]:
    """Everything met, save for these; with evidence, so that nothing contradicts itself."""
    return [
        {
            "standard": code,
            "finding": "not_met" if code in unmet else "met",
            "evidence": f"Payslips of May show it for {code}."
            if code in unmet
            else f"Seen in the files of May: {code}.",
        }
        for code in inspection.standards
    ]


def an_upload(content: bytes = b"") -> Upload:
    """A photograph that the scanner has passed."""
    judged = files.document("photo.jpg", content or jpeg())
    return replace(judged, verdict=ScanVerdict.CLEAN)


@remembered
def an_exhibit(inspection: Inspection, **given: Any) -> EvidenceItem:
    """A photograph; `upload=None` for a thing that has no bytes."""
    about: dict[str, Any] = {
        "kind": EvidenceKind.PHOTOGRAPH,
        "description": "The rota on the wall of the canteen.",
        "taken_at": NOW,
        "place": "Canteen",
        "upload": an_upload() if "upload" not in given else None,
        "standards": ["2.4"],
        "for_business": "no" if given.get("withheld_because") else "yes",
    }
    return evidence.log(inspection, by=inspection.inspector, at=NOW, **{**about, **given})


@remembered
def signed(inspection: Inspection, *, at: datetime = NOW) -> Signature:
    """Someone signs for the business, on the visit."""
    said: interview_rules.SignatureInput = {
        "name": "Ann Ivey",
        "role": "Principal authority",
        "statement": "I was read what the inspector wrote down.",
        "how": "typed",
        "strokes": [],
        "because": "",
    }
    return interviews.sign(inspection, key=uuid4(), signed=said, signed_at=at, by=inspection.inspector, at=at)


@remembered
def an_inspection_recorded(*unmet: str, exhibits: int = 0, **commissioned: Any) -> Inspection:
    inspection = an_inspection(**commissioned)
    for _photograph in range(exhibits):
        an_exhibit(inspection)
    signed(inspection)
    return inspections.record_findings(
        inspection,
        findings=findings(inspection, *unmet),
        summary="Visited the office and both places of work.",
        business_comments="The business agrees.",
        visited_on=timezone.localdate(NOW),
        by=inspection.inspector,
        at=NOW,
    )


@remembered
def an_inspection_reported(*unmet: str, **commissioned: Any) -> Inspection:
    inspection = an_inspection_recorded(*unmet, **commissioned)
    return inspections.report(inspection, by=inspection.inspector, at=NOW)


@remembered
def an_inspection_confirmed(*unmet: str, by: User | None = None, **commissioned: Any) -> Inspection:
    inspection = an_inspection_reported(*unmet, **commissioned)
    return inspections.confirm(inspection, by=by or person("quality_reviewer", name="Rhian Quality"), at=NOW)


@remembered
def a_follow_up(inspection: Inspection | None = None, **given: Any) -> FollowUp:
    """Of a confirmed inspection that found 2.4 not to be met."""
    inspection = inspection or an_inspection_confirmed("2.4")
    about: dict[str, Any] = {
        "standard": "2.4",
        "action": "Write down the hours of every worker, and send the sheets of December.",
        "due_on": timezone.localdate(NOW) + timedelta(days=28),
        "by": inspection.inspector,
    }
    return follow_ups.ask(inspection, at=NOW, **{**about, **given})


@remembered
def a_remedy(inspection: Inspection | None = None, **given: Any) -> Remedy:
    inspection = inspection or an_inspection_confirmed("2.4")
    about: dict[str, Any] = {
        "kind": "wages",
        "workers": 12,
        "pence": 480_050,
        "shown_by": "Bank statement of 20 October.",
        "by": inspection.inspector,
    }
    return follow_ups.record(inspection, at=NOW, **{**about, **given})


@remembered
def a_plan(inspection: Inspection, *, by: User | None = None, despite_clash: bool = False, **given: Any) -> VisitPlan:
    """A morning three days from now, at a place that is in no file."""
    about: dict[str, Any] = {
        "day": timezone.localdate(NOW) + timedelta(days=3),
        "starts": time(9),
        "ends": time(12),
        "address": "1 Market Street, Maidstone",
        "announced": False,
        "because": "Wages may be hidden.",
        "risk": "low",
    }
    return plans.plan(
        inspection,
        planned=PlanInput(**{**about, **given}),
        despite_clash=despite_clash,
        by=by or inspection.inspector,
        at=NOW,
    )
