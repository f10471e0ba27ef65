"""One case for programs, and what is done with it: each endpoint is one action of the pages, with its refusals."""

from datetime import date, datetime
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from licensing import queries
from licensing.actions import applications, checks, proposals, radar, requests
from licensing.api.decisions import MoveOut, reasons_out
from licensing.api.lists import (
    ApplicationOut,
    CheckOut,
    DecisionRowOut,
    application_out,
    check_out,
    decision_out,
)
from licensing.models import Application, LookAlike
from licensing.rules.decisions import GivenCondition
from licensing.rules.grounds import GivenGround
from registry import permissions
from registry.api import PROBLEMS, ByKey, Key, ReasonOut
from registry.models import Scope, User

router = Router(tags=["cases"])

LONGEST = 20_000
Text = Field(max_length=LONGEST)


class RequestOut(Schema):
    reference: str
    question: str
    due_on: date
    asked_at: datetime
    answered_at: datetime | None


class CaseOut(ApplicationOut):
    moves: list[MoveOut] = Field(
        description="What you may do; `reasons` say why not now, and are empty when it is possible"
    )
    missing: list[ReasonOut] = Field(description="What is missing before the next step")
    checks: list[CheckOut]
    requests: list[RequestOut]
    decisions: list[DecisionRowOut]


class Done(Schema):
    reference: str
    status: str


@router.get(
    "/applications/{reference}",
    response={200: CaseOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="application",
    url_name="staff_api_application",
)
def application(request: ByKey, reference: str) -> Any:
    """One case: where it stands, what is missing, its checks, what was asked, and what was decided."""
    row = _case(request.user, reference)
    file = queries.case_file(row, by=request.user, on=timezone.localdate())
    return {
        **application_out(row),
        "moves": [
            MoveOut(name=one.name, title=str(one.title), reasons=reasons_out(one.blockers)) for one in file.moves
        ],
        "missing": reasons_out(file.waiting),
        "checks": [check_out(one.check) for one in file.checks],
        "requests": [RequestOut.from_orm(one) for one in file.requests],
        "decisions": [decision_out(one) for one in file.decisions],
    }


def _case(by: User, reference: str) -> Application:
    """As the page of the case finds it, with what the list says of it."""
    permissions.require(by, "licensing.view_applications")
    found = queries.applications({}, by=by, on=timezone.localdate())
    row: Application = get_object_or_404(found.queryset, reference=reference)
    found.dress(row)
    return row


class AssignIn(Schema):
    case_officer: str = Field(description="The reference of the officer", examples=["U-7KQ2-M9XD"])


@router.post(
    "/applications/{reference}/assign",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.ASSIGN),
    operation_id="assign",
    url_name="staff_api_assign",
)
def assign(request: ByKey, reference: str, body: AssignIn) -> Application:
    """Give the case to an officer."""
    case = _case(request.user, reference)
    officer = get_object_or_404(queries.case_officers(), reference=body.case_officer)
    return applications.assign(case, case_officer=officer, by=request.user, at=timezone.now())


class AskIn(Schema):
    question: str = Text
    due_on: date


@router.post(
    "/applications/{reference}/ask",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.ASK),
    operation_id="ask",
    url_name="staff_api_ask",
)
def ask(request: ByKey, reference: str, body: AskIn) -> Any:
    """Ask the applicant for information; they read the question word for word."""
    case = _case(request.user, reference)
    asked = requests.ask(case, by=request.user, at=timezone.now(), **body.dict())
    return {"reference": asked.reference, "status": asked.application.status}


class ReplyIn(Schema):
    result: str
    evidence: str = Field("", max_length=LONGEST)
    replied_on: date
    answered_by: str = Field("", max_length=200)


@router.post(
    "/checks/{reference}/record",
    response={200: CheckOut, **PROBLEMS},
    auth=Key(Scope.RECORD),
    operation_id="record_reply",
    url_name="staff_api_record",
)
def record(request: ByKey, reference: str, body: ReplyIn) -> Any:
    """Write down what an authority replied. It bears the restriction of the scheme; a tighter one is said on the page."""
    permissions.require(request.user, "licensing.record_check")
    check = get_object_or_404(queries.all_checks(), reference=reference)
    return check_out(checks.record_result(check, by=request.user, at=timezone.now(), **body.dict()))


class GroundIn(Schema):
    """A ground: the standard that is not met, why, and what shows it."""

    standard: str
    text: str = Text
    evidence: str = Field("", max_length=LONGEST)
    exhibits: list[str] = []


class ConditionIn(Schema):
    standard: str
    requirement: str = Text
    due_on: date


class ProposeIn(Schema):
    kind: Literal["grant", "refuse"]
    because: str = Text
    starts: date | None = None
    grounds: list[GroundIn] = []
    conditions: list[ConditionIn] = []
    departs_because: str = Field("", max_length=LONGEST)


@router.post(
    "/applications/{reference}/propose",
    response={200: DecisionRowOut, **PROBLEMS},
    auth=Key(Scope.PROPOSE),
    operation_id="propose",
    url_name="staff_api_propose",
)
def propose(request: ByKey, reference: str, body: ProposeIn) -> Any:
    """Propose to grant or to refuse; somebody else decides."""
    case = _case(request.user, reference)
    seen = queries.seen_of(case)
    proposed = proposals.propose(
        case,
        **body.dict(include={"kind", "because", "starts", "departs_because"}),
        grounds=[GivenGround(**{**one.dict(), "exhibits": tuple(one.exhibits)}) for one in body.grounds],
        conditions=[GivenCondition(**one.dict()) for one in body.conditions],
        inspections=seen.inspections if seen else (),
        by=request.user,
        at=timezone.now(),
    )
    return decision_out(proposed)


JUDGE = {"confirm": radar.confirm, "dismiss": radar.dismiss}


class JudgeIn(Schema):
    verdict: Literal["confirm", "dismiss"]
    because: str = Text


@router.post(
    "/look-alikes/{reference}/judge",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.JUDGE),
    operation_id="judge",
    url_name="staff_api_judge",
)
def judge(request: ByKey, reference: str, body: JudgeIn) -> LookAlike:
    """Say that the two are, or are not, the same people."""
    permissions.require(request.user, "licensing.judge_look_alikes")
    one = get_object_or_404(LookAlike.objects.visible_to(request.user), reference=reference)
    return JUDGE[body.verdict](one, because=body.because, by=request.user, at=timezone.now())
