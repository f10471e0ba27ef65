"""What a line of a board comes to on a day: whether it may supply, what is missing, and what is to be done."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from public_lookup.board.models.boards import SupplierLine
from public_lookup.board.states import Gap, Settled, SupplierTask
from registry.errors import Reason
from registry.register.states import Outcome

#: A licence that ends within this time, and a proof that is older than that, are shown.
ENDS_SOON = timedelta(days=60)
PROOF_OLD = timedelta(days=30)
MAY_NOT = (Outcome.NOT_LICENSED, Outcome.APPLIED)
#: The line of the table of retention (retention.toml).
RETAINED = "supplier_lines"
#: What one board may hold.
MOST_LINES = 10_000
MOST_SITES = 500


@dataclass(slots=True)
class LineFacts:
    """All that is judged of a line: of its row, of the register on a day, and of what its provider was asked.

    There are thousands on one page, and one that is not frozen is made in a third of the time.
    """

    pk: int
    site: int
    supplier_of: int | None
    name: str
    number: str
    workers: int | None
    starts: date
    until: date | None
    listing: int | None
    has_near: bool
    settled: str
    unlicensed: tuple[tuple[str, str], ...]
    proved_at: datetime | None
    outcome: Outcome
    last_day: date | None = None
    changed_on: date | None = None
    #: Of the last invitation: whether it was never answered, or answered with no.
    is_unanswered: bool = False
    is_denied: bool = False

    @property
    def may_not_supply(self) -> bool:
        return self.outcome in MAY_NOT

    def ends_soon(self, on: date) -> bool:
        if self.outcome == Outcome.LOSING_LICENCE:
            return True
        is_licensed = self.outcome in (Outcome.LICENSED, Outcome.LICENSED_WITH_CONDITIONS)
        return is_licensed and self.last_day is not None and self.last_day <= on + ENDS_SOON

    def has_old_proof(self, at: datetime) -> bool:
        return self.listing is not None and (self.proved_at is None or self.proved_at < at - PROOF_OLD)

    def gaps(self) -> list[Gap]:
        found = [] if self.listing else [self._not_found()]
        if self.is_unanswered:
            found.append(Gap.NOT_ANSWERED)
        if self.is_denied:
            found.append(Gap.NOT_SUPPLIED)
        if self.unlicensed:
            found.append(Gap.UNLICENSED)
        return found

    def _not_found(self) -> Gap:
        return Gap.UNCLEAR if self.has_near and self.settled == Settled.OPEN else Gap.NOT_FOUND

    def tasks(self, on: date, at: datetime) -> list[SupplierTask]:
        """In the order of what presses most."""
        found = [SupplierTask.STOP] if self.may_not_supply else []
        if self.ends_soon(on):
            found.append(SupplierTask.REPLACE)
        found += [self._task_of(gap) for gap in self.gaps()]
        if self.has_old_proof(at):
            found.append(SupplierTask.PROVE)
        return list(dict.fromkeys(found)) if len(found) > 1 else found

    def _task_of(self, gap: Gap) -> SupplierTask:
        if gap == Gap.UNLICENSED:
            return SupplierTask.STOP if self.may_not_supply else SupplierTask.LOOK_AT_DAYS
        if gap == Gap.NOT_FOUND:
            return SupplierTask.IDENTIFY if self.supplier_of else SupplierTask.CORRECT
        return SupplierTask.CHOOSE if gap == Gap.UNCLEAR else SupplierTask.ASK_AGAIN


def day_blockers(starts: date | None, until: date | None) -> Iterator[Reason]:
    if starts and until and until < starts:
        yield Reason("ends_before_start", _("The last day must be the first day or a later one."), "until")


def name_blockers(name: str, number: str) -> Iterator[Reason]:
    if not name.strip() and not number.strip():
        yield Reason("nobody_named", _("Enter the name or the licence number of the provider."), "name")


def line_blockers(line: SupplierLine, others: list[SupplierLine]) -> Iterator[Reason]:
    """`others`: the other lines of the same site and the same provider above it."""
    yield from name_blockers(line.name, line.number)
    yield from day_blockers(line.starts, line.until)
    if any(_is_same(line, other) and _overlap(line, other) for other in others if other.pk != line.pk):
        yield Reason("named_twice", _("This provider is on the board for this site and these days already."), "name")


def site_blockers(name: str, there: list[str]) -> Iterator[Reason]:
    if name.casefold() in map(str.casefold, there):
        yield Reason("site_named_twice", _("This site is on the board already."), "name")


def board_blockers(*, lines: int, sites: int) -> Iterator[Reason]:
    """How many there would be."""
    if lines > MOST_LINES:
        yield Reason("too_many_lines", _("A board holds at most 10,000 providers."))
    if sites > MOST_SITES:
        yield Reason("too_many_sites", _("A board holds at most 500 sites."))


def _is_same(line: SupplierLine, other: SupplierLine) -> bool:
    if line.listing_id and other.listing_id:
        return line.listing_id == other.listing_id
    return (line.name.casefold(), line.number.casefold()) == (other.name.casefold(), other.number.casefold())


def _overlap(line: SupplierLine, other: SupplierLine) -> bool:
    starts_in_time = other.until is None or line.starts <= other.until
    return starts_in_time and (line.until is None or other.starts <= line.until)
