"""A labour user with a board of suppliers, each line written by the real action."""

from datetime import date, timedelta
from typing import Any

from public_lookup.board.actions import boards, lines, sharing
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import ChainShare, SupplierInvitation
from public_lookup.board.rules.rows import GivenLine
from public_lookup.board.views.common import answers_to
from registry.accounts.models import User
from registry.licences.models import Licence
from tests.conftest import NOW
from tests.registry.stories import day


def a_board(user: User, *given: GivenLine, of: str = "") -> SupplierBoard:
    board = boards.begin(of=of, by=user, at=NOW)
    return put(board, user, *given)


def put(board: SupplierBoard, user: User, *given: GivenLine) -> SupplierBoard:
    lines.write(board, lines=given, answers=answers_to(given, NOW), by=user, at=NOW)
    return board


def a_line(name: str = "", number: str = "", *, site: str = "Packhouse", **facts: Any) -> GivenLine:
    starts: date = facts.pop("starts", day(0))
    return GivenLine(site, name, number, starts, **facts)


def line_of(board: SupplierBoard, name: str) -> SupplierLine:
    return SupplierLine.objects.of_board(board).get(name=name)


def a_chain_shown(licence: Licence, *, by: User) -> tuple[SupplierBoard, ChainShare, SupplierInvitation]:
    """A holder whose one supplier is shown by a link, and has been asked which suppliers it uses."""
    board = a_board(by, a_line("Through Hands Ltd"), of=licence.organisation.reference)
    line = line_of(board, "Through Hands Ltd")
    share = sharing.share(board, lines=[line], until=day(30), by=by, at=NOW)
    invitation = sharing.ask(
        line, email="office@through.example", language="en-gb", by=by, at=NOW + timedelta(minutes=1)
    )
    return board, share, invitation
