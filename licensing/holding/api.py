"""What holders have told, for programs: read it, and accept, note or refuse it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from pydantic import create_model

from licensing.applications.api import BecauseIn
from licensing.checks.api import CheckOut, check_out
from licensing.holding import steps
from licensing.holding.lists import CHANGES
from licensing.holding.models import Change
from licensing.holding.queries import changes as queries
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.lists import many, row_of, row_out
from registry.api.steps import add_step

ChangeRowOut = row_of(CHANGES, "ChangeRowOut")


router = StaffRouter(tags=["changes"])


CHANGE = "/changes/{reference}"


class ToldOut(Schema):
    question: str
    answer: str
    before: str = Field(description="What was known before")


ChangeFileOut: Any = create_model(
    "ChangeOut",
    __base__=ChangeRowOut,
    title=(str, ...),
    told=(list[ToldOut], ...),
    checks=(many(CheckOut), ...),
    moves=(list[MoveOut], ...),
)


@router.reads(CHANGE, "change", ChangeFileOut)
def change(request: ByKey, reference: str) -> Any:
    """What a holder has told, beside what was known before, and what you may do about it."""
    one, on = _change(request.user, reference), timezone.localdate()
    file = queries.change_file(one, by=request.user, on=on)
    return {
        **row_out(CHANGES, one, by=request.user, on=on),
        "title": file.row.title,
        "told": [ToldOut(question=what, answer=now, before=before) for what, now, before in file.row.rows],
        "checks": [check_out(row.check, by=request.user) for row in file.checks],
        "moves": moves_out(steps.CHANGE.buttons(one, by=request.user, on=on)),
    }


STEPS: tuple[tuple[str, type[Schema] | None, str], ...] = (
    ("accept", None, "Put it into the holder's file; the register shows what it shows of it from today."),
    ("note", None, "Say that it has been read: nothing more is written because of it."),
    ("refuse", BecauseIn, "Leave file and register as they are; the holder reads your reason word for word."),
)


def _change(by: User, reference: str) -> Change:
    permissions.require(by, "licensing.view_changes")
    one: Change = get_object_or_404(queries.changes({}, by=by).queryset, reference=reference)
    return one


for name, body, about in STEPS:
    add_step(
        router,
        CHANGE,
        steps.CHANGE[name],
        "change",
        find=lambda request, reference: _change(request.user, reference),
        scope=Scope.CHANGE,
        about=about,
        body=body,
    )
