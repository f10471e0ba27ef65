"""Counts for the public, quarter by quarter, with small numbers left out: what a quarterly release is made of.

A quarter is counted when it is over, and each table of a quarter stands alone: there is no total over quarters, so that no
release gives away by subtraction what the one before left out. All tables of a quarter have the same total of cases in it;
where that is under 10 the whole quarter is left out of all of them, and otherwise it is printed in each, so that no table
says of it what another does not. Everybody's cases are counted: a count is of nobody (decision 59).
"""

from datetime import date

from compliance.queries.counts.quarters import Quarter, quarter_of, quarters_over
from compliance.queries.counts.referrals import of_referrals
from compliance.queries.counts.reports import of_reports
from compliance.queries.counts.tables import LEFT_OUT, Counted, Former, Way
from compliance.queries.counts.visits import of_visits
from compliance.queries.tables import Figure
from registry import schemes
from registry.schemes import Scheme

__all__ = [
    "LEFT_OUT",
    "Counted",
    "Former",
    "Quarter",
    "count_figure",
    "count_figures",
    "counts",
    "quarter_of",
    "quarters_over",
]


def counts(scheme: Scheme, on: date, *, former: Former | None = None) -> list[Counted]:
    """Every table, of the quarters that are over. `former` are the tables of the release before, which do not change."""
    quarters, kept = quarters_over(on), former or {}
    own = Way(scheme.statistics.prints_zero, kept)
    # Reports are of all schemes: printed in two ways side by side, a table would give away what each leaves out.
    common = Way(all(one.statistics.prints_zero for one in _in_force(on)), kept)
    return [
        *of_visits(scheme, quarters, own),
        *of_reports(scheme, quarters, common),
        *of_referrals(scheme, quarters, own),
    ]


def _in_force(on: date) -> list[Scheme]:
    return [schemes.in_force(name, on) for name in schemes.names() if schemes.versions(name)[0] <= on]


def count_figures(scheme: Scheme, on: date) -> list[Figure]:
    return [one.figure() for one in counts(scheme, on)]


def count_figure(code: str, scheme: Scheme, on: date) -> Figure | None:
    return next((one for one in count_figures(scheme, on) if one.code == code), None)
