"""A table that someone asked for, in the words of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from registry.disclosure.queries import CountedSubject, FrozenCounts, OwnTable
from registry.disclosure.rules.cells import Period, TableTime
from registry.editions.tables import CountedThing

#: In place of a number that is left out, as in official statistics: confidential.
LEFT_OUT = "[c]"


@dataclass(frozen=True, slots=True)
class TableInWords:
    """Headings and rows; the first `labels` cells of a row say what it is of."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]
    labels: int
    has_noise: bool


def in_words(title: Mapping[str, str]) -> str:
    """In the language of the page, else in English."""
    language = (get_language() or "en").split("-")[0]
    return title.get(language) or title.get("en", "")


def title_of(about: CountedSubject) -> str:
    names = {
        CountedThing.PEOPLE: _("People referred or notified"),
        CountedThing.VISITS: _("Visits"),
        CountedThing.REPORTS: _("Reports of concerns"),
    }
    scheme = in_words(about.title) if about.title else _("all schemes")
    return f"{names[about.subject]}: {scheme}"


def variables_of(counts: FrozenCounts) -> list[tuple[str, str]]:
    return [(one.code, in_words(one.title)) for one in counts.variables]


def table_in_words(table: OwnTable) -> TableInWords:
    """As page and file show it. A table of totals has one row, called All."""
    rows = []
    for group, numbers in table.rows:
        words = [in_words(variable.values[value]) for variable, value in zip(table.variables, group, strict=True)]
        rows.append((*(words or [_("All")]), *(LEFT_OUT if number is None else number for number in numbers)))
    labels = [in_words(one.title) for one in table.variables] or [_("Row")]
    periods = [period_in_words(period, table) for period in table.periods]
    return TableInWords((*labels, *periods), tuple(rows), len(labels), table.has_noise)


def period_in_words(period: Period, table: OwnTable) -> str:
    if table.time is TableTime.QUARTER:
        return quarter_in_words(period)
    quarters = [one for one in table.quarters if table.time is TableTime.ALL or one // 4 == period]
    if table.time is TableTime.YEAR and len(quarters) == 4:
        return str(period)
    ends = {"first": quarter_in_words(quarters[0]), "last": quarter_in_words(quarters[-1])}
    return _("%(first)s to %(last)s") % ends if len(quarters) > 1 else ends["first"]


def quarter_in_words(quarter: int) -> str:
    year, place = divmod(quarter, 4)
    return _("Quarter %(quarter)s of %(year)s") % {"quarter": place + 1, "year": year}
