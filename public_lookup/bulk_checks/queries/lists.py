"""Lists that are checked in one go: by their key, what is still to be looked up, and what was answered."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.utils import timezone

from public_lookup.bulk_checks.models import CheckList, CheckRow
from public_lookup.bulk_checks.queries.matching import Asked, may_be_meant
from public_lookup.bulk_checks.states import SURE, Confidence, Doubt, UploadedColumn
from public_lookup.lookup.queries.rows import AnswerReason, LookupRow
from registry import signing
from registry.register.models import Entry
from registry.register.states import Outcome


@dataclass(frozen=True, slots=True)
class CheckedRow:
    """A row of a list with what the register said of it."""

    row: CheckRow
    matches: tuple[LookupRow, ...]

    @property
    def text(self) -> str:
        return " · ".join(cell for cell in self.row.cells if cell)

    @property
    def confidence(self) -> Confidence:
        return Confidence(self.row.confidence)

    @property
    def outcome(self) -> Outcome | None:
        """What is said of the one that is meant: only where it is sure which that is."""
        return Outcome(self.row.outcome) if self.row.outcome else None

    @property
    def doubts(self) -> list[str]:
        return [str(Doubt(one).label) for one in self.row.doubts]

    @property
    def sure(self) -> LookupRow | None:
        return self.matches[0] if self.confidence in SURE and self.matches else None

    @property
    def maybe(self) -> tuple[LookupRow, ...]:
        """Those that it may be: none of them is an answer."""
        return () if self.sure else self.matches

    @property
    def may_be_picked(self) -> frozenset[str]:
        """The numbers of those that a person may choose as the one that is meant."""
        return frozenset(row.entry.number for row in self.maybe if may_be_meant(self.confidence, row.why))


@dataclass(frozen=True, slots=True)
class ConfidenceCount:
    """How many rows came to what."""

    confidence: Confidence
    count: int


def list_of(key: str) -> CheckList | None:
    """The list that this key belongs to, while it is kept; None for any other text."""
    number, _dash, digest = key.partition("-")
    found = CheckList.objects.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    known = found is not None and found.count and signing.same_digest(found.key, f"{number}-{digest}")
    return found if known else None


def first_rows(check_list: CheckList, most: int) -> list[list[str]]:
    return [row.cells for row in check_list.rows.order_by("place")[:most]]


def heading_of(check_list: CheckList) -> list[str]:
    """What stands above the columns; nothing where the list has no headings."""
    return first_rows(check_list, 1)[0] if check_list.has_heading else []


def part_to_check(check_list: CheckList, most: int) -> list[CheckRow]:
    """The next rows that nobody has looked up."""
    done = check_list.checked
    return list(check_list.rows.looked_up(check_list).order_by("place")[done : done + most])


def asked_of(rows: Sequence[CheckRow], check_list: CheckList) -> list[Asked]:
    """What rows say, by the columns that are looked at."""
    return [
        {
            UploadedColumn(kind): cell.strip()
            for kind, cell in zip(check_list.columns, row.cells, strict=True)
            if kind and cell
        }
        for row in rows
    ]


def checked_rows(rows: Sequence[CheckRow], check_list: CheckList) -> Iterator[CheckedRow]:
    """Rows with the entries that answered them, as they stood when the list was looked up: one statement for all."""
    numbers = {
        number for row in rows for match in row.matches for number in (match["entry"], match["carried_by"]) if number
    }
    on = timezone.localdate(check_list.begun_at)
    entries = {entry.entry_number: entry for entry in Entry.objects.filter(entry_number__in=numbers).standing_on(on)}
    for row in rows:
        yield CheckedRow(row, tuple(_row(match, entries) for match in row.matches))


def _row(match: dict[str, Any], entries: dict[int, Entry]) -> LookupRow:
    carried = entries[match["carried_by"]] if match["carried_by"] else None
    return LookupRow(entries[match["entry"]], match["exact"], AnswerReason(match["why"]), match["name"], carried)


def counted(check_list: CheckList) -> list[ConfidenceCount]:
    """How many rows came to what, surest first; what none came to is left out."""
    rows = check_list.rows.looked_up(check_list).order_by().values_list("confidence").annotate(Count("pk"))
    counts = Counter(dict(rows))
    return [ConfidenceCount(one, counts[one]) for one in Confidence if counts[one]]


def firms_of(check_list: CheckList) -> set[int]:
    """The listings that the list is about: those found exactly, and those that somebody said are meant."""
    return set(_listings(check_list.rows.looked_up(check_list).meant().order_by("place")))


def _listings(rows: Iterable[CheckRow]) -> Iterator[int]:
    for row in rows:
        for place, match in enumerate(row.matches):
            if (row.confidence in SURE and not place) or match["number"] in row.picked:
                yield match["listing"]
