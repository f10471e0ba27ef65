"""Every line of a board with what the register says of it on a day: for counts, for the page, for files and for programs."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils import timezone

from public_lookup.board.models.boards import SupplierBoard, SupplierLine, SupplierSite
from public_lookup.board.models.sharing import SupplierInvitation, SupplierProof
from public_lookup.board.queries.standings import ListingStanding, listings_of, standings
from public_lookup.board.rules.lines import LineFacts
from public_lookup.board.states import Settled, SupplierTask
from public_lookup.bulk_checks.states import Confidence
from registry.register.states import Outcome

_COLUMNS = (
    "pk",
    "site_id",
    "supplier_of_id",
    "name",
    "number",
    "workers",
    "starts",
    "until",
    "listing_id",
    "near_text",
    "settled",
    "unlicensed_text",
    "proved_at",
    "changed_on",
)
#: Of thousands of lists nearly all are empty: the text of one is compared sooner than it is read.
_EMPTY = "[]"
_NOTHING = ListingStanding(Outcome.NOT_FOUND, None)


@dataclass(slots=True)
class ProviderFacts:
    """A provider of a site with those that supply through it, and what is to be done about all of them."""

    line: LineFacts
    subs: tuple[LineFacts, ...]
    tasks: tuple[tuple[SupplierTask, LineFacts], ...]


@dataclass(slots=True)
class SiteFacts:
    """A site with its providers, worst first. Without one it is a gap."""

    site: SupplierSite
    providers: list[ProviderFacts] = field(default_factory=list)

    @property
    def is_gap(self) -> bool:
        return not self.providers or self.site.people_unnamed is not None

    @property
    def workers(self) -> int:
        return sum(provider.line.workers or 0 for provider in self.providers)


@dataclass(frozen=True, slots=True)
class BoardCounts:
    """The four numbers above a board."""

    may_not: int
    ending: int
    gaps: int
    old_proofs: int
    to_do: int


@dataclass(frozen=True, slots=True)
class BoardFacts:
    """A board on a day."""

    board: SupplierBoard
    sites: list[SiteFacts]
    counts: BoardCounts
    at: datetime
    is_today: bool

    @property
    def on(self) -> date:
        return timezone.localdate(self.at)

    @property
    def providers(self) -> int:
        return sum(len(one.providers) for one in self.sites)


def board_facts(board: SupplierBoard, *, at: datetime, now: datetime) -> BoardFacts:
    """As it is now, with what goes on or is to begin; of a past day, who supplied then. Four statements, however long it is."""
    on = timezone.localdate(at)
    is_today = on == timezone.localdate(now)
    lines = list(_lines(board, at=at, now=now, is_today=is_today))
    sites = {one.pk: SiteFacts(one) for one in board.sites.order_by("name", "pk")}
    below: dict[int, list[LineFacts]] = defaultdict(list)
    for line in lines:
        if line.supplier_of:
            below[line.supplier_of].append(line)
    for line in lines:
        if not line.supplier_of:
            sites[line.site].providers.append(_provider(line, below[line.pk], at=at, on=on if is_today else None))
    for site in sites.values():
        site.providers.sort(key=_worst_first)
    return BoardFacts(board, list(sites.values()), _counts(sites.values(), lines, at=at), at, is_today)


def _lines(board: SupplierBoard, *, at: datetime, now: datetime, is_today: bool) -> Iterator[LineFacts]:
    on = timezone.localdate(at)
    found = SupplierLine.objects.of_board(board)
    rows = found.exclude(until__lt=on) if is_today else found.supplying_on(on)
    said = standings(listings_of(board), at)
    asked = _asked(board, now)
    # Sorted here: a database that sorts rows as long as these takes longer.
    for *facts, near, settled, gone, proved, changed in sorted(_as_text(rows).values_list(*_COLUMNS)):
        pk, listing = facts[0], facts[-1]
        standing = said.get(listing or 0, _NOTHING)
        facts += near != _EMPTY, settled, _until(gone, on), proved, standing.outcome, standing.last_day, changed
        facts += asked.get(pk, (False, False))
        yield LineFacts(*facts)


def _as_text(lines: "QuerySet[SupplierLine]") -> "QuerySet[SupplierLine]":
    text = {f"{name}_text": Cast(name, TextField()) for name in ("near", "unlicensed")}
    return lines.annotate(**text)


def _until(unlicensed: str, on: date) -> tuple[tuple[str, str], ...]:
    """The stretches that had begun by a day."""
    if unlicensed == _EMPTY:
        return ()
    return tuple((first, last) for first, last in json.loads(unlicensed) if first <= on.isoformat())


def _asked(board: SupplierBoard, now: datetime) -> dict[int, tuple[bool, bool]]:
    """By line, of the last invitation: whether its time is over without an answer, and whether the answer was no."""
    rows = SupplierInvitation.objects.filter(line__site__board=board, ended_at=None).order_by("pk")
    return {
        line: (answered is None and expires <= now, supplies is False)
        for line, answered, expires, supplies in rows.values_list("line", "answered_at", "expires_at", "supplies")
    }


def _provider(line: LineFacts, subs: list[LineFacts], *, at: datetime, on: date | None) -> ProviderFacts:
    """`on` is today; nothing is to be done on a past day."""
    tasks: list[tuple[SupplierTask, LineFacts]] = []
    if on:
        tasks = [(task, one) for one in (line, *subs) for task in one.tasks(on, at)]
        # A proof is kept of the provider with one press, of those below it by the monthly check.
        tasks = [(task, one) for task, one in tasks if task != SupplierTask.PROVE or one is line]
    return ProviderFacts(line, tuple(subs), tuple(tasks))


_ORDER = {
    Outcome.NOT_LICENSED: 0,
    Outcome.APPLIED: 0,
    Outcome.LOSING_LICENCE: 1,
    Outcome.NOT_FOUND: 2,
    Outcome.CANNOT_TELL: 2,
}


def _worst_first(provider: ProviderFacts) -> tuple[int, bool, str, int]:
    line = provider.line
    return _ORDER.get(line.outcome, 3), not provider.tasks, (line.name or line.number).casefold(), line.pk


def _counts(sites: Iterable[SiteFacts], lines: list[LineFacts], *, at: datetime) -> BoardCounts:
    on = timezone.localdate(at)
    every = list(sites)
    gap_sites = sum(site.is_gap for site in every)
    return BoardCounts(
        may_not=sum(line.may_not_supply for line in lines),
        ending=sum(line.ends_soon(on) for line in lines),
        gaps=gap_sites + sum(bool(line.gaps()) for line in lines),
        old_proofs=sum(line.has_old_proof(at) for line in lines if not line.supplier_of),
        to_do=gap_sites + sum(len(provider.tasks) for site in every for provider in site.providers),
    )


def settled_before(board: SupplierBoard) -> Mapping[tuple[str, str], tuple[int | None, str]]:
    """What the user said of names, by the name and number as typed: it holds for every line with the same ones."""
    rows = SupplierLine.objects.of_board(board).exclude(settled=Settled.OPEN)
    said = rows.order_by("pk").values_list("name", "number", "listing", "settled")
    return {(name.casefold(), number.casefold()): (listing, how) for name, number, listing, how in said}


def lines_to_look_up(board: SupplierBoard) -> list[SupplierLine]:
    """Those of which the user has not said who is meant, and that mean no one on the register yet, or someone by a number that may
    be borrowed: until 0.2.0 the number alone decided.
    """
    by_number = Q(confidence=Confidence.NUMBER, name__gt="", number__gt="")
    lines = SupplierLine.objects.of_board(board).filter(Q(listing=None) | by_number, settled=Settled.OPEN)
    return list(lines.order_by("pk"))


def to_prove(board: SupplierBoard, *, before: datetime, on: date) -> list[int]:
    """The listings that supply today, and of which no proof was kept since then. Of a listing of which it shows nothing, none is."""
    lines = SupplierLine.objects.of_board(board).supplying_on(on).exclude(listing=None)
    due = lines.filter(Q(proved_at=None) | Q(proved_at__lt=before)).filter(listing__entries__shown_until=None)
    return sorted(set(due.values_list("listing", flat=True)))


def proved_by_listing(board: SupplierBoard) -> dict[int, datetime]:
    """When the last proof of each listing was kept for the board."""
    rows = SupplierProof.objects.filter(board=board).order_by("receipt__taken_at")
    return dict(rows.values_list("receipt__listing", "receipt__taken_at"))
