"""The board of this person, by its reference: what is not theirs is not there."""

from collections.abc import Sequence
from datetime import datetime

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from public_lookup import web as look_up
from public_lookup.board.models.boards import KEEP as KEEP
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.rules.rows import GivenLine
from public_lookup.bulk_checks.queries.matching import RowMatch
from public_lookup.bulk_checks.states import UploadedColumn
from registry import web


def own_board(request: web.SignedIn, reference: str) -> SupplierBoard:
    found = SupplierBoard.objects.visible_to(request.user).select_related("organisation", "owner")
    return get_object_or_404(found, reference=reference)


def own_line(request: web.SignedIn, reference: str, line: int) -> SupplierLine:
    rows = SupplierLine.objects.of_board(own_board(request, reference))
    return get_object_or_404(
        rows.select_related("site__board__organisation", "site__board__owner", "supplier_of"), pk=line
    )


def answers_to(lines: Sequence[GivenLine], at: datetime) -> list[RowMatch]:
    """What the register says to each, as if it had been asked alone on the page that checks many."""
    asked = [
        {
            column: text
            for column, text in ((UploadedColumn.NAME, line.name), (UploadedColumn.NUMBER, line.number))
            if text
        }
        for line in lines
    ]
    return look_up.answered(asked, at)


def opened(request: HttpRequest) -> int:
    """The version of the line that the page had shown."""
    return web.whole_number(request, "opened")
