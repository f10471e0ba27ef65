"""Lines of a board: written from a form or a spreadsheet, changed, ended, resolved, removed."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from public_lookup.board import letters
from public_lookup.board.actions import alerts
from public_lookup.board.actions.writing import BoardWriter
from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from public_lookup.board.models.sharing import SupplierInvitation
from public_lookup.board.queries.standings import licensed_by_listing, unlicensed
from public_lookup.board.rules.lines import line_blockers
from public_lookup.board.rules.rows import GivenLine
from public_lookup.board.states import Settled
from public_lookup.bulk_checks.queries.matching import RowMatch
from registry.accounts.models import User
from registry.errors import Reason, refuse_for
from registry.integrity.covering import in_chunks


@transaction.atomic
def write(
    board: SupplierBoard, *, lines: Sequence[GivenLine], answers: Sequence[RowMatch], by: User, at: datetime
) -> int:
    """Put suppliers on the board, all or none; one that is there already is brought up to date. Says how many are new.

    `answers`: what the register says to each. Raises `Refused` (named_twice, no_provider, too_many_lines, too_many_sites).
    """
    board = SupplierBoard.objects.held(board, by)
    writer = BoardWriter(board, on=timezone.localdate(at))
    refuse_for(writer.plan(lines, answers))
    new = writer.save()
    alerts.watch_lines(board, by=None, at=at)
    return new


@transaction.atomic
def change(
    line: SupplierLine,
    *,
    name: str,
    number: str,
    workers: int | None,
    starts: date,
    until: date | None,
    answer: RowMatch,
    opened: int,
    by: User,
    at: datetime,
) -> None:
    """Correct one line. A choice that was made of the name holds as long as name and number are the same.

    Raises `Refused` (changed_meanwhile, named_twice, nobody_named, ends_before_start).
    """
    board = SupplierBoard.objects.held(line.site.board, by)
    line = SupplierLine.objects.select_for_update().get(pk=line.pk)
    is_same = (line.name, line.number) == (name, number)
    line.name, line.number, line.workers, line.starts, line.until = name, number, workers, starts, until
    writer = BoardWriter(board, on=timezone.localdate(at))
    if not is_same:
        line.settled = Settled.OPEN
        writer.match(line, answer)
    refuse_for([*_changed(line, opened), *line_blockers(line, writer.beside(line))])
    _save(line, at=at)
    alerts.watch_lines(board, by=None, at=at)


@transaction.atomic
def stop(line: SupplierLine, *, until: date, opened: int, by: User, at: datetime) -> None:
    """End the supply of a provider on a day, and of all who supply through it. Raises `Refused` (changed_meanwhile, ends_before_start)."""
    board = SupplierBoard.objects.held(line.site.board, by)
    line = SupplierLine.objects.select_for_update().get(pk=line.pk)
    line.until = until
    refuse_for([*_changed(line, opened), *line_blockers(line, BoardWriter(board, on=until).beside(line))])
    _save(line, at=at)
    for sub in line.sub_suppliers.filter(starts__lte=until).exclude(until__lte=until):
        sub.until = until
        _save(sub, at=at)
    alerts.watch_lines(board, by=None, at=at)


@transaction.atomic
def settle(board: SupplierBoard, *, meant: Mapping[int, int | None], by: User, at: datetime) -> None:
    """Keep who is meant by names: by a line of each, a listing that was offered, or None for none of them.

    It holds for every line of the board with the same name and number. A name that was resolved meanwhile is left as it is.
    """
    board = SupplierBoard.objects.held(board, by)
    lines = SupplierLine.objects.select_for_update(of=("self",)).of_board(board).open_names()
    for line in lines.filter(pk__in=meant):
        listing = meant[line.pk]
        if listing is None or listing in line.near:
            for same in lines.filter(name__iexact=line.name, number__iexact=line.number):
                same.listing_id, same.settled = listing, Settled.CHOSEN if listing else Settled.NONE
                _save(same, at=at)
    alerts.watch_lines(board, by=None, at=at)


@transaction.atomic
def remove(line: SupplierLine, *, opened: int, by: User, at: datetime) -> None:
    """Delete a line that was a mistake, with those below it. Raises `Refused` (changed_meanwhile)."""
    board = SupplierBoard.objects.held(line.site.board, by)
    line = SupplierLine.objects.select_for_update().get(pk=line.pk)
    refuse_for(_changed(line, opened))
    _forget_invitations([line.pk])
    line.delete()
    alerts.watch_lines(board, by=None, at=at)


@transaction.atomic
def erase_ended(*, before: date, by: None, at: datetime) -> int:
    """Delete lines whose last day was before a day, of all boards: nobody needs them any more. Says how many."""
    gone = list(SupplierLine.objects.ended_before(before).values_list("pk", flat=True))
    for some in in_chunks(gone, 500):
        _forget_invitations(some)
        SupplierLine.objects.filter(pk__in=some).delete()
    return len(gone)


def _forget_invitations(lines: list[int]) -> None:
    """The mails by which the providers of these lines, and of those below them, were asked."""
    letters.forget(SupplierInvitation.objects.filter(Q(line__in=lines) | Q(line__supplier_of__in=lines)))


def _changed(line: SupplierLine, opened: int) -> Iterable[Reason]:
    if line.version != opened:
        text = _(
            "Someone has changed this supplier since you opened the page. Open it again and look at what is there now."
        )
        yield Reason("changed_meanwhile", text)


def _save(line: SupplierLine, *, at: datetime) -> None:
    on = timezone.localdate(at)
    line.unlicensed = unlicensed(line, licensed_by_listing([line.listing_id] if line.listing_id else []), on)
    line.version += 1
    line.save()
