"""Counts for the public by quarter: what a quarterly release is made of.

A quarter is counted when it is over. Visits are public business and are shown as they are. People and reports are shown by
quarter, or by a longer period where a quarter has too few; all tables of the same people are made safe together (decisions 59
and 132). Everyone's cases are counted: a count that left out some for a reader would say something of those.

To count takes seconds, so that it is done once a day and when somebody asks for it; a page shows what was counted last.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils import timezone

from compliance.statistics.models import Tabulation
from compliance.statistics.queries.figures import Figure
from compliance.statistics.queries.inspections import of_visits
from compliance.statistics.queries.people import tables_of_people
from compliance.statistics.queries.quarters import Quarter as Quarter
from compliance.statistics.queries.quarters import quarter_of as quarter_of
from compliance.statistics.queries.quarters import quarters_over as quarters_over
from compliance.statistics.queries.tables import LEFT_OUT as LEFT_OUT
from compliance.statistics.queries.tables import Former as Former
from compliance.statistics.queries.tables import Kept, SuppressionRule
from compliance.statistics.queries.tables import StatisticsTable as StatisticsTable
from registry import schemes
from registry.disclosure.rules.windows import Window
from registry.schemes import Scheme


def counts(scheme: Scheme, on: date, *, former: Former | None = None) -> list[StatisticsTable]:
    """Every table, of the quarters that are over. `former` are the tables of the release before, which do not change."""
    return _tables(scheme, on, former=former or {})


def _tables(
    scheme: Scheme, on: date, *, former: Former | None = None, kept: Kept | None = None
) -> list[StatisticsTable]:
    quarters = quarters_over(on)
    way = SuppressionRule(scheme.statistics.prints_zero, scheme.statistics.businesses, former or {}, kept)
    return [*of_visits(scheme, quarters, way), *tables_of_people(scheme, quarters, way, on=on)]


def to_keep(counted: Iterable[StatisticsTable]) -> dict[str, Any]:
    """Tables as a `Tabulation` has them."""
    return {
        one.code: {
            f"{window.first}+{window.quarters}": [[*key, number] for key, number in published.items()]
            for window, published in one.published.items()
        }
        for one in counted
    }


def count_figures(made: Tabulation) -> list[Figure]:
    """What was counted, in words: of the version of the scheme and of the quarters by which it was counted."""
    kept = {
        code: {
            _window(window): {(row, column): number for row, column, number in cells}
            for window, cells in windows.items()
        }
        for code, windows in made.tables.items()
    }
    scheme, on = schemes.get(made.scheme, made.version), timezone.localdate(made.counted_at)
    return [one.figure() for one in _tables(scheme, on, kept=kept)]


def _window(text: str) -> Window:
    """As `to_keep` wrote it."""
    first, _plus, quarters = text.partition("+")
    return Window(int(first), int(quarters or 1))


def count_figure(code: str, made: Tabulation) -> Figure | None:
    return next((one for one in count_figures(made) if one.code == code), None)
