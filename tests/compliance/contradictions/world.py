"""A report with five contradictions about forced labour and about its plan, and who answers them."""

from datetime import time, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from compliance.contradictions import actions
from compliance.contradictions.models import Contradiction
from compliance.contradictions.queries.contradictions import ContradictionNow, contradictions_now
from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection
from compliance.interviews import actions as interviews
from compliance.plans import actions as plans
from compliance.plans.rules import PlanInput
from registry.accounts.models import User
from tests.compliance.stories import an_exhibit, an_inspection, findings, signed
from tests.conftest import NOW
from tests.remembered import remembered

TODAY = timezone.localdate(NOW)
DAY = timedelta(days=1)
ACTS: Any = {
    "ask": actions.ask_inspector,
    "explain": actions.explain_contradiction,
    "accept": actions.accept_contradiction,
}
WORDS = "The box belongs to the site next door."
FIVE = [
    ("sign_and_met", "3.2"),
    ("exhibit_and_met", "3.2"),
    ("interview", "3.2"),
    ("sample", ""),
    ("off_plan", ""),
]


@remembered
def contradictory(inspector: User | None = None, **commissioned: Any) -> Inspection:
    """Carried out a day before its plan; passports in a box, and standard 3.2 found met without a word."""
    visit = an_inspection(inspector=inspector, **commissioned)
    by = visit.inspector
    about: dict[str, Any] = {"announced": False, "because": "Unannounced.", "risk": "low", "address": "1 Market Street"}
    planned = PlanInput(day=TODAY + DAY, starts=time(9), ends=time(12), **about)
    plans.plan(visit, planned=planned, by=by, at=NOW)
    interviews.draw(visit, workers_present=40, by=by, at=NOW)
    spoken(visit)
    interviews.note_indicator(visit, code="7", seen=True, evidence="A box of passports.", by=by, at=NOW)
    an_exhibit(visit, description="The box of passports.", standards=["3.2"])
    signed(visit)
    found = [one | ({"evidence": ""} if one["standard"] == "3.2" else {}) for one in findings(visit)]
    return inspections.record_findings(
        visit,
        findings=found,
        summary="Spoke to one worker.",
        visited_on=TODAY,
        by=by,
        at=NOW,
    )


def spoken(visit: Inspection, papers: str = "no") -> None:
    told: Any = {
        "language": "pl",
        "interpreted": True,
        "sampled": "came",
        "drawn_number": None,
        "explained": ["who", "choice", "private", "help"],
        "consents": True,
        "answers": {"papers": {"said": papers, "words": "Paszport jest w biurze, w pudełku."}},
        "indicators": [],
        "notes": "",
    }
    interviews.keep(visit, key=uuid4(), told=told, held_at=NOW, by=visit.inspector, at=NOW)


@remembered
def reported(inspector: User | None = None, **commissioned: Any) -> Inspection:
    visit = contradictory(inspector, **commissioned)
    return inspections.report(visit, by=visit.inspector, at=NOW)


def now_of(visit: Inspection, code: str = "interview", standard: str = "3.2") -> ContradictionNow:
    return next(one for one in contradictions_now(visit) if one.found.key == (code, standard))


@remembered
def answered(
    act: str, visit: Inspection, code: str = "interview", standard: str = "3.2", **given: Any
) -> Contradiction:
    """By the inspector what only the inspector does; `by` of everything else is given, who accepts after reading the interviews."""
    if (
        act == "accept"
        and given.pop("reads", True)
        and given["by"].pk != visit.inspector_id
        and visit.interviews.exists()
    ):
        interviews.read(visit, because="To go through the report.", by=given["by"], at=given.get("at", NOW))
    seen = given.pop("seen", None) or now_of(visit, code, standard).digest
    usual: dict[str, dict[str, Any]] = {
        "ask": {"question": "Whose passports are in the box?", "answer_by": TODAY + 3 * DAY},
        "explain": {"text": WORDS, "by": visit.inspector},
        "accept": {"because": "The farm next door confirms it by telephone."},
    }
    how = {"code": code, "standard": standard, "seen": seen, "at": NOW, **usual[act], **given}
    found: Contradiction = ACTS[act](visit, **how)
    return found


def accept_all(visit: Inspection, by: User) -> None:
    for one in contradictions_now(visit):
        if one.must_answer and not one.is_settled:
            answered("accept", visit, one.found.code, one.found.standard, by=by)
