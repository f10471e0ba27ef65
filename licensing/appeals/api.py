"""What programs are told of each row of a work list: the same as its page and its CSV say.

Appeals for programs: where each stands, and what is written down of it, step by step."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from licensing.appeals.actions import appeals as actions
from licensing.appeals.actions import outcomes
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as queries
from licensing.applications.api import LONGEST, Text, said
from licensing.decisions.api.decisions import stepped_up, visible
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import PROBLEMS, ByKey, Done, Key, MoveOut, OrganisationOut, moves_out, organisation_out


class AppealRowOut(Schema):
    reference: str
    number: str = Field(description="The number that the secretariat gave it")
    organisation: OrganisationOut
    decision: str
    kind: str = Field(description="Of the decision appealed against")
    immediate: bool
    status: str
    received_on: date | None
    reply_by: date | None
    replied_on: date | None
    barred_on: date | None
    hearing_on: date | None
    outcome: str
    ended_on: date | None
    effect_on: date | None = Field(description="From when the outcome holds")


SAID_OF_APPEAL = (
    "reference",
    "number",
    "status",
    "received_on",
    "reply_by",
    "replied_on",
    "barred_on",
    "hearing_on",
    "outcome",
    "ended_on",
    "effect_on",
)


def appeal_out(row: Appeal) -> dict[str, Any]:
    return {
        **said(row, SAID_OF_APPEAL),
        **said(row.decision, ("kind", "immediate")),
        "organisation": organisation_out(row.organisation),
        "decision": row.decision.reference,
    }


router = Router(tags=["appeals"])


APPEAL = "/appeals/{reference}"


class AppealOut(AppealRowOut):
    grounds: str
    meanwhile: str = Field(description="What holds until the appeal is decided")
    follows: str = Field(description="What is done when the outcome is carried out")
    reply_text: str
    hearing_place: str
    on_paper: bool
    outcome_because: str
    moves: list[MoveOut]


@router.get(
    APPEAL,
    response={200: AppealOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="appeal",
    url_name="staff_api_appeal",
)
def appeal(request: ByKey, reference: str) -> Any:
    """Where one appeal stands, what holds meanwhile, and what you may do."""
    one = _appeal(request.user, reference)
    file = queries.appeal_file(one, by=request.user, on=timezone.localdate())
    words = ("grounds", "reply_text", "hearing_place", "on_paper", "outcome_because")
    return {
        **appeal_out(one),
        **{field: getattr(one, field) for field in words},
        "meanwhile": str(file.meanwhile),
        "follows": str(file.follows),
        "moves": moves_out(file.moves),
    }


def _appeal(by: User, reference: str) -> Appeal:
    permissions.require(by, "licensing.view_appeals")
    one: Appeal = get_object_or_404(queries.appeals({}, by=by).queryset, reference=reference)
    return one


class ReceiveIn(Schema):
    received_on: date
    grounds: str = Text
    number: str = Field("", max_length=60, description="The number that the secretariat gave it")
    extended: bool = Field(False, description="It was late, and the tribunal has given more time")


@router.post(
    "/decisions/{reference}/appeal",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.APPEAL),
    operation_id="receive_appeal",
    url_name="staff_api_receive_appeal",
)
def receive(request: ByKey, reference: str, body: ReceiveIn) -> Appeal:
    """Write down that an appeal against a decision has arrived with the secretariat; the register says what then holds."""
    decision = visible(request.user, reference)
    return actions.receive(decision, **body.dict(), by=request.user, at=timezone.now())


class DisregardIn(Schema):
    because: str = Text


class AcknowledgeIn(Schema):
    copied_on: date
    number: str = Field("", max_length=60)


class AppealReplyIn(Schema):
    replied_on: date
    reply_text: str = Text


class HearingIn(Schema):
    on_paper: bool = False
    hearing_on: date | None = None
    hearing_place: str = Field("", max_length=200)


class DetermineIn(Schema):
    allowed: bool
    ended_on: date
    effect_on: date = Field(description="From when it holds")
    outcome_because: str = Field(max_length=LONGEST)


class TakeBackIn(Schema):
    ended_on: date = Field(description="The day of the secretariat's notice")


class ReadmitIn(Schema):
    leave_on: date
    reply_by: date = Field(description="The day that the tribunal has set")


class TickOffIn(Schema):
    statements_on: date | None = None
    representations_on: date | None = None


def _add_step(name: str, act: Callable[..., Appeal], given: type[Schema], about: str) -> None:
    """One thing that is written down of an appeal, as its own page asks for it."""
    asked: Any = given

    def step(request: ByKey, reference: str, body: asked) -> Any:
        return act(_appeal(request.user, reference), **body.dict(), by=request.user, at=timezone.now())

    router.post(
        f"{APPEAL}/{name}",
        response={200: Done, **PROBLEMS},
        auth=Key(Scope.APPEAL),
        operation_id=f"{name.replace('-', '_')}_appeal",
        summary=name.replace("-", " ").title(),
        description=about,
        url_name=f"staff_api_{name.replace('-', '_')}_appeal",
    )(step)


_add_step("disregard", actions.disregard, DisregardIn, "Close what was told of an appeal because none has arrived.")


_add_step(
    "acknowledge", actions.acknowledge, AcknowledgeIn, "The secretariat has sent its copy: the time to reply runs."
)


_add_step("reply", actions.reply, AppealReplyIn, "What the authority has replied. Refused once the time is over.")


_add_step("fix-hearing", actions.fix_hearing, HearingIn, "When and where it is heard, or that it is decided on paper.")


_add_step(
    "determine",
    actions.determine,
    DetermineIn,
    "What the tribunal has decided. Nothing follows from it before somebody else has carried it out.",
)


_add_step("readmit", actions.readmit, ReadmitIn, "The tribunal lets the authority take part after it was barred.")


_add_step("tick-off", actions.tick_off, TickOffIn, "On which day the authority has sent what a hearing asks of it.")


_add_step("take-back", actions.take_back, TakeBackIn, "The appellant has withdrawn it. Somebody else carries it out.")


@router.post(
    f"{APPEAL}/bar",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.APPEAL),
    operation_id="bar_appeal",
    url_name="staff_api_bar_appeal",
)
def bar(request: ByKey, reference: str) -> Appeal:
    """Note that the time to reply was missed."""
    return actions.bar(_appeal(request.user, reference), by=request.user, at=timezone.now())


@router.post(
    f"{APPEAL}/carry-out",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.DECIDE),
    operation_id="carry_out_appeal",
    url_name="staff_api_carry_out_appeal",
)
def carry_out(request: ByKey, reference: str) -> Appeal:
    """Do what follows from how the appeal ended, as somebody else than who wrote it down; licence and register follow."""
    permissions.require(request.user, "licensing.decide")
    one = _appeal(request.user, reference)
    stepped_up(request)
    return outcomes.carry_out(one, by=request.user, at=timezone.now())
