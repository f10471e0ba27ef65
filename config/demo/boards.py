"""A sample supplier board: three sites of the sample labour user, with every kind of news, gap and thing to do."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from config.demo.casting import DAY
from config.demo.people import person
from public_lookup.board.actions import alerts, boards, lines, looks, sharing
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.queries.boards import may_begin
from public_lookup.board.rules.lines import ENDS_SOON
from public_lookup.board.rules.rows import GivenLine
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.lookup.queries.instants import on_register
from registry.accounts.models import User
from registry.register.models import Entry
from registry.register.states import Standing

PACKHOUSE, FIELDS, NIGHTS = "Ledbury packhouse", "Boston fields", "Wisbech night shift"
BEGUN = timedelta(days=60)
UNKNOWN = "J & B Labour"


def keep_board(at: datetime) -> Iterator[object]:
    """Nothing where the sample register does not have somebody of each kind."""
    user = person("labour-user")
    cast = _cast(at)
    choices = may_begin(user, on=timezone.localdate(at))
    if len(cast) < len(KINDS) or not choices:
        return
    board = boards.begin(of=next(iter(choices)), by=user, at=at - BEGUN)
    yield board
    given = list(_lines(cast, at))
    answers = many.check([_asked(one) for one in given], at)
    lines.write(board, lines=given, answers=answers, by=user, at=at)
    unknown = SupplierLine.objects.of_board(board).open_names()
    lines.settle(board, meant=dict.fromkeys(unknown.values_list("pk", flat=True)), by=user, at=at)
    yield boards.add_site(board, name=NIGHTS, people=41, starts=(at - 7 * DAY).date(), by=user, at=at)
    yield from _proofs(board, cast, user, at)
    yield sharing.ask(
        _line(board, cast["ending"]), email="office@ending.example", language="en-gb", by=user, at=at - 15 * DAY
    )
    yield alerts.turn_on(board, by=user, at=at)


#: One holder of each kind, in the order of the lines.
KINDS = ("revoked", "losing", "below_losing", "licensed", "below_licensed", "conditions", "ending")


def _cast(at: datetime) -> dict[str, Entry]:
    """Holders that the register has shown since before the board was begun."""
    on = timezone.localdate(at)
    shown = on_register(at).filter(listing__in=on_register(at - BEGUN).values("listing")).order_by("entry_number")
    later = {"valid_until__gt": on + 2 * ENDS_SOON}
    soon = {"valid_until__range": (on + 30 * DAY, on + ENDS_SOON)}
    losing = _with(shown, Standing.REVOCATION_TO_COME).exclude(revoked_from=None)
    found = {
        "revoked": _with(shown, Standing.REVOKED).order_by("-revoked_from").first(),
        "losing": losing.first(),
        "conditions": _with(shown, Standing.LICENSED_WITH_CONDITIONS, **later).first(),
        "ending": _with(shown, Standing.LICENSED, **soon).first(),
        **dict(
            zip(("licensed", "below_losing", "below_licensed"), _with(shown, Standing.LICENSED, **later), strict=False)
        ),
    }
    return {kind: entry for kind, entry in found.items() if entry}


def _with(entries: "QuerySet[Entry, Any]", standing: Standing, **also: Any) -> "QuerySet[Entry, Any]":
    return entries.filter(**{"standing": standing, **also})


def _lines(cast: dict[str, Entry], at: datetime) -> Iterator[GivenLine]:
    starts = (at - BEGUN).date()

    def line(site: str, kind: str, workers: int | None = None, of: str = "") -> GivenLine:
        entry = cast[kind]
        return GivenLine(site, entry.name, entry.number, starts, workers=workers, of=cast[of].name if of else "")

    yield line(PACKHOUSE, "revoked", 22)
    yield line(PACKHOUSE, "losing", 31)
    yield line(PACKHOUSE, "below_losing", of="losing")
    yield line(PACKHOUSE, "licensed", 65)
    yield line(PACKHOUSE, "below_licensed", of="licensed")
    yield GivenLine(PACKHOUSE, UNKNOWN, "", starts, of=cast["licensed"].name)
    yield line(FIELDS, "conditions", 40)
    yield line(FIELDS, "ending", 24)


def _asked(line: GivenLine) -> dict[UploadedColumn, str]:
    said = ((UploadedColumn.NAME, line.name), (UploadedColumn.NUMBER, line.number))
    return {column: text for column, text in said if text}


def _proofs(board: SupplierBoard, cast: dict[str, Entry], user: User, at: datetime) -> Iterator[object]:
    """Two are old: the monthly check keeps the others."""
    for ago, kinds in ((59, ("revoked", "ending")), (10, ("losing",)), (0, ("licensed", "conditions"))):
        listings = [cast[kind].listing_id for kind in kinds]
        yield looks.prove(board, listings=listings, by=user, at=at - ago * DAY)


def _line(board: SupplierBoard, entry: Entry) -> SupplierLine:
    return SupplierLine.objects.of_board(board).get(listing=entry.listing_id, supplier_of=None)
