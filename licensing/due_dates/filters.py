"""What the list of all open dates can be narrowed by."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from licensing.applications.filters import MINE, NOBODY
from licensing.checks.models import Check
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.organisations import filters as organisation_filters
from registry.overdue import passed
from registry.reading import Read, reads_of_row

OVERDUE, SOON, LATER = "overdue", "soon", "later"
MOST_IN_A_FILE = 10_000
A_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class DateSource:
    """One kind of open date in the list of all: the rows that have it, the column it stands in, whose it is, who sees to it."""

    code: str
    title: str | Promise
    waits_for: str
    rows: "QuerySet[Any]"
    due: str
    organisations: tuple[str, ...]
    officer: str = ""
    lapses: bool = False


class DatesFilter(filtersets.FilterSet[Any]):
    """Open dates of many kinds as one list, by their day. Each kind stays in its own table: nothing is copied."""

    q = index.search_box(method=None)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[(OVERDUE, _("Overdue")), (SOON, _("Due within a week")), (LATER, _("Due later"))],
        empty_label=_("Any"),
    )
    clock = filtersets.AnyOfFilter(label=_("What is due"))
    officer = django_filters.ChoiceFilter(label=_("Who sees to it"), empty_label=_("Anybody"))

    class Meta:
        model = Check
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        sources: list[DateSource],
        officers: Iterable[User],
        show: Callable[[DateSource, Any], Any],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=Check.objects.none())
        self.sources, self.show, self.on = sources, show, on
        officers = list(officers)
        self.officers = {MINE: by, NOBODY: None} | {officer.reference: officer for officer in officers}
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [(MINE, _("Mine")), (NOBODY, _("No one yet")), *known]
        self.filters["clock"].extra["choices"] = [(source.code, source.title) for source in sources]

    def reads(self) -> Iterator[Read]:
        return (read for row in self.rows() for read in reads_of_row(row))

    def page(self, asked: str) -> filtersets.ListPage[Any]:
        """A page by its number; what lies behind what is counted is reached by narrowing the list."""
        number = max(int(asked), 1) if asked.isdecimal() and len(asked) < 9 else 1
        places, count = self._places(min(number * filtersets.SIZE, filtersets.COUNTED), count_to=filtersets.COUNTED + 1)
        last = filtersets.ListPage([], count).numbered
        number = min(number, last)
        here = places[(number - 1) * filtersets.SIZE : number * filtersets.SIZE]
        previous, following = str(number - 1) if number > 1 else "", str(number + 1) if number < last else ""
        return filtersets.ListPage(self._rows(here), count, number, previous, following)

    def rows(self) -> Iterator[Any]:
        """All of them for a file, as far as one file goes."""
        places, _count = self._places(MOST_IN_A_FILE)
        yield from self._rows(places)

    def how_many(self) -> int:
        return self._places(MOST_IN_A_FILE)[1]

    def _places(self, most: int, *, count_to: int = 0) -> tuple[list[tuple[date, int, int]], int]:
        """The day, the source and the key of the first, in their order, and how many there are, as far as is counted.

        Each source gives its first, and they are merged; as long as it is not known that there are so many, it gives all.
        """
        if not self.form.is_valid():
            return [], 0
        found: list[tuple[date, int, int]] = []
        for number, rows in self._narrowed(self.form.cleaned_data):
            due, enough = self.sources[number].due, most if len(found) >= count_to else max(most, count_to)
            found += [(day, number, key) for day, key in rows.order_by(due, "pk").values_list(due, "pk")[:enough]]
        return sorted(found)[:most], min(len(found), max(most, count_to))

    def _rows(self, places: list[tuple[date, int, int]]) -> list[Any]:
        wanted = {number for _day, number, _key in places}
        found = {
            number: self.sources[number].rows.in_bulk([key for _day, its, key in places if its == number])
            for number in wanted
        }
        return [
            self.show(self.sources[number], found[number][key]) for _day, number, key in places if key in found[number]
        ]

    def _narrowed(self, asked: Mapping[str, Any]) -> "Iterator[tuple[int, QuerySet[Any]]]":
        named = organisation_filters.organisations_found(asked["q"]) if asked["q"] else None
        for number, source in enumerate(self.sources):
            if asked["clock"] and source.code not in asked["clock"]:
                continue
            rows = self._of_state(source, asked["state"])
            if named is not None:
                about = Q()
                for way in source.organisations:
                    about |= Q(**{f"{way}__in": named})
                rows = rows.filter(about) if about else rows.none()
            if asked["officer"]:
                who = self.officers[asked["officer"]]
                rows = rows.filter(**{source.officer: who}) if source.officer else rows if who is None else rows.none()
            yield number, rows

    def _of_state(self, source: DateSource, state: str) -> "QuerySet[Any]":
        soon = self.on + A_WEEK
        if state == OVERDUE:
            # No one is late with a right that has lapsed.
            return source.rows.none() if source.lapses else source.rows.filter(passed(source.due, self.on))
        bounds = {
            SOON: {f"{source.due}__gte": self.on, f"{source.due}__lte": soon},
            LATER: {f"{source.due}__gt": soon},
        }
        return source.rows.filter(**bounds.get(state, {}))
