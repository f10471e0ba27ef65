"""What has been made and taken off since a position in the register: for whoever keeps a copy of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from public_lookup.lookup.queries.instants import misread
from registry.register.models import Entry, Withdrawal

#: How a position is written, as OpenAPI documents say it.
WRITTEN = "^e([0-9]{1,18})w([0-9]{1,18})$"
_WRITTEN = re.compile(WRITTEN)


@dataclass(frozen=True, slots=True)
class Position:
    """How far a copy of the register has come: the last entry that it holds, and the last withdrawal.

    Both are numbered one by one as they are committed, so that nothing can appear behind a position.
    """

    entry: int = 0
    withdrawal: int = 0

    def __str__(self) -> str:
        return f"e{self.entry}w{self.withdrawal}"

    @classmethod
    def read(cls, text: str) -> "Position":
        """A position as it was written; the beginning for an empty text. Raises Misread."""
        if not text:
            return cls()
        if (found := _WRITTEN.fullmatch(text)) is None:
            raise misread("not_a_position", _("Give “after” as you were given it, for example e120w3."), "after")
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def newest(cls) -> "Position":
        return cls(*Entry.objects.heads())


@dataclass(frozen=True, slots=True)
class NewEntry:
    """An entry that was made, and the entry that it stands in place of."""

    entry: Entry
    replaces: int | None

    @property
    def changes_on(self) -> list[date]:
        """The days on which its standing changes by itself, with no new entry."""
        return days_of_change(self.entry)


@dataclass(frozen=True, slots=True)
class RegisterChanges:
    made: tuple[NewEntry, ...]
    withdrawn: tuple[Withdrawal, ...]
    position: Position
    is_all: bool


def open_at(position: Position) -> "QuerySet[Entry]":
    """The entries that stand at a position."""
    return Entry.objects.standing_at(position.entry, position.withdrawal)


def changes(after: Position, *, at: datetime, limit: int) -> RegisterChanges:
    """What was made and what was taken off since a position, in the order in which it was; standings are of that day."""
    on = timezone.localdate(at)
    entries = list(
        Entry.objects.filter(entry_number__gt=after.entry).standing_on(on).order_by("entry_number")[: limit + 1]
    )
    made, more = entries[:limit], len(entries) > limit
    reached = made[-1].entry_number if made else after.entry
    # One that speaks of an entry further on waits until that has been told.
    found = Withdrawal.objects.filter(number__gt=after.withdrawal).select_related("entry").order_by("number")
    withdrawn = list(_until(found[: limit + 1], reached))
    more |= len(withdrawn) > limit
    withdrawn = withdrawn[:limit]
    position = Position(reached, withdrawn[-1].number if withdrawn else after.withdrawal)
    return RegisterChanges(tuple(_with_places(made)), tuple(withdrawn), position, is_all=not more)


def _until(found: "QuerySet[Withdrawal]", reached: int) -> Iterator[Withdrawal]:
    for one in found:
        if one.entry_id > reached:
            return
        yield one


def _with_places(made: list[Entry]) -> Iterator[NewEntry]:
    """With the entry before each of the same listing, where that was closed by it."""
    closed = Entry.objects.filter(listing__in={entry.listing_id for entry in made}, withdrawal=None)
    before: dict[tuple[int, datetime | None], list[int]] = {}
    for listing, until, number in closed.values_list("listing_id", "shown_until", "entry_number"):
        before.setdefault((listing, until), []).append(number)
    for entry in made:
        earlier = before.get((entry.listing_id, entry.shown_from), [])
        yield NewEntry(entry, max((number for number in earlier if number < entry.entry_number), default=None))


def days_of_change(entry: Entry) -> list[date]:
    """The days after it was made on which an entry comes to say something else, by its own dates."""
    first_without = (entry.valid_until, entry.suspended_until)
    days = {day + timedelta(days=1) for day in first_without if day}
    days |= {
        day
        for day in (
            entry.valid_from,
            entry.suspended_from,
            entry.revoked_from,
            entry.surrendered_from,
            entry.ended_from,
            entry.refused_from,
        )
        if day
    }
    return sorted(day for day in days if day > timezone.localdate(entry.shown_from))
