"""Requests to applicants for programs: asking, and the steps of an open request."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from licensing.applications.api import CASE, LONGEST, BecauseIn, case_of
from licensing.requests import steps
from licensing.requests.actions import asking
from licensing.requests.models import InformationRequest
from licensing.requests.queries import RequestWithItems
from licensing.requests.rules import MOST_ITEMS, GivenItem
from licensing.requests.states import RequestStatus
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.steps import add_step

router = StaffRouter(tags=["requests"])

REQUEST = "/requests/{reference}"


class RequestItemOut(Schema):
    number: int
    document: str = Field(description="The code of the kind of document; empty for a question")
    text: str
    answer: str = Field(description="Empty until the request is answered")


class RequestOut(Schema):
    reference: str
    status: str
    items: list[RequestItemOut]
    due_on: date
    asked_at: datetime
    answered_at: datetime | None
    wanted_on: date | None = Field(description="The day that the applicant asks for instead")
    moves: list[MoveOut]


def request_out(one: RequestWithItems, *, by: User) -> dict[str, Any]:
    """One request as the page of its case shows it: what was saved and not sent is the applicant's own."""
    request, is_answered = one.request, one.request.status == RequestStatus.ANSWERED
    return {
        **{name: getattr(request, name) for name in ("reference", "status", "due_on", "asked_at", "answered_at")},
        "wanted_on": request.wanted_on,
        "items": [
            {
                "number": item.number,
                "document": item.item.document,
                "text": item.item.text,
                "answer": item.item.answer if is_answered else "",
            }
            for item in one.items
        ],
        "moves": moves_out(steps.buttons(request, by=by, on=timezone.localdate())),
    }


class AskItemIn(Schema):
    text: str = Field("", max_length=LONGEST)
    document: str = Field("", max_length=60, description="The code of a kind of document of the scheme")


class AskIn(Schema):
    items: list[AskItemIn] = Field(min_length=1, max_length=MOST_ITEMS)
    due_on: date


@router.does(f"{CASE}/ask", "ask", Scope.ASK)
def ask(request: ByKey, reference: str, body: AskIn) -> Any:
    """Ask the applicant for information or documents; they read the words as they are."""
    case = case_of(request.user, reference)
    items = [GivenItem(text=one.text, document=one.document) for one in body.items]
    asked = asking.ask(case, items=items, due_on=body.due_on, by=request.user, at=timezone.now())
    return {"reference": asked.reference, "status": asked.application.status}


class ExtendIn(Schema):
    due_on: date


def _handled(request: ByKey, reference: str) -> InformationRequest:
    permissions.require(request.user, asking.ASKS)
    return get_object_or_404(InformationRequest.objects.visible_to(request.user), reference=reference)


STEPS: tuple[tuple[str, type[Schema] | None, str], ...] = (
    ("remind", None, "Remind the applicant by a letter; the day stays as it is."),
    ("extend", ExtendIn, "Give the applicant more time."),
    ("refuse_time", BecauseIn, "Refuse the time that the applicant has asked for."),
    ("withdraw", BecauseIn, "Withdraw the request; the case waits for it no longer."),
)


for name, body, about in STEPS:
    add_step(router, REQUEST, steps.REQUEST[name], "request", find=_handled, scope=Scope.ASK, about=about, body=body)
