"""Days that cannot be meant: one guard for every day that is typed on a page, sent by a program or written by an action.

What a day means sets closer limits: those are rules of each subject. These hold for all of them.
"""

from collections.abc import Iterator
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason, refuse_for

#: No one who is alive was born before; no licence, sentence or order lasts longer.
FIRST_YEAR, YEARS_AHEAD = 1900, 60
#: Of a day in a filter, which asks no clock: far enough for all that is written, and no day after it is lacking.
LAST_YEAR = 2199


def is_possible(day: date, *, today: date) -> bool:
    return FIRST_YEAR <= day.year <= today.year + YEARS_AHEAD


def which_years(last: int) -> Promise:
    """What to say where a day cannot be meant."""
    return format_lazy(_("Enter a year from {first} to {last}."), first=FIRST_YEAR, last=last)


def day_blockers(
    day: date | None,
    where: str,
    *,
    earliest: date | None = None,
    too_early: Any = "",
    latest: date | None = None,
    too_late: Any = "",
) -> Iterator[Reason]:
    """Why a day is before the earliest or after the latest that it can be. What is not given sets no limit.

    `where` is the field in which it was typed. The texts may name the limit as `{day}`.
    """
    if day is None:
        return
    if earliest is not None and day < earliest:
        yield Reason("day_too_early", format_lazy(str(too_early), day=date_format(earliest)), where)
    if latest is not None and day > latest:
        yield Reason("day_too_late", format_lazy(str(too_late), day=date_format(latest)), where)


#: Where a row that is locked keeps the days that it had then.
_HAD = "days_when_locked"


def remember(thing: models.Model) -> None:
    """Keep the days that a row has as it is locked: one from before this guard must not keep all else from being done."""
    thing.__dict__[_HAD] = {name: thing.__dict__.get(name) for name in _days_of(thing._meta.model)}


def refuse_impossible(thing: models.Model, facts: dict[str, Any], *, at: datetime) -> None:
    """Raise `Refused` (impossible_day) for a day of this row, or among these facts, that cannot be meant.

    A day that the row had when it was locked, and still has, is not refused: it was written before.
    """
    refuse_for(_impossible(thing, facts, today=timezone.localdate(at)))


def _impossible(thing: models.Model, facts: dict[str, Any], *, today: date) -> Iterator[Reason]:
    had = thing.__dict__.get(_HAD, {})
    columns = {name: thing.__dict__.get(name) for name in _days_of(thing._meta.model)}
    written = {name: value for name, value in columns.items() if name not in had or had[name] != value}
    for name, value in {**written, **facts}.items():
        if isinstance(value, date) and not is_possible(value, today=today):
            yield Reason("impossible_day", which_years(today.year + YEARS_AHEAD), name)


@cache
def _days_of(model: type[models.Model]) -> tuple[str, ...]:
    return tuple(field.attname for field in model._meta.concrete_fields if isinstance(field, models.DateField))
