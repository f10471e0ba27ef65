"""A table of figures and the bars that are drawn of it: one shape for the page, its charts and its files."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart; `value` is what its length says."""

    label: str
    value: int


@dataclass(frozen=True, slots=True)
class Figure:
    """A table, and the bars that are drawn of it, which are `measured` in something. `target` is a line across the bars."""

    code: str
    title: str
    about: str
    headings: tuple[str | Promise, ...]
    rows: tuple[tuple[object, ...], ...]
    bars: tuple[Bar, ...]
    measured: str
    target: int | None = None
