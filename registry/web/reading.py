"""What a page shows beyond what its address names, noted on the request, to be written down."""

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.http import HttpRequest

from registry import reading
from registry.reading import Read

_SHOWN, _NOTHING = "shown_things", "shows_nothing"


def shows(request: HttpRequest, *things: models.Model | None, way: str) -> None:
    """Note that the answer shows these things, by this way."""
    given = [thing for thing in things if thing is not None]
    note_shown(request, [(reading.read_of(thing), way) for thing in given])


def note_shown(request: HttpRequest, reads: Iterable[tuple[Read, str]]) -> None:
    vars(request).setdefault(_SHOWN, []).extend(reads)


def shows_nothing(request: HttpRequest) -> None:
    """Note that the answer only asks why the thing of its address is to be read, and shows nothing of it."""
    vars(request)[_NOTHING] = True


def shows_rows(request: HttpRequest, rows: Iterable[Any], *, way: str) -> None:
    """Note those rows of a list that are restricted or name people."""
    note_shown(request, [(read, way) for row in rows for read in reading.reads_of_row(row)])


def shown_by(request: HttpRequest) -> list[tuple[Read, str]]:
    noted: list[tuple[Read, str]] = vars(request).get(_SHOWN, [])
    return noted


def is_shown(request: HttpRequest) -> bool:
    """Whether the answer shows the thing of its address."""
    return not vars(request).get(_NOTHING, False)
