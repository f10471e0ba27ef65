"""What programs are told of each row of a work list: the same as its page and its CSV say.

Appeals for programs: where each stands, and what is written down of it, step by step."""

from datetime import date
from typing import Any, Literal

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from pydantic import create_model

from licensing.appeals import steps
from licensing.appeals.actions import appeals as actions
from licensing.appeals.lists import APPEALS
from licensing.appeals.models import Appeal, PutCondition
from licensing.appeals.queries import appeals as queries
from licensing.appeals.steps import moves
from licensing.applications.api import LONGEST, Text
from licensing.decisions.api.decisions import stepped_up, visible
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.lists import row_of, row_out
from registry.api.steps import add_step

AppealRowOut = row_of(APPEALS, "AppealRowOut")


router = StaffRouter(tags=["appeals"])


APPEAL = "/appeals/{reference}"


AppealOut: Any = create_model(
    "AppealOut",
    __base__=AppealRowOut,
    grounds=(str, ...),
    meanwhile=(str, Field(description="What holds until the appeal is decided")),
    follows=(str, Field(description="What is done when the outcome is carried out")),
    reply_text=(str, ...),
    hearing_place=(str, ...),
    on_paper=(bool, ...),
    outcome_because=(str, ...),
    moves=(list[MoveOut], ...),
)


@router.reads(APPEAL, "appeal", AppealOut)
def appeal(request: ByKey, reference: str) -> Any:
    """Where one appeal stands, what holds meanwhile, and what you may do."""
    one = _appeal(request.user, reference)
    today = timezone.localdate()
    file = queries.appeal_file(one, on=today)
    words = ("grounds", "reply_text", "hearing_place", "on_paper", "outcome_because")
    return {
        **row_out(APPEALS, one, by=request.user, on=today),
        **{field: getattr(one, field) for field in words},
        "meanwhile": str(file.meanwhile),
        "follows": str(file.follows),
        "moves": moves_out(moves(one, by=request.user, on=today)),
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


@router.does("/decisions/{reference}/appeal", "receive_appeal", Scope.APPEAL)
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


class PutConditionIn(Schema):
    """A condition that the tribunal put in place: it becomes a condition of the licence."""

    standard: str = Field(max_length=10)
    requirement: str = Field(max_length=LONGEST, description="What the business must do")
    due_on: date


class DetermineIn(Schema):
    outcome: Literal["allowed", "dismissed", "varied", "remitted"] = Field(
        description="Varied: the tribunal puts something else in the place of the decision. Remitted: it is decided again"
    )
    ended_on: date
    effect_on: date = Field(description="From when it holds")
    outcome_because: str = Field(max_length=LONGEST)
    put_conditions: list[PutConditionIn] = Field([], description="Varied, or allowed with conditions: those conditions")
    put_until: date | None = Field(None, description="Varied: last day of a suspension")

    def dict(self, *args: Any, **options: Any) -> dict[str, Any]:
        """What the action takes."""
        conditions = [PutCondition(one.standard, one.requirement, one.due_on) for one in self.put_conditions]
        return {**super().dict(*args, **options), "put_conditions": conditions}


class CorrectOutcomeIn(DetermineIn):
    because: str = Text


class CorrectIn(Schema):
    received_on: date
    grounds: str = Text
    number: str = Field("", max_length=60)
    extended: bool = False
    copied_on: date | None = None
    replied_on: date | None = None
    because: str = Text


class TakeBackIn(Schema):
    ended_on: date = Field(description="The day of the secretariat's notice")


class ReadmitIn(Schema):
    leave_on: date
    reply_by: date = Field(description="The day that the tribunal has set")


class TickOffIn(Schema):
    statements_on: date | None = None
    representations_on: date | None = None


def _handled(request: ByKey, reference: str) -> Appeal:
    return _appeal(request.user, reference)


def _decided(request: ByKey, reference: str) -> Appeal:
    permissions.require(request.user, "licensing.decide")
    one = _appeal(request.user, reference)
    stepped_up(request)
    return one


STEPS: tuple[tuple[str, type[Schema] | None, str], ...] = (
    ("disregard", DisregardIn, "Close what was told of an appeal because none has arrived."),
    ("acknowledge", AcknowledgeIn, "The secretariat has sent its copy: the time to reply runs."),
    ("reply", AppealReplyIn, "What the authority has replied. Refused once the time is over."),
    ("fix_hearing", HearingIn, "When and where it is heard, or that it is decided on paper."),
    (
        "determine",
        DetermineIn,
        "What the tribunal has decided. Nothing follows from it before somebody else has carried it out.",
    ),
    ("correct_outcome", CorrectOutcomeIn, "Correct the outcome that was written down, before it is carried out."),
    ("correct", CorrectIn, "Correct what was written down of an open appeal; its days are counted again."),
    ("readmit", ReadmitIn, "The tribunal lets the authority take part after it was barred."),
    ("tick_off", TickOffIn, "On which day the authority has sent what a hearing asks of it."),
    ("take_back", TakeBackIn, "The appellant has withdrawn it. Somebody else carries it out."),
    ("bar", None, "Note that the time to reply was missed."),
)


for name, body, about in STEPS:
    add_step(router, APPEAL, steps.APPEAL[name], "appeal", find=_handled, scope=Scope.APPEAL, about=about, body=body)


DECIDED: tuple[tuple[str, type[Schema] | None, str], ...] = (
    (
        "carry_out",
        None,
        "Do what follows from how the appeal ended, as another person than who wrote it down; licence and register follow.",
    ),
    ("send_back", None, "Undo the decision that the tribunal has sent back: it is to be decided again."),
    ("leave_undecided", DisregardIn, "Say why what the tribunal sent back is not decided again."),
)


for name, body, about in DECIDED:
    add_step(router, APPEAL, steps.APPEAL[name], "appeal", find=_decided, scope=Scope.DECIDE, about=about, body=body)
