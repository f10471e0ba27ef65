"""What is done by the clock: the nightly look at each board, and the proof of each provider once a month."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from public_lookup.board.actions import alerts
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import SupplierProof
from public_lookup.board.queries.standings import licensed_by_listing, listings_of, standings, unlicensed
from public_lookup.bulk_checks.queries.matching import RowMatch
from public_lookup.bulk_checks.states import Confidence
from public_lookup.receipts import actions as receipts
from registry.accounts.models import User
from registry.register.models import Entry
from registry.register.states import Outcome

_AT_ONCE = 500
_LOOKED = ("listing", "confidence", "near", "outcome", "changed_on", "unlicensed")


@transaction.atomic
def look(board: SupplierBoard, *, answers: Mapping[int, RowMatch], by: None, at: datetime) -> int:
    """Note what the register says of each line today, and on which days it was not licensed. Says how many lines changed.

    `answers`: by line, of those whose name or number was on nobody until now. Once a day: the second time changes nothing.
    """
    board = SupplierBoard.objects.select_for_update().get(pk=board.pk)
    on = timezone.localdate(at)
    listings = listings_of(board)
    said, licensed = standings(listings, at), licensed_by_listing(listings)
    changed = []
    for line in SupplierLine.objects.of_board(board).order_by("pk"):
        before = [getattr(line, name) for name in ("listing_id", "near", "outcome", "unlicensed")]
        _take_answer(line, answers.get(line.pk))
        standing = said.get(line.listing_id or 0)
        outcome = standing.outcome if standing else Outcome.NOT_FOUND
        if line.outcome and line.outcome != outcome:
            line.changed_on = on
        line.outcome, line.unlicensed = outcome, unlicensed(line, licensed, on)
        if before != [line.listing_id, line.near, line.outcome, line.unlicensed]:
            changed.append(line)
    SupplierLine.objects.bulk_update(changed, _LOOKED, batch_size=_AT_ONCE)
    board.looked_on = on
    board.save(update_fields=["looked_on"])
    alerts.watch_lines(board, by=None, at=at)
    return len(changed)


@transaction.atomic
def prove(board: SupplierBoard, *, listings: Sequence[int], by: User | None, at: datetime) -> int:
    """Keep a signed proof of what the register says of each listing now. The holder is not told, and no proof says who for.

    By the user who presses, or by the clock (None). There is no proof of a listing of which the register shows nothing now. Says how many.
    """
    board = SupplierBoard.objects.held(board, by) if by else SupplierBoard.objects.select_for_update().get(pk=board.pk)
    open_entries = Entry.objects.filter(listing__in=listings, shown_until=None).order_by("pk")
    for entry in open_entries:
        receipt = receipts.take(entry.number, as_at=at, by=None, at=at)
        SupplierProof.objects.create(board=board, receipt=receipt)
        SupplierLine.objects.of_board(board).filter(listing=entry.listing_id).update(proved_at=at)
    return len(open_entries)


def _take_answer(line: SupplierLine, answer: RowMatch | None) -> None:
    if answer is None or line.settled or (line.listing_id and answer.confidence != Confidence.BORROWED):
        return
    line.confidence = answer.confidence
    if answer.sure:
        line.listing_id, line.near = answer.sure.entry.listing_id, []
    else:
        line.listing_id, line.near = None, list(dict.fromkeys(row.entry.listing_id for row in answer.may_be_meant))
