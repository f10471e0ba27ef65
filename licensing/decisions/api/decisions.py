"""Decisions for programs of the authority: what may be done now and why not, and the deciding itself.

`router` is behind the sign-in like the pages, with the same session and the same token against forgery, and in no document;
`by_key` is for programs with a key.
"""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Field, Router, Schema
from ninja.security import django_auth
from pydantic import create_model

from licensing.applications.api import LONGEST, Text
from licensing.decisions.actions import decisions, hearings, proposals
from licensing.decisions.api.proposals import GroundIn, grounds_of
from licensing.decisions.api.rows import DecisionRowOut, decision_out
from licensing.decisions.models.decisions import Decision
from licensing.decisions.queries import decisions as queries
from licensing.decisions.queries.grounds import ShownGround
from licensing.decisions.rules.grounds import GivenConclusion
from licensing.decisions.steps.decisions import moves as moves_of
from registry import permissions, web
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.days import Day
from registry.errors import Reason, Refused

STEP_UP = _("Show your second factor again: you must take a decision within 10 minutes.")

STEP_UP_KEY = _(
    "Show your second factor for this key on the page of your keys. The key can then record decisions for 10 minutes."
)

router = Router(tags=["decisions"], auth=django_auth)
by_key = StaffRouter(tags=["decisions"])


class MovesOut(Schema):
    reference: str
    status: str
    moves: list[MoveOut]


class ConclusionIn(Schema):
    """Of one ground, by its number, whether it holds, and why."""

    number: int
    upheld: bool
    because: str = Text


class DecideIn(Schema):
    """The reasons, and what is concluded of each ground.

    `from_day` is the first day with the licence, or without it; null for the day that was proposed, and for a refusal.
    """

    because: str = Text
    conclusions: list[ConclusionIn] = []
    from_day: Day | None
    despite: str = Field(
        "", max_length=LONGEST, description="Why it is decided although something is open, if something is"
    )
    reasons: dict[str, str] = Field(
        {}, description="The sentences that everyone reads, by standard, where they are not those of the scheme"
    )


class DecisionOut(Schema):
    reference: str
    kind: str
    status: str
    decided_at: datetime | None
    starts: date | None
    takes_effect: date | None
    until: date | None
    appeal_by: date | None


class ExhibitOut(Schema):
    source: str
    text: str


class GroundOut(Schema):
    """One ground with its chain: what it rests on, the evidence, what the subject said to it, and what was concluded."""

    number: int
    rests_on: str
    text: str
    exhibits: list[ExhibitOut]
    is_notified: bool
    replies: list[str]
    upheld: bool | None
    concluded_because: str


DecisionFileOut: Any = create_model(
    "DecisionFileOut",
    __base__=DecisionRowOut,
    because=(str, ...),
    starts=(date | None, ...),
    takes_effect=(date | None, ...),
    until=(date | None, ...),
    appeal_by=(date | None, ...),
    points=(int | None, Field(description="Of the inspections relied on")),
    departs_because=(str, ...),
    grounds=(list[GroundOut], ...),
    representations=(list[str], Field(description="General reply")),
    moves=(list[MoveOut], ...),
)


@router.get("/{reference}/moves", response=MovesOut, url_name="decision_moves", include_in_schema=False)
def moves(request: web.SignedIn, reference: str, from_day: Day | None = None) -> MovesOut:
    return _moves(reference, from_day, by=request.user)


@by_key.reads("/{reference}", "decision", DecisionFileOut)
def decision(request: ByKey, reference: str) -> Any:
    """One decision: what is proposed and why, on which grounds and evidence, what was said to them, and what you may do."""
    one = visible(request.user, reference)
    on = timezone.localdate()
    file = queries.decision_file(one, by=request.user, on=on)
    fields = ("because", "starts", "takes_effect", "until", "appeal_by", "points", "departs_because")
    return {
        **decision_out(one, by=request.user),
        **{field: getattr(one, field) for field in fields},
        "grounds": [_ground_out(shown) for shown in file.grounds],
        "representations": [said.text for said in file.said],
        "moves": moves_out(moves_of(one, decide=file.decide_blockers, by=request.user, on=on)),
    }


def _ground_out(shown: ShownGround) -> GroundOut:
    ground = shown.ground
    return GroundOut(
        number=ground.number,
        rests_on=shown.rests_on,
        text=ground.text,
        exhibits=[ExhibitOut(source=one.source, text=one.text) for one in shown.exhibits],
        is_notified=ground.notice_id is not None,
        replies=[one.text for one in shown.replies],
        upheld=ground.upheld,
        concluded_because=ground.concluded_because,
    )


@by_key.reads("/{reference}/moves", "decision_moves", MovesOut, url_name="staff_decision_moves")
def moves_by_key(request: ByKey, reference: str, from_day: Day | None = None) -> MovesOut:
    """What you may do about this decision now, and why not."""
    return _moves(reference, from_day, by=request.user)


def _moves(reference: str, from_day: date | None, *, by: User) -> MovesOut:
    one = visible(by, reference)
    on = timezone.localdate()
    decide = queries.decide_blockers(one, by=by, on=on, from_day=from_day)
    possible = moves_of(one, decide=decide, by=by, on=on)
    return MovesOut(reference=one.reference, status=one.status, moves=moves_out(possible))


def visible(by: User, reference: str) -> Decision:
    permissions.require(by, "licensing.view_decisions")
    return get_object_or_404(Decision.objects.visible_to(by), reference=reference)


@by_key.does("/{reference}/notify", "notify_decision", Scope.PROPOSE, url_name="staff_api_notify")
def notify(request: ByKey, reference: str) -> Decision:
    """Tell the subject what is proposed, with every ground and its evidence, and by when to reply."""
    return hearings.notify(visible(request.user, reference), by=request.user, at=timezone.now())


class SupplementIn(Schema):
    grounds: list[GroundIn] = Field(min_length=1)


@by_key.does("/{reference}/supplement", "supplement_decision", Scope.PROPOSE, url_name="staff_api_supplement")
def supplement(request: ByKey, reference: str, body: SupplementIn) -> Decision:
    """Put further grounds under a proposal, of which the subject is to be notified before anything is decided."""
    one = visible(request.user, reference)
    return proposals.supplement(one, grounds=grounds_of(body.grounds), by=request.user, at=timezone.now())


class DropIn(Schema):
    because: str = Text


@by_key.does("/{reference}/drop", "drop_decision", Scope.PROPOSE, url_name="staff_api_drop")
def drop(request: ByKey, reference: str, body: DropIn) -> Decision:
    """Take a proposal back; whoever was notified of it is told."""
    return proposals.drop(visible(request.user, reference), because=body.because, by=request.user, at=timezone.now())


@router.post("/{reference}/decide", response=DecisionOut, url_name="decide_by_api", include_in_schema=False)
def decide(request: web.SignedIn, reference: str, body: DecideIn) -> Decision:
    return _decide(reference, body, by=request.user, lacks="" if web.is_stepped_up(request) else STEP_UP)


@by_key.does("/{reference}/decide", "decide", Scope.DECIDE, DecisionOut, url_name="staff_decide")
def decide_by_key(request: ByKey, reference: str, body: DecideIn) -> Decision:
    """Take a decision that somebody else has proposed; a surrender that its holder asks for is accepted so."""
    return _decide(reference, body, by=request.user, lacks=_lacks(request))


def stepped_up(request: ByKey) -> None:
    """Go on only if the person of the key has shown a second factor for it within ten minutes; else `Refused` (step_up)."""
    if lacks := _lacks(request):
        raise Refused([Reason("step_up", lacks)])


def _lacks(request: ByKey) -> str | Promise:
    return "" if request.api_key.is_stepped_up(timezone.now()) else STEP_UP_KEY


def _decide(reference: str, body: DecideIn, *, by: User, lacks: str | Promise) -> Decision:
    permissions.require(by, "licensing.decide")
    one = get_object_or_404(Decision.objects.visible_to(by), reference=reference)
    if lacks:
        raise Refused([Reason("step_up", lacks)])
    return decisions.decide(
        one,
        because=body.because,
        conclusions=[GivenConclusion(**one.dict()) for one in body.conclusions],
        from_day=body.from_day,
        despite=body.despite,
        reasons=body.reasons,
        by=by,
        at=timezone.now(),
    )
