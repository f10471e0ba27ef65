"""What followed after preventive measures, as the newest edition says it: its frozen tables in words and as intervals."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from registry.editions.queries.declaring import word
from registry.editions.queries.figures import ON_ITS_OWN_PAGE
from registry.editions.queries.intervals import PlottedShare
from registry.editions.queries.published import Key, PublishedEdition, cells_of, current
from registry.editions.rules.charts import in_figures
from registry.editions.tables import Cell, Dimension, ReleaseTable

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class FollowedRow:
    """One row: what followed and within how many months, and the figures in words."""

    label: str
    cells: tuple[str, ...]
    estimate: PlottedShare | None


@dataclass(frozen=True, slots=True)
class FollowedMeasure:
    """One measure of one scheme."""

    name: str
    title: str
    scheme: str
    headings: tuple[str, ...]
    rows: tuple[FollowedRow, ...]

    @property
    def drawn(self) -> list[FollowedRow]:
        """What there is an interval of."""
        return [one for one in self.rows if one.estimate]


@dataclass(frozen=True, slots=True)
class FollowedPage:
    edition: PublishedEdition
    measures: tuple[FollowedMeasure, ...]
    notes: tuple[str, ...]


def newest_followed(at: datetime) -> FollowedPage | None:
    """Of the newest published edition that has such a table; None where none has."""
    return next((page for edition in current(at) if (page := followed_page(edition))), None)


def followed_page(edition: PublishedEdition) -> FollowedPage | None:
    """Of this edition, published or waiting for a signature; None where it has no such table."""
    found = [one for one in edition.tables if one.code in ON_ITS_OWN_PAGE]
    if not found:
        return None
    measures = tuple(measure for table in found for measure in _measures(table))
    return FollowedPage(edition, measures, tuple(word(note) for table in found for note in table.notes))


def _measures(table: ReleaseTable) -> Iterator[FollowedMeasure]:
    scheme, measure, outcome, months = table.dimensions
    cells = cells_of(table)
    for of in scheme.values:
        for code in measure.values:
            rows = tuple(_rows(cells, (of, code), outcome, months))
            if rows:
                headings = tuple(word(title) for title in table.measures.values())
                yield FollowedMeasure(
                    f"{of}-{code}", word(measure.values[code]), word(scheme.values[of]), headings, rows
                )


def _rows(
    cells: Mapping[Key, Mapping[str, Cell]], key: tuple[str, str], outcome: Dimension, months: Dimension
) -> Iterator[FollowedRow]:
    for what in outcome.values:
        for within in months.values:
            found = cells.get((*key, what, within))
            if found is not None:
                words = {"outcome": word(outcome.values[what]), "months": within}
                label = _("%(outcome)s, within %(months)s months") % words
                yield FollowedRow(label, tuple(map(in_figures, found.values())), _gap(found))


def _gap(found: Mapping[str, Cell]) -> PlottedShare | None:
    numbers = [one for one in (found["difference"], found["low"], found["high"]) if isinstance(one, int | float)]
    return PlottedShare(*(one / HUNDRED for one in numbers)) if len(numbers) == 3 else None
