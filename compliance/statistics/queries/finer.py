"""Finer tables than the public reads in an edition, for authorities under agreement: visits by sector, nation and outcome at once.

Of people there is none: a finer table of people gives numbers under the threshold by subtraction. Visits are public business, of
which the same can be asked at the page for any table once a quarter is frozen there, by the same threshold of the scheme.
"""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from compliance.statistics.queries.inspections import CountedVisit, confirmed_visits
from compliance.statistics.queries.keyed import NOT_KNOWN, SEVERAL, only_sector
from compliance.statistics.queries.people import code_of, window_of
from compliance.statistics.queries.quarters import Quarter, quarters_over
from compliance.statistics.queries.tables import By, Former, Row, SuppressionRule
from registry import schemes
from registry.disclosure.rules.suppression import TOTAL, Published
from registry.disclosure.rules.windows import Window
from registry.editions.models import EditionTable
from registry.editions.queries.declaring import (
    ALL,
    dimension,
    in_languages,
    measures,
    quarter_dimension,
    release_table,
    said_in_languages,
)
from registry.editions.rules.content import table_of
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable
from registry.premises.models import Nation
from registry.schemes import Scheme

CODE = "visits-by-sector-of-{scheme}"
OUTCOMES = {ALL: _("Both"), "passed": _("passed"), "failed": _("failed")}


def tables(last_day: date) -> Iterator[ReleaseTable]:
    """One for each scheme, as each has its own sectors."""
    quarters = quarters_over(last_day + timedelta(days=1))
    for scheme in schemes.all_in_force(last_day):
        yield _visits(scheme, quarters, last_day)


def _visits(scheme: Scheme, quarters: Sequence[Quarter], last_day: date) -> ReleaseTable:
    code = CODE.format(scheme=scheme.name)
    sector = _sectors(scheme)
    nation = dimension("nation", _("Nation"), {ALL: _("All nations"), **{one.value: one.label for one in Nation}})
    return release_table(
        code,
        CountedThing.VISITS,
        title=_("Visits by sector and nation"),
        about=_(
            "Only authorities under agreement read this table. Visits by the day on which the report was confirmed, by sector, "
            "nation and outcome: the file has them all at once."
        ),
        dimensions=(
            quarter_dimension(_("Quarter"), last_day),
            Dimension("scheme", in_languages(_("Scheme")), {scheme.name: said_in_languages(scheme.title)}),
            sector,
            nation,
            dimension("outcome", _("Outcome"), OUTCOMES),
        ),
        measures=measures(visits=_("Visits")),
        unit="visits",
        rows=tuple(_rows(scheme, _published(scheme, quarters, code, sector))),
    )


def _sectors(scheme: Scheme) -> Dimension:
    own = {one.code: said_in_languages(one.title) for one in scheme.sectors}
    around = {ALL: _("All sectors"), SEVERAL: _("More than one sector"), NOT_KNOWN: _("Not known")}
    whole = dimension("sector", _("Sector"), around)
    values = {ALL: whole.values[ALL], **own, **{code: whole.values[code] for code in (SEVERAL, NOT_KNOWN)}}
    return Dimension("sector", whole.title, values)


def _published(scheme: Scheme, quarters: Sequence[Quarter], code: str, sector: Dimension) -> dict[Window, Published]:
    """By quarter: a row is a sector, a column a nation with an outcome, and both have a total."""
    way = SuppressionRule(scheme.statistics.prints_zero, scheme.statistics.businesses, _former(code))
    of = By(lambda: confirmed_visits(scheme, quarters), quarters, lambda one: one.quarter, way)
    rows = [(one, "") for one in sector.values if one != ALL]
    columns = [(_column(nation, outcome), "") for nation in Nation for outcome in ("passed", "failed")]
    return dict(of.crossed(code, "", rows, columns, _cell_of).published)


def _column(nation: str, outcome: str) -> str:
    return f"{nation}:{outcome}"


def _cell_of(one: CountedVisit) -> Row:
    return only_sector(one.sectors), _column(one.nation, "failed" if one.failed else "passed")


def _rows(scheme: Scheme, published: dict[Window, Published]) -> Iterator[tuple[str | Cell, ...]]:
    for window, cells in published.items():
        for (sector, column), number in cells.items():
            nation, _colon, outcome = (ALL, "", ALL) if column == TOTAL else column.partition(":")
            cell = Mark.HIDDEN if number is None else number
            yield (code_of(window), scheme.name, ALL if sector == TOTAL else sector, nation, outcome, cell)


def _former(code: str) -> Former:
    """What was first given of each quarter, so that no difference between two editions tells of a number that is left out."""
    found: dict[tuple[str, Window], dict[Row, int | None]] = {}
    made = EditionTable.objects.filter(code=code, version__refused_at=None).order_by("-version")
    for table in (table_of(one.content) for one in made):
        quarters: dict[str, dict[Row, int | None]] = {}
        for quarter, _scheme, sector, nation, outcome, number in table.rows:
            column = TOTAL if nation == ALL else _column(str(nation), str(outcome))
            row = TOTAL if sector == ALL else str(sector)
            quarters.setdefault(str(quarter), {})[row, column] = number if isinstance(number, int) else None
        found |= {(code, window_of(quarter)): cells for quarter, cells in quarters.items()}
    return dict(found)
