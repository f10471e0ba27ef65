"""Decisions for programs of the authority: what may be done now and why not, and the deciding itself.

`router` is behind the sign-in like the pages, with the same session and the same token against forgery, and in no document;
`by_key` is for programs with a key.
"""

from collections.abc import Iterable
from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema
from ninja.security import django_auth

from licensing import queries
from licensing.actions import decisions
from licensing.models import Decision
from licensing.rules.grounds import GivenConclusion
from registry import permissions, web
from registry.api import PROBLEMS, ByKey, Key, ReasonOut
from registry.errors import Reason, Refused
from registry.models import Scope, User

STEP_UP = _("Show your second factor again: a decision is taken only within ten minutes of it.")

STEP_UP_KEY = _(
    "Show your second factor for this key on the page of your keys: it decides only within ten minutes of it."
)

router = Router(tags=["decisions"], auth=django_auth)
by_key = Router(tags=["decisions"])


class MoveOut(Schema):
    """Something that this person may do; `reasons` say why not now, and are empty when it is possible."""

    name: str
    title: str
    reasons: list[ReasonOut]


class MovesOut(Schema):
    reference: str
    status: str
    moves: list[MoveOut]


class ConclusionIn(Schema):
    """Of one ground, by its number, whether it holds, and why."""

    number: int
    upheld: bool
    because: str = Field(max_length=20_000)


class DecideIn(Schema):
    """The reasons, and what is concluded of each ground.

    `from_day` is the first day with the licence, or without it; null for the day that was proposed, and for a refusal.
    """

    because: str = Field(max_length=20_000)
    conclusions: list[ConclusionIn] = []
    from_day: date | None


class DecisionOut(Schema):
    reference: str
    kind: str
    status: str
    decided_at: datetime | None
    starts: date | None
    takes_effect: date | None
    until: date | None
    appeal_by: date | None


@router.get("/{reference}/moves", response=MovesOut, url_name="decision_moves", include_in_schema=False)
def moves(request: web.SignedIn, reference: str, from_day: date | None = None) -> MovesOut:
    return _moves(reference, from_day, by=request.user)


@by_key.get(
    "/{reference}/moves",
    response={200: MovesOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="decision_moves",
    url_name="staff_decision_moves",
)
def moves_by_key(request: ByKey, reference: str, from_day: date | None = None) -> MovesOut:
    """What you may do about this decision now, and why not."""
    return _moves(reference, from_day, by=request.user)


def _moves(reference: str, from_day: date | None, *, by: User) -> MovesOut:
    permissions.require(by, "licensing.view_decisions")
    decision = get_object_or_404(Decision.objects.visible_to(by), reference=reference)
    possible = queries.moves_of(decision, by=by, on=timezone.localdate(), from_day=from_day)
    return MovesOut(
        reference=decision.reference,
        status=decision.status,
        moves=[MoveOut(name=one.name, title=str(one.title), reasons=reasons_out(one.blockers)) for one in possible],
    )


def reasons_out(reasons: Iterable[Reason]) -> list[ReasonOut]:
    return [ReasonOut(code=one.code, text=str(one.text), where=one.where) for one in reasons]


@router.post("/{reference}/decide", response=DecisionOut, url_name="decide_by_api", include_in_schema=False)
def decide(request: web.SignedIn, reference: str, body: DecideIn) -> Decision:
    return _decide(reference, body, by=request.user, lacks="" if web.is_stepped_up(request) else STEP_UP)


@by_key.post(
    "/{reference}/decide",
    response={200: DecisionOut, **PROBLEMS},
    auth=Key(Scope.DECIDE),
    operation_id="decide",
    url_name="staff_decide",
)
def decide_by_key(request: ByKey, reference: str, body: DecideIn) -> Decision:
    """Take a decision that somebody else has proposed."""
    lacks = "" if request.api_key.is_stepped_up(timezone.now()) else STEP_UP_KEY
    return _decide(reference, body, by=request.user, lacks=lacks)


def _decide(reference: str, body: DecideIn, *, by: User, lacks: str | Promise) -> Decision:
    permissions.require(by, "licensing.decide")
    decision = get_object_or_404(Decision.objects.visible_to(by), reference=reference)
    if lacks:
        raise Refused([Reason("step_up", lacks)])
    return decisions.decide(
        decision,
        because=body.because,
        conclusions=[GivenConclusion(**one.dict()) for one in body.conclusions],
        from_day=body.from_day,
        by=by,
        at=timezone.now(),
    )
