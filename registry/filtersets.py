"""The base of every FilterSet: what is typed, the rows that are left, and the pages that they are read in.

The filters of a list as the parameters of an endpoint."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from math import ceil
from typing import Any, Generic, TypeVar, cast, get_args

import django_filters
from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Model, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from pydantic import BaseModel, ConfigDict, Field, create_model

from registry import days
from registry.pagination import Order, Place, Walk, in_order, turned
from registry.reading import Read, reads_of_rows

# How people type a day into one box; the boxes show the first.
DAYS = ["%d/%m/%Y", "%d %m %Y", "%d-%m-%Y", "%d %B %Y", "%d %b %Y", "%Y-%m-%d"]


#: Where counting stops. Pages of what has been counted have numbers; what comes after is reached from page to page.
COUNTED = 1_000


SIZE = 25


#: How many rows of a list that is taken as a whole are read at once.
STRETCH = 500


_CURSOR = "registry.filters.cursor"


Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class CsvColumn(Generic[Row]):
    """What the CSV of a list says of each row: the words at its head, and how it is read off the row."""

    heading: str | Promise
    read: Callable[[Row], object]


@dataclass(frozen=True, slots=True)
class ListPage(Generic[Row]):
    """Some rows of a list. `previous` and `following` are what `page` says in the addresses of the pages beside it."""

    rows: list[Row]
    count: int
    number: int | None = None
    previous: str = ""
    following: str = ""

    @property
    def is_counted(self) -> bool:
        return self.count <= COUNTED

    @property
    def how_many(self) -> str:
        return count_in_words(self.count)

    @property
    def numbered(self) -> int:
        """How many pages have numbers."""
        return max(1, ceil(min(self.count, COUNTED) / SIZE))


def count_up(rows: "QuerySet[Row]") -> int:
    """How many rows there are, as far as lists count them."""
    return rows.order_by().values("pk")[: COUNTED + 1].count()


def count_in_words(count: int) -> str:
    return f"{count:,}" if count <= COUNTED else gettext("More than %(number)s") % {"number": f"{COUNTED:,}"}


class FilterSet(django_filters.FilterSet, Generic[Row]):  # type: ignore[misc]
    """One set of filters for a page, its CSV and its endpoint. `.form` is what was typed; `.found()` is what it leaves."""

    #: What `sort` may say, and the order it means, with "-" before it from the end; "" is the order if it says nothing.
    #: An index serves each.
    orders: Mapping[str, Order] = {"": in_order("pk")}
    #: When it is asked: set by the list.
    at: datetime

    def __init_subclass__(cls, **options: Any) -> None:
        """The model of the rows is said once, in the brackets of the base; every filter of them is declared."""
        super().__init_subclass__(**options)
        said = (row for base in vars(cls).get("__orig_bases__", ()) for row in get_args(base))
        model = next((row for row in said if isinstance(row, type) and issubclass(row, Model)), None)
        if model is not None and "Meta" not in vars(cls):
            cls.Meta = type("Meta", (), {"model": model, "fields": ()})

    @property
    def sort(self) -> str:
        """What `sort` says, if there is such an order."""
        asked = str(self.data.get("sort", ""))
        return asked if asked.removeprefix("-") and asked.removeprefix("-") in self.orders else ""

    def order_of(self, rows: "QuerySet[Row]") -> Order:
        """The order that is asked for, in columns that these rows have."""
        order = self.orders[self.sort.removeprefix("-")]
        return turned(order) if self.sort.startswith("-") else order

    def walked(self) -> "QuerySet[Row]":
        """The rows that are left when they are many and gone through in the order that is asked for."""
        return self.found()

    def page(self, asked: str) -> "ListPage[Row]":
        """The page of this number, or the nearest that has one; or beside the row of a cursor. Nonsense gives the first.

        Costs the same however long the list is: what is not told is not counted, a page deep down begins by an index,
        and what the queryset adds to its rows is worked out for those shown.
        """
        walk, count = self._walk()
        places, page = self._beside(walk, asked) or self._numbered(walk, asked, count)
        return replace(page, count=count, rows=self._rows_at(places))

    def rows(self) -> "Iterator[Row]":
        """Every row that is left, in the order that is asked for; memory does not grow with the list.

        Read a stretch at a time: a row that moves meanwhile may be met twice, or not at all.
        """
        walk, _count = self._walk()
        places = walk.stretch(0, STRETCH)
        while places:
            yield from self._rows_at(places)
            places = walk.after(places[-1], STRETCH) if len(places) == STRETCH else []

    def how_many(self) -> int:
        """How many rows are left, counted to the last."""
        return self.found().count()

    def reads(self) -> Iterator[Read]:
        """What the file of all rows that are left shows of people, or of what is restricted."""
        return reads_of_rows(self.found())

    def chosen(self) -> dict[str, Any]:
        """What the list is narrowed by, for the trail: the values of choices, and only that there are words in a box."""
        given = self.form.cleaned_data if self.form.is_valid() else {}
        free = (forms.CharField, forms.DateField)
        return {name: "…" if type(self.form.fields[name]) in free else value for name, value in given.items() if value}

    def _walk(self) -> "tuple[Walk[Row], int]":
        """The rows that are left, to be gone through in order; and how many there are, as far as is counted."""
        keys = list(self.found().order_by().values_list("pk", flat=True)[: COUNTED + 1])
        rows = self.walked() if len(keys) > COUNTED else cast("QuerySet[Row]", self.queryset).filter(pk__in=keys)
        return Walk(rows, self.order_of(rows)), len(keys)

    def _rows_at(self, places: "list[Place]") -> "list[Row]":
        found = self.queryset.in_bulk([place.key for place in places])
        rows = [found[place.key] for place in places if place.key in found]
        for row in rows:
            self.dress(row)
        return rows

    def dress(self, row: "Row") -> None:
        """Put on a row that is shown what its list says of it, and no column does."""

    def _numbered(self, walk: "Walk[Row]", asked: str, count: int) -> "tuple[list[Place], ListPage[Row]]":
        last = ListPage([], count).numbered
        number = min(max(int(asked), 1), last) if asked.isdecimal() and len(asked) < 9 else 1
        start = (number - 1) * SIZE
        places = walk.stretch(start, min(SIZE, count - start))
        following = str(number + 1) if number < last else ""
        if places and not following and count > COUNTED:
            following = self._cursor(places[-1])
        return places, ListPage([], count, number, str(number - 1) if number > 1 else "", following)

    def _beside(self, walk: "Walk[Row]", asked: str) -> "tuple[list[Place], ListPage[Row]] | None":
        """What follows a row or comes before it; nothing when that is not asked, or cannot be, or is the first page."""
        try:
            sort, back, shelf, said = signing.loads(asked, salt=_CURSOR)
            place = walk.place(shelf, said)
        except (signing.BadSignature, ValidationError, ValueError, TypeError, LookupError):
            return None
        places = walk.before(place, SIZE + 1) if back else walk.after(place, SIZE + 1)
        more = len(places) > SIZE
        places = places[-SIZE:] if back else places[:SIZE]
        if sort != self.sort or not places or (back and not more):
            return None
        following = self._cursor(places[-1]) if back or more else ""
        return places, ListPage([], 0, None, self._cursor(places[0], back=True), following)

    def _cursor(self, place: Place, *, back: bool = False) -> str:
        """A place as an address says it; signed, so that nobody makes one up."""
        said = [value.isoformat() if isinstance(value, date) else value for value in place.values]
        return signing.dumps([self.sort, back, place.shelf, said], salt=_CURSOR)

    def found(self) -> "QuerySet[Row]":
        """The rows that are left; none when something typed cannot be read, so that no filter is passed over in silence."""
        if self.is_bound and not self.form.is_valid():
            return cast("QuerySet[Row]", self.queryset.none())
        return cast("QuerySet[Row]", self.qs)


class AnyOfFilter(django_filters.MultipleChoiceFilter):  # type: ignore[misc]
    """Rows with any of the values ticked."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("widget", forms.CheckboxSelectMultiple)
        super().__init__(*args, distinct=False, **options)

    def filter(self, rows: "QuerySet[Row]", values: list[str]) -> "QuerySet[Row]":
        return rows.filter(**{f"{self.field_name}__in": values}) if values else rows


class DayFilter(django_filters.DateFilter):  # type: ignore[misc]
    """A day in one box, for filters; question pages have three."""

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("help_text", _("For example, 27/3/2026"))
        options.setdefault("widget", forms.TextInput)
        super().__init__(*args, input_formats=DAYS, validators=[_refuse_impossible], **options)


def _refuse_impossible(day: date) -> None:
    if not days.FIRST_YEAR <= day.year <= days.LAST_YEAR:
        raise forms.ValidationError(str(days.which_years(days.LAST_YEAR)))


def beginning(column: str, key: str) -> Q:
    """Begins with the key: a range, which an index of either engine finds."""
    return Q(**{f"{column}__gte": key, f"{column}__lt": f"{key}\U0010ffff"})


def midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def parameters(name: str, filterset: type[django_filters.FilterSet], **more: Any) -> type[BaseModel]:
    """The filters as the parameters of an endpoint, so that its document describes what the page offers.

    Choices that are known when the program starts are listed; those of a pack are checked when they are used.
    """
    fields: dict[str, Any] = {key: _parameter(one) for key, one in filterset.base_filters.items()}
    return create_model(name, __config__=ConfigDict(extra="ignore"), **fields, **more)


def _parameter(one: django_filters.Filter) -> tuple[Any, Any]:
    described = ": ".join(str(text) for text in (one.label, one.extra.get("help_text")) if text)
    choices = [str(value) for value, _label in one.extra.get("choices", ())]
    is_list = isinstance(one, django_filters.MultipleChoiceFilter)

    def said(schema: dict[str, Any]) -> None:
        # Left out is not the same as empty: programs should not send what they do not ask for.
        schema.pop("default", None)
        if choices:
            (schema["items"] if is_list else schema)["enum"] = choices

    if is_list:
        return list[str], Field([], description=described, json_schema_extra=said)
    return str, Field("", description=described, max_length=one.extra.get("max_length"), json_schema_extra=said)
