"""A table of figures and the bars that are drawn of it: one shape for the page, its charts and its files."""

from dataclasses import dataclass, replace
from typing import Self

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `value` is what its length says."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A table, and the bars that are drawn of it, which are `measured` in something. `target` is a line across the bars.

    `lists` says of each cell of each row the address of the list that it counts, or nothing: as long as `rows`, or empty.
    """

    code: str
    title: str
    about: str
    headings: tuple[str | Promise, ...]
    rows: tuple[tuple[object, ...], ...]
    bars: tuple[Bar, ...]
    measured: str
    target: int | None = None
    lists: tuple[tuple[str, ...], ...] = ()

    def newest_first(self) -> Self:
        """For a page, of a figure whose columns are times in order: who reads begins with the newest."""
        heading, *times = self.headings
        rows = tuple((row[0], *reversed(row[1:])) for row in self.rows)
        return replace(self, headings=(heading, *reversed(times)), rows=rows)

    @property
    def cells(self) -> list[list[tuple[object, str]]]:
        """Each row as its page shows it: what a cell says, and where the list of it is; of nothing there is none."""
        if not self.lists:
            return [[(cell, "") for cell in row] for row in self.rows]
        return [
            [(cell, href if cell else "") for cell, href in zip(row, hrefs, strict=True)]
            for row, hrefs in zip(self.rows, self.lists, strict=True)
        ]
