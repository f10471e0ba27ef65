"""Background work of supplier boards: the nightly look, the proof of each provider once a month, and what is kept no longer."""

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from public_lookup.board.actions import alerts, lines, looks
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.queries.facts import lines_to_look_up, to_prove
from public_lookup.board.rules.lines import RETAINED
from public_lookup.bulk_checks.states import UploadedColumn
from public_lookup.web import answered
from registry.retention import queries as retention

#: Proofs are kept a little before they would be old, and as many in one round as other work can wait for.
PROVED_AFTER = timedelta(days=28)
SECONDS_A_ROUND = 20.0
PART = 50


def look_at_boards(*, at: datetime) -> int:
    """Look at each board once a day. Says how many were looked at."""
    boards = list(SupplierBoard.objects.to_look_at(timezone.localdate(at)))
    for board in boards:
        unknown = lines_to_look_up(board)
        asked = [_asked(line) for line in unknown]
        answers = {line.pk: answer for line, answer in zip(unknown, answered(asked, at) if asked else [], strict=True)}
        looks.look(board, answers=answers, by=None, at=at)
    return len(boards)


def stop_telling_who_left(*, at: datetime) -> int:
    """Before followers are told: who does not act for an organisation any more is told nothing of its board."""
    return alerts.stop_for_those_who_left(by=None, at=at)


def keep_proofs(*, at: datetime, seconds: float = SECONDS_A_ROUND) -> int:
    """Keep a proof of each provider whose last one is four weeks old, for some seconds; the rest in the next round."""
    stop, count = time.monotonic() + seconds, 0
    for board, listings in _due(at):
        if time.monotonic() > stop:
            break
        count += looks.prove(board, listings=listings, by=None, at=at)
    return count


def erase_ended_lines(*, at: datetime) -> int:
    """Delete suppliers that ended longer ago than the scheme keeps them."""
    before = retention.ends_before(RETAINED, timezone.localdate(at))
    return lines.erase_ended(before=before, by=None, at=at) if before else 0


def _due(at: datetime) -> Iterator[tuple[SupplierBoard, list[int]]]:
    for board in SupplierBoard.objects.order_by("pk"):
        listings = to_prove(board, before=at - PROVED_AFTER, on=timezone.localdate(at))
        for start in range(0, len(listings), PART):
            yield board, listings[start : start + PART]


def _asked(line: SupplierLine) -> dict[UploadedColumn, str]:
    said = ((UploadedColumn.NAME, line.name), (UploadedColumn.NUMBER, line.number))
    return {column: text for column, text in said if text}
