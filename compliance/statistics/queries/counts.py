"""Counts for the public, quarter by quarter, with small numbers left out: what a quarterly release is made of.

A quarter is counted when it is over, and each table of a quarter stands alone: there is no total over quarters, so that no
release gives away by subtraction what the one before left out. All tables of a quarter have the same total of cases in it;
where that is under 10 the whole quarter is left out of all of them, and otherwise it is printed in each, so that no table
says of it what another does not. Everybody's cases are counted: a count is of nobody (decision 59).

To count takes seconds, so that it is done once a day and when somebody asks for it; a page shows what was counted last.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from django.utils import timezone

from compliance.statistics.models import Tabulation
from compliance.statistics.queries.figures import Figure
from compliance.statistics.queries.inspections import of_visits
from compliance.statistics.queries.quarters import Quarter, quarter_of, quarters_over
from compliance.statistics.queries.referrals import of_referrals
from compliance.statistics.queries.reports import of_reports
from compliance.statistics.queries.tables import LEFT_OUT, Former, Kept, StatisticsTable, SuppressionRule
from compliance.statistics.queries.tabulations import counted_schemes
from registry import schemes
from registry.schemes import Scheme

__all__ = [
    "LEFT_OUT",
    "Former",
    "Quarter",
    "StatisticsTable",
    "count_figure",
    "count_figures",
    "counts",
    "quarter_of",
    "quarters_over",
    "to_keep",
]


def counts(scheme: Scheme, on: date, *, former: Former | None = None) -> list[StatisticsTable]:
    """Every table, of the quarters that are over. `former` are the tables of the release before, which do not change."""
    return _tables(scheme, on, former=former or {})


def _tables(
    scheme: Scheme, on: date, *, former: Former | None = None, kept: Kept | None = None
) -> list[StatisticsTable]:
    quarters = quarters_over(on)
    own = SuppressionRule(scheme.statistics.prints_zero, former or {}, kept)
    # Reports are of all schemes: printed in two ways side by side, a table would give away what each leaves out.
    common = replace(own, prints_zero=all(one.statistics.prints_zero for one in counted_schemes(on)))
    return [
        *of_visits(scheme, quarters, own),
        *of_reports(scheme, quarters, common),
        *of_referrals(scheme, quarters, own),
    ]


def to_keep(counted: Iterable[StatisticsTable]) -> dict[str, Any]:
    """Tables as a `Tabulation` has them."""
    return {
        one.code: {
            str(quarter.number): [[*key, number] for key, number in published.items()]
            for quarter, published in one.published.items()
        }
        for one in counted
    }


def count_figures(made: Tabulation) -> list[Figure]:
    """What was counted, in words: of the version of the scheme and of the quarters by which it was counted."""
    kept = {
        code: {
            Quarter(int(quarter)): {(row, column): number for row, column, number in cells}
            for quarter, cells in quarters.items()
        }
        for code, quarters in made.tables.items()
    }
    scheme, on = schemes.get(made.scheme, made.version), timezone.localdate(made.counted_at)
    return [one.figure() for one in _tables(scheme, on, kept=kept)]


def count_figure(code: str, made: Tabulation) -> Figure | None:
    return next((one for one in count_figures(made) if one.code == code), None)
