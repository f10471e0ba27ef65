"""What programs are told of each row of a work list: the same as its page and its CSV say.

What holders have told, for programs: read it, and accept, note or refuse it."""

from datetime import date, datetime
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from licensing.applications.api import BecauseIn, said
from licensing.checks.api import CheckOut, check_out
from licensing.holding.actions import changes as actions
from licensing.holding.models import Change, Transfer
from licensing.holding.queries import changes as queries
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import PROBLEMS, ByKey, Done, Key, MoveOut, OrganisationOut, moves_out, organisation_out


class ChangeRowOut(Schema):
    reference: str
    licence: str
    organisation: OrganisationOut
    kind: str = Field(description="What has changed, by its code in the pack")
    told_at: datetime
    days_late: int | None
    open_checks: int
    status: str


def change_out(row: Change) -> dict[str, Any]:
    return {
        **said(row, ("reference", "kind", "told_at", "days_late", "open_checks", "status")),
        "licence": row.licence.number,
        "organisation": organisation_out(row.licence.organisation),
    }


class TransferRowOut(Schema):
    reference: str
    licence: str
    organisation: OrganisationOut
    to_name: str = Field(description="The other business, as the holder calls it")
    application: str | None = Field(description="Of the other business")
    from_day: date
    status: str
    asked_at: datetime
    became: str | None = Field(description="The licence of the other business")


def transfer_out(row: Transfer) -> dict[str, Any]:
    return {
        **said(row, ("reference", "to_name", "from_day", "status", "asked_at")),
        "licence": row.licence.number,
        "organisation": organisation_out(row.organisation),
        "application": row.application.reference if row.application else None,
        "became": row.became.number if row.became else None,
    }


router = Router(tags=["changes"])


CHANGE = "/changes/{reference}"


class ToldOut(Schema):
    question: str
    answer: str
    before: str = Field(description="What was known before")


class ChangeOut(ChangeRowOut):
    title: str
    told: list[ToldOut]
    checks: list[CheckOut]
    moves: list[MoveOut]


@router.get(
    CHANGE,
    response={200: ChangeOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="change",
    url_name="staff_api_change",
)
def change(request: ByKey, reference: str) -> Any:
    """What a holder has told, beside what was known before, and what you may do about it."""
    one = _change(request.user, reference)
    file = queries.change_file(one, by=request.user, on=timezone.localdate())
    return {
        **change_out(one),
        "title": file.row.title,
        "told": [ToldOut(question=what, answer=now, before=before) for what, now, before in file.row.rows],
        "checks": [check_out(row.check) for row in file.checks],
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
