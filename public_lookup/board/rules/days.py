"""On which of the days that it supplied a provider had no licence: by what the register said at the end of each day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

#: Before and after all days that anyone may enter.
FIRST, LAST = date(1900, 1, 1), date(2200, 1, 1)
_DAY = timedelta(days=1)

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class ShownDates:
    """What an entry said of its licence, and the days at whose end the register showed it (the last one: none, if it still does)."""

    shown_first: date
    shown_last: date | None
    valid_from: date | None
    valid_until: date | None
    suspended_from: date | None
    suspended_until: date | None
    revoked_from: date | None
    surrendered_from: date | None
    ended_from: date | None

    @property
    def licensed(self) -> list[Stretch]:
        """The days on which it says that there is a licence (the same as `EntryQuerySet.standing_on`)."""
        if self.valid_from is None:
            return []
        ends = [end - _DAY for end in (self.revoked_from, self.surrendered_from, self.ended_from) if end]
        whole = _stretch(self.valid_from, min([self.valid_until or LAST, *ends]))
        if self.suspended_from is None:
            return whole
        return without(whole, [(self.suspended_from, self.suspended_until or LAST)])


def licensed_days(entries: Sequence[ShownDates]) -> list[Stretch]:
    """The days on which the register said that it was licensed, oldest entry first.

    Of the days before it was first shown, the first entry speaks: a licence may be older than the register.
    """
    found: list[Stretch] = []
    for place, entry in enumerate(entries):
        first = FIRST if not place else entry.shown_first
        last = LAST if entry.shown_last is None else entry.shown_last
        for start, end in entry.licensed:
            found += _stretch(max(start, first), min(end, last))
    return found


def without(stretches: Iterable[Stretch], taken: Iterable[Stretch]) -> list[Stretch]:
    """What is left of the stretches."""
    left = list(stretches)
    for start, end in taken:
        left = [part for stretch in left for part in _apart(stretch, start, end)]
    return left


def _apart(stretch: Stretch, start: date, end: date) -> Iterator[Stretch]:
    if end < stretch[0] or start > stretch[1]:
        yield stretch
        return
    yield from _stretch(stretch[0], start - _DAY)
    yield from _stretch(end + _DAY, stretch[1])


def _stretch(start: date, end: date) -> list[Stretch]:
    return [(start, end)] if start <= end else []
