"""Decisions for programs of the authority: what may be done now and why not, and the deciding itself.

Behind the sign-in like the pages, with the same session and the same token against forgery; not in the public document.
"""

from datetime import date, datetime

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema
from ninja.security import django_auth

from licensing import queries
from licensing.actions import decisions
from licensing.models import Decision
from licensing.rules.grounds import GivenConclusion
from registry import permissions, web
from registry.errors import Reason, Refused

STEP_UP = _("Show your second factor again: a decision is taken only within ten minutes of it.")

router = Router(tags=["decisions"], auth=django_auth)


class ReasonOut(Schema):
    code: str
    text: str
    where: str


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
    permissions.require(request.user, "licensing.view_decisions")
    decision = get_object_or_404(Decision.objects.visible_to(request.user), reference=reference)
    possible = queries.moves_of(decision, by=request.user, on=timezone.localdate(), from_day=from_day)
    return MovesOut(
        reference=decision.reference,
        status=decision.status,
        moves=[
            MoveOut(
                name=move.name,
                title=str(move.title),
                reasons=[ReasonOut(code=one.code, text=str(one.text), where=one.where) for one in move.blockers],
            )
            for move in possible
        ],
    )


@router.post("/{reference}/decide", response=DecisionOut, url_name="decide_by_api", include_in_schema=False)
def decide(request: web.SignedIn, reference: str, body: DecideIn) -> Decision:
    permissions.require(request.user, "licensing.decide")
    decision = get_object_or_404(Decision.objects.visible_to(request.user), reference=reference)
    if not web.is_stepped_up(request):
        raise Refused([Reason("step_up", STEP_UP)])
    return decisions.decide(
        decision,
        because=body.because,
        conclusions=[GivenConclusion(**one.dict()) for one in body.conclusions],
        from_day=body.from_day,
        by=request.user,
        at=timezone.now(),
    )
