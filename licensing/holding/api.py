"""What holders have told, for programs: read it, and accept, note or refuse it."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import create_model

from licensing.applications.api import BecauseIn
from licensing.checks.api import CheckOut, check_out
from licensing.holding.actions import changes as actions
from licensing.holding.lists import CHANGES
from licensing.holding.models import Change
from licensing.holding.queries import changes as queries
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import PROBLEMS, ByKey, Done, Key, MoveOut, many, moves_out, row_of, row_out

ChangeRowOut = row_of(CHANGES, "ChangeRowOut")


router = Router(tags=["changes"])


CHANGE = "/changes/{reference}"


class ToldOut(Schema):
    question: str
    answer: str
    before: str = Field(description="What was known before")


ChangeOut: Any = create_model(
    "ChangeOut",
    __base__=ChangeRowOut,
    title=(str, ...),
    told=(list[ToldOut], ...),
    checks=(many(CheckOut), ...),
    moves=(list[MoveOut], ...),
)


@router.get(
    CHANGE,
    response={200: ChangeOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="change",
    url_name="staff_api_change",
)
def change(request: ByKey, reference: str) -> Any:
    """What a holder has told, beside what was known before, and what you may do about it."""
    one, on = _change(request.user, reference), timezone.localdate()
    file = queries.change_file(one, by=request.user, on=on)
    return {
        **row_out(CHANGES, one, by=request.user, on=on),
        "title": file.row.title,
        "told": [ToldOut(question=what, answer=now, before=before) for what, now, before in file.row.rows],
        "checks": [check_out(row.check, by=request.user) for row in file.checks],
        "moves": moves_out(file.moves),
    }


@router.post(
    f"{CHANGE}/accept",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.CHANGE),
    operation_id="accept_change",
    url_name="staff_api_accept_change",
)
def accept(request: ByKey, reference: str) -> Change:
    """Put it into the holder's file; the register shows what it shows of it from today."""
    return actions.accept(_change(request.user, reference), by=request.user, at=timezone.now())


@router.post(
    f"{CHANGE}/note",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.CHANGE),
    operation_id="note_change",
    url_name="staff_api_note_change",
)
def note(request: ByKey, reference: str) -> Change:
    """Say that it has been read: nothing more is written because of it."""
    return actions.note(_change(request.user, reference), by=request.user, at=timezone.now())


@router.post(
    f"{CHANGE}/refuse",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.CHANGE),
    operation_id="refuse_change",
    url_name="staff_api_refuse_change",
)
def refuse(request: ByKey, reference: str, body: BecauseIn) -> Change:
    """Leave file and register as they are; the holder reads your reason word for word."""
    return actions.refuse(_change(request.user, reference), because=body.because, by=request.user, at=timezone.now())


def _change(by: User, reference: str) -> Change:
    permissions.require(by, "licensing.view_changes")
    one: Change = get_object_or_404(queries.changes({}, by=by).queryset, reference=reference)
    return one
