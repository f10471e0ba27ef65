"""The headline figures of an edition, each made from one cell of its frozen tables by a query that is published.

docs/statistics.md shows the same queries; a test runs them over the downloaded files alone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.editions.queries.declaring import ALL
from registry.editions.queries.published import PublishedEdition, cells_of
from registry.editions.rules.charts import in_figures
from registry.editions.rules.quarters import before
from registry.editions.tables import Cell, Mark, ReleaseTable

A_YEAR = 4


@dataclass(frozen=True, slots=True)
class Headline:
    """One figure at the head of an edition: which measure of which table, and what it is of."""

    table: str
    measure: str
    of: str | Promise


HEADLINES = (
    Headline("licences", "held", gettext_lazy("licences held on the last day of the quarter")),
    Headline("times", "half", gettext_lazy("working days within which half of all applications are decided")),
    Headline("licences", "revoked", gettext_lazy("licences revoked")),
    Headline("visits", "visits", gettext_lazy("visits")),
    Headline("recovered", "pounds", gettext_lazy("pounds recovered for workers")),
    Headline("appeals", "set_aside", gettext_lazy("decisions set aside on appeal")),
)

#: What is said of each table in a sentence: its measures in the quarter of the edition, over everything.
SENTENCES: Mapping[str, str | Promise] = {
    "licences": gettext_lazy("Licences held on the last day: %(held)s. Revoked in the quarter: %(revoked)s."),
    "applications": gettext_lazy("Received: %(received)s. Decided: %(decided)s. Waiting at the end: %(waiting)s."),
    "times": gettext_lazy(
        "Half of all applications are decided within %(half)s working days, and nine in ten within %(nine_in_ten)s."
    ),
    "decisions": gettext_lazy("Decisions taken: %(decided)s. With immediate effect: %(at_once)s."),
    "appeals": gettext_lazy("Appeals received: %(received)s. Ended: %(ended)s. Decisions set aside: %(set_aside)s."),
    "visits": gettext_lazy("Visits: %(visits)s. Visits that found a standard not met: %(unmet)s."),
    "joint-visits": gettext_lazy(
        "Visits with another authority: %(joint)s. With an authority that enforces immigration law: %(guarded)s."
    ),
    "follow-up": gettext_lazy("Asked for: %(asked)s. Completed: %(met)s. Not completed: %(not_met)s."),
    "recovered": gettext_lazy("Pounds recovered for workers: %(pounds)s. Payments: %(payments)s."),
    "enforcement": gettext_lazy(
        "Cases of supply without a licence opened: %(opened)s. Undertakings begun: %(undertakings)s."
    ),
}


@dataclass(frozen=True, slots=True)
class ShownHeadline:
    """A headline with its number in this edition, and how that compares with a year before."""

    headline: Headline
    value: str
    change: str

    @property
    def of(self) -> str:
        return str(self.headline.of)


def headlines_of(shown: PublishedEdition) -> Iterator[ShownHeadline]:
    for one in HEADLINES:
        table = shown.table(one.table)
        if table is not None:
            value, then = (cell_of(table, code, one.measure) for code in (shown.code, before(shown.code, A_YEAR)))
            yield ShownHeadline(one, in_figures(value), change_of(value, then))


def sentence_of(table: ReleaseTable, code: str) -> str:
    """Empty where nothing is said of this table."""
    if (said := SENTENCES.get(table.code)) is None:
        return ""
    return str(said) % {measure: in_figures(cell_of(table, code, measure)) for measure in table.measures}


def cell_of(table: ReleaseTable, code: str, measure: str) -> Cell:
    """Of one quarter, over everything else; unknown where the table has no such row."""
    key = tuple(code if one.code == "quarter" else ALL for one in table.dimensions)
    return cells_of(table).get(key, {}).get(measure, Mark.UNKNOWN)


def change_of(value: Cell, then: Cell) -> str:
    if isinstance(value, Mark) or isinstance(then, Mark):
        return ""
    if value == then:
        return _("the same as a year before")
    words = _("%(number)s more than a year before") if value > then else _("%(number)s fewer than a year before")
    return words % {"number": in_figures(abs(value - then))}


def queries_of(shown: PublishedEdition) -> str:
    """The query of each headline, for the files of this edition (SQLite, DuckDB)."""
    return "\n".join(
        query_of(one, table, shown.code) for one in HEADLINES if (table := shown.table(one.table)) is not None
    )


def query_of(headline: Headline, table: ReleaseTable, code: str) -> str:
    others = "".join(f" AND {one.code} = '{ALL}'" for one in table.dimensions if one.code != "quarter")
    return f"SELECT {headline.measure} FROM \"{table.code}\" WHERE quarter = '{code}'{others};"
