"""The service figures as the page and the files show them: the newest that were counted."""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from io import StringIO
from typing import Any

from registry.editions.queries.declaring import ALL, word
from registry.editions.rules.charts import ChartSeries, EditionChart, bar_chart, in_figures
from registry.editions.rules.content import table_of
from registry.editions.tables import Mark, ReleaseTable
from registry.service_figures.models import ServiceFigures
from registry.service_figures.queries.making import CASE_COLUMNS

#: Tables that a chart is drawn of: a bar for each row, as long as this measure says.
DRAWN = {"service-backlog": "open", "service-times": "nine_in_ten"}


@dataclass(frozen=True, slots=True)
class ServiceFigure:
    """One table in words, with its chart if it has one."""

    code: str
    title: str
    about: str
    notes: tuple[str, ...]
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    keys: int
    chart: EditionChart | None


@dataclass(frozen=True, slots=True)
class ServiceChangeInWords:
    on: date
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class ServicePage:
    day: date
    made_at: datetime
    figures: tuple[ServiceFigure, ...]
    changes: tuple[ServiceChangeInWords, ...]
    cases: int

    def is_old_on(self, day: date) -> bool:
        """Whether a night or more went by without a count."""
        return day - self.day > timedelta(days=1)


def newest() -> ServiceFigures | None:
    return ServiceFigures.objects.order_by("-day").first()


def service_page() -> ServicePage | None:
    """All that the page says; None until something was counted."""
    made = newest()
    if made is None:
        return None
    return ServicePage(
        day=made.day,
        made_at=made.made_at,
        figures=tuple(_figure(table_of(content)) for content in made.tables),
        changes=tuple(
            ServiceChangeInWords(date.fromisoformat(one["on"]), word(one["what"]), word(one["why"]))
            for one in made.changes
        ),
        cases=len(made.cases),
    )


def service_table(code: str) -> ReleaseTable | None:
    made = newest()
    return next((table_of(content) for content in made.tables if content["code"] == code), None) if made else None


def cases_csv() -> str | None:
    """The file of cases; None until it was made."""
    made = newest()
    if made is None:
        return None
    lines = StringIO()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(CASE_COLUMNS)
    writer.writerows(["" if value is None else value for value in row] for row in made.cases)
    return lines.getvalue()


def _figure(table: ReleaseTable) -> ServiceFigure:
    rows = tuple(_rows(table))
    return ServiceFigure(
        code=table.code,
        title=word(table.title),
        about=word(table.about),
        notes=tuple(map(word, table.notes)),
        headings=(*(word(one.title) for one in table.dimensions), *map(word, table.measures.values())),
        rows=rows,
        keys=len(table.dimensions),
        chart=_chart(table, rows),
    )


def _rows(table: ReleaseTable) -> Iterator[tuple[str, ...]]:
    for row in table.rows:
        named = (word(one.values[str(value)]) for one, value in zip(table.dimensions, row, strict=False))
        yield (*named, *(_in_words(cell) for cell in row[len(table.dimensions) :]))


def _in_words(cell: Any) -> str:
    return in_figures(cell)


def _chart(table: ReleaseTable, rows: Sequence[tuple[str, ...]]) -> EditionChart | None:
    measure = DRAWN.get(table.code)
    if measure is None or not rows:
        return None
    keys = len(table.dimensions)
    place = keys + list(table.measures).index(measure)
    # Of all schemes together: the words of every scheme would be too long above a bar.
    drawn = [
        (", ".join(words[1:keys]), row[place]) for words, row in zip(rows, table.rows, strict=True) if row[0] == ALL
    ]
    if all(isinstance(cell, Mark) for _words, cell in drawn):
        return None
    titles: Mapping[str, Mapping[str, str]] = table.measures
    cells = tuple(cell if isinstance(cell, Mark | int | float) else Mark.UNKNOWN for _words, cell in drawn)
    return bar_chart(word(table.title), [words for words, _cell in drawn], ChartSeries(word(titles[measure]), cells))
