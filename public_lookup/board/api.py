"""A supplier board for programs: the same query as its page, for the person whose key it is, or who is signed in."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, cast

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Query, Router, Schema
from pydantic import ConfigDict

from public_lookup.board.models.boards import KEEP, SupplierBoard
from public_lookup.board.queries.boards import LineShown, ProviderRow, SiteRows, board_page, boards_of
from public_lookup.board.states import Gap
from public_lookup.lookup.api import PROBLEMS, Problem
from public_lookup.lookup.queries.instants import FUTURE, misread
from registry import permissions
from registry.register.states import Outcome

if TYPE_CHECKING:
    from registry.accounts.models import User


#: Who asks, by a key or by the sign-in of a browser, is known before: `config/api/`.
router = Router(tags=["suppliers"])


class BoardOut(Schema):
    reference: str
    name: str


class BoardsOut(Schema):
    items: list[BoardOut]


class BoardIn(Schema):
    model_config = ConfigDict(extra="forbid")

    site: int | None = Field(None, description="Only this site, by its key")
    needs: bool = Field(False, description="Only what there is something to do about")
    on: date | None = Field(None, description="As it was on a day; today if it is left out")
    page: str = Field("", max_length=9)


class SupplierOut(Schema):
    key: int
    name: str = Field(description="As the register has it, else as it was typed")
    number: str
    outcome: Outcome
    last_day: date | None
    starts: date
    until: date | None
    workers: int | None
    gaps: list[Gap]
    unlicensed: list[tuple[date, date]] = Field(description="Stretches of days supplied without a licence")
    proved_at: datetime | None


class SupplierWithSubsOut(SupplierOut):
    change: str = Field(description="What is new since the last look; empty for nothing")
    to_do: list[str]
    sub_suppliers: list[SupplierOut]


class BoardSiteOut(Schema):
    key: int
    name: str
    is_gap: bool = Field(description="No provider is named, or people worked there under none")
    providers: list[SupplierWithSubsOut]


class BoardCountsOut(Schema):
    may_not: int
    ending: int
    gaps: int
    old_proofs: int


class BoardPageOut(Schema):
    as_at: datetime
    counts: BoardCountsOut
    sites: list[BoardSiteOut]
    next: str = Field(description="The page that follows; empty for none")


SIGNED_IN: dict[int, Any] = {401: Problem, 403: Problem, **PROBLEMS}


@router.get("", response={200: BoardsOut, **SIGNED_IN}, operation_id="supplier_boards", url_name="supplier_boards")
def supplier_boards(request: HttpRequest) -> Any:
    """The boards of the person whose key it is, or who is signed in."""
    user = cast("User", request.user)
    permissions.require(user, KEEP)
    return {"items": list(boards_of(user))}


@router.get(
    "/{reference}", response={200: BoardPageOut, **SIGNED_IN}, operation_id="supplier_board", url_name="supplier_board"
)
def supplier_board(request: HttpRequest, reference: str, asked: Query[BoardIn]) -> Any:
    """One page of a board, with the four counts of all of it."""
    user, now = cast("User", request.user), timezone.now()
    permissions.require(user, KEEP)
    board = get_object_or_404(SupplierBoard.objects.visible_to(user), reference=reference)
    if asked.on and (asked.on > timezone.localdate(now) or asked.on.year < 1900):
        raise misread("in_the_future", FUTURE, "on")
    shown = board_page(board, **asked.dict(), now=now)
    return {
        "as_at": shown.facts.at,
        "counts": shown.facts.counts,
        "sites": [_site(one) for one in shown.sites],
        "next": shown.page.following,
    }


def _site(group: SiteRows) -> dict[str, Any]:
    site = group.site
    providers = [_provider(row) for row in group.rows]
    return {"key": site.site.pk, "name": site.site.name, "is_gap": site.is_gap, "providers": providers}


def _provider(row: ProviderRow) -> dict[str, Any]:
    return {
        **_line(row.provider),
        "change": row.change,
        "to_do": [todo.text for todo in row.todo],
        "sub_suppliers": [_line(sub) for sub in row.subs],
    }


def _line(line: LineShown) -> dict[str, Any]:
    facts = line.facts
    return {
        "key": facts.pk,
        "name": line.name,
        "number": line.number,
        "outcome": facts.outcome,
        "last_day": facts.last_day,
        "starts": facts.starts,
        "until": facts.until,
        "workers": facts.workers,
        "gaps": facts.gaps(),
        "unlicensed": line.stretches,
        "proved_at": facts.proved_at,
    }
