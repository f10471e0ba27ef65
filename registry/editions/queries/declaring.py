"""What apps count their tables with: quarters, schemes, words in each language of the site, and counts by quarter."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from itertools import product
from typing import Any

from django.conf import settings
from django.db.models import Count, F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import translation
from django.utils.functional import Promise

from registry import schemes
from registry.editions.rules.quarters import days_of, in_words, quarter_on, trend_of
from registry.editions.tables import Cell, CountedThing, Dimension, ReleaseTable
from registry.filtersets import midnight
from registry.schemes import Text, said

ALL = "all"
Counts = Counter[tuple[str, ...]]


def in_languages(words: Callable[[], str] | str | Promise, /, **parts: object) -> dict[str, str]:
    """The words in each language of the site, by its short code, with these parts filled in. A function is asked once in each."""
    found = {}
    for code in settings.SITE_LANGUAGES:
        with translation.override(code):
            said_now = str(words() if callable(words) else words)
            found[code.split("-")[0]] = said_now % parts if parts else said_now
    return found


def said_in_languages(text: Text) -> dict[str, str]:
    """The same for words of a pack."""
    return {code.split("-")[0]: said(text, code) for code in settings.SITE_LANGUAGES}


def word(words: Mapping[str, str]) -> str:
    """In the language that is active, else in English."""
    return words.get((translation.get_language() or "en").split("-")[0]) or words.get("en", "")


def dimension(code: str, title: str | Promise, values: Mapping[str, str | Promise]) -> Dimension:
    return Dimension(code, in_languages(title), {value: in_languages(words) for value, words in values.items()})


def quarter_dimension(title: str | Promise, last_day: date) -> Dimension:
    """The quarters of an edition, the oldest first."""
    codes = trend_of(quarter_on(last_day))
    return Dimension("quarter", in_languages(title), {code: in_languages(partial(in_words, code)) for code in codes})


def scheme_dimension(title: str | Promise, every: str | Promise, last_day: date) -> Dimension:
    """All schemes together, and each that began by this day."""
    own = {one.name: said_in_languages(one.title) for one in schemes.all_in_force(last_day)}
    return Dimension("scheme", in_languages(title), {ALL: in_languages(every), **own})


def measures(**titles: str | Promise) -> dict[str, dict[str, str]]:
    return {code: in_languages(title) for code, title in titles.items()}


def release_table(
    code: str,
    counts: CountedThing,
    *,
    title: Callable[[], str] | str | Promise,
    about: Callable[[], str] | str | Promise,
    dimensions: Iterable[Dimension],
    measures: Mapping[str, Mapping[str, str]],
    rows: Iterable[tuple[str | Cell, ...]],
    unit: str = "",
    units: Mapping[str, str] | None = None,
    query: str = "",
    notes: Iterable[Mapping[str, str]] = (),
) -> ReleaseTable:
    """A table as it is released, its words in each language. `unit` is of all measures but those in `units`; the published query
    has the name of the table where no other is given.
    """
    return ReleaseTable(
        code=code,
        counts=counts,
        title=in_languages(title),
        about=in_languages(about),
        dimensions=tuple(dimensions),
        measures=measures,
        units={**dict.fromkeys(measures, unit), **(units or {})},
        rows=tuple(rows),
        query=query or code,
        notes=tuple(notes),
    )


def span_of(last_day: date) -> tuple[date, date]:
    """The first day of the first quarter that an edition shows, and its last day."""
    first = days_of(trend_of(quarter_on(last_day))[0])
    assert first is not None
    return first[0], last_day


def count_instants(rows: "QuerySet[Any]", field: str, last_day: date, *also: str, of: Any = None) -> Counts:
    """How many rows each quarter has, by the time in `field` and the values of `also`; `of` counts something else of them."""
    first, last = span_of(last_day)
    within = {f"{field}__gte": midnight(first), f"{field}__lt": midnight(last + timedelta(days=1))}
    return _counted(rows.filter(**within).annotate(counted_on=TruncDate(field)), also, of)


def count_days(rows: "QuerySet[Any]", field: str, last_day: date, *also: str, of: Any = None) -> Counts:
    """The same by the day in `field`."""
    return _counted(rows.filter(**{f"{field}__range": span_of(last_day)}).annotate(counted_on=F(field)), also, of)


def _counted(rows: "QuerySet[Any]", also: Sequence[str], of: Any) -> Counts:
    found: Counts = Counter()
    grouped: Iterable[Any] = rows.order_by().values_list("counted_on", *also).annotate(n=of or Count("pk"))
    for day, *values, number in grouped:
        found[quarter_on(day), *map(str, values)] += number
    return found


def with_all(counts: Counts, place: int = 1) -> Counts:
    """With the total over all values at this place of the key, as `all`."""
    found = Counter(counts)
    for key, number in counts.items():
        found[*key[:place], ALL, *key[place + 1 :]] += number
    return found


def rows_of(dimensions: Sequence[Dimension], *columns: Counts) -> Iterator[tuple[str | Cell, ...]]:
    """A row for every combination of the values, with the count of each column; nought where there is none."""
    for key in product(*(one.values for one in dimensions)):
        yield (*key, *(counts[key] for counts in columns))
