"""What a page shows beyond what its address names, noted on the request for whoever writes down who read what."""

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
    note_shown(request, [(_read(thing), way) for thing in given])


def note_shown(request: HttpRequest, reads: Iterable[tuple[Read, str]]) -> None:
    vars(request).setdefault(_SHOWN, []).extend(reads)


def shows_nothing(request: HttpRequest) -> None:
    """Note that the answer only asks why the thing of its address is to be read, and shows nothing of it."""
    vars(request)[_NOTHING] = True


def shows_rows(request: HttpRequest, rows: Iterable[models.Model], *, way: str) -> None:
    """Note those rows of a list that are restricted."""
    shows(request, *(row for row in rows if reading.is_restricted(type(row))), way=way)


def note_rows_taken(request: HttpRequest, rows: "models.QuerySet[Any]") -> None:
    """Note every row of a list that is taken away as a file, if they are restricted."""
    subject = reading.subject_of(str(rows.model._meta.model_name))
    if subject is not None and subject.is_restricted:
        keys = rows.order_by().prefetch_related(None).values_list(subject.field, flat=True)
        note_shown(request, ((Read(subject.kind, str(key)), "export") for key in keys.iterator()))


def shown_by(request: HttpRequest) -> list[tuple[Read, str]]:
    noted: list[tuple[Read, str]] = vars(request).get(_SHOWN, [])
    return noted


def is_shown(request: HttpRequest) -> bool:
    """Whether the answer shows the thing of its address."""
    return not vars(request).get(_NOTHING, False)


def _read(thing: models.Model) -> Read:
    subject = reading.subject_of(str(thing._meta.model_name))
    if subject is None:
        raise LookupError(f"{thing._meta.label} is not declared as something that is read (registry/reading.py)")
    return Read(subject.kind, str(getattr(thing, subject.field)), reading.within(thing))
