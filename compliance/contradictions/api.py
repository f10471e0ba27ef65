"""Contradictions in the report of a visit, for programs of the authority: read and answered as on the page."""

from datetime import datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from compliance.contradictions import actions
from compliance.contradictions.models import Contradiction
from compliance.contradictions.queries import compared as queries
from compliance.contradictions.queries.compared import ShownContradiction
from compliance.inspections.lists import SEES
from compliance.inspections.models import Inspection
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, StaffRouter
from registry.api.days import Day

router = StaffRouter(tags=["inspections"])
CONTRADICTIONS = "/inspections/{reference}/contradictions"


class ContradictionAnswerOut(Schema):
    kind: str
    by: str
    at: datetime
    text: str
    version: int = Field(description="Of the report that was seen; 0 before it was handed in")


class ContradictionOut(Schema):
    code: str
    standard: str = Field(description="Empty where it is about the visit as a whole")
    says: str
    status: str
    must_answer: bool
    seen: str = Field(description="What it rests on, as a digest: an answer says to which it is given")
    rests_on: list[str]
    answers: list[ContradictionAnswerOut]


@router.reads(CONTRADICTIONS, "contradictions_in_report", list[ContradictionOut], url_name="staff_api_contradictions")
def contradictions(request: ByKey, reference: str) -> Any:
    """What contradicts itself in a report now, with each answer. What workers said is on the page alone."""
    permissions.require_one(request.user, *SEES)
    inspection = _visible(request.user, reference)
    compared = queries.compared(inspection, by=request.user, at=timezone.now())
    every = [*(one for standard in compared.standards for one in standard.contradictions), *compared.visit]
    return [_out(one) for one in every]


def _out(one: ShownContradiction) -> dict[str, Any]:
    assert one.found is not None
    return {
        "code": one.found.found.code,
        "standard": one.found.found.standard,
        "says": one.says,
        "status": one.status,
        "must_answer": one.must_answer,
        "seen": one.found.digest,
        "rests_on": list(one.rests_on),
        "answers": list(one.answers),
    }


class OfContradiction(Schema):
    """`seen` is the digest that was read: what rests on something else by now is refused."""

    code: str = Field(max_length=40)
    standard: str = Field("", max_length=10)
    seen: str = Field(max_length=64)


class AskInspectorIn(OfContradiction):
    question: str = Field(max_length=20_000)
    answer_by: Day


class AcceptContradictionIn(OfContradiction):
    because: str = Field(max_length=20_000)


class ExplainContradictionIn(OfContradiction):
    text: str = Field(max_length=20_000)


@router.does(f"{CONTRADICTIONS}/ask", "ask_about_contradiction", Scope.INSPECT, url_name="staff_api_ask_contradiction")
def ask(request: ByKey, reference: str, body: AskInspectorIn) -> Contradiction:
    """Ask the inspector about one contradiction, by a day; the report goes back."""
    permissions.require(request.user, "compliance.confirm_inspection")
    return actions.ask_inspector(_visible(request.user, reference), **body.dict(), by=request.user, at=timezone.now())


@router.does(f"{CONTRADICTIONS}/accept", "accept_contradiction", Scope.INSPECT)
def accept(request: ByKey, reference: str, body: AcceptContradictionIn) -> Contradiction:
    """Accept, as the second person, that the report says so, with a reason."""
    permissions.require(request.user, "compliance.confirm_inspection")
    return actions.accept_contradiction(
        _visible(request.user, reference), **body.dict(), by=request.user, at=timezone.now()
    )


@router.does(f"{CONTRADICTIONS}/explain", "explain_contradiction", Scope.INSPECT)
def explain(request: ByKey, reference: str, body: ExplainContradictionIn) -> Contradiction:
    """Say, as its inspector, why the report is right all the same."""
    permissions.require(request.user, "compliance.report_inspection")
    return actions.explain_contradiction(
        _visible(request.user, reference), **body.dict(), by=request.user, at=timezone.now()
    )


def _visible(user: User, reference: str) -> Inspection:
    return get_object_or_404(Inspection.objects.visible_to(user), reference=reference)
