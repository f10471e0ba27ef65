"""A table in ranges of its keys, so that several processes read it side by side and each range tells what it found."""

from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from typing import Any, Protocol, TypeVar

from django.db import models
from django.db.models import Max, Min

M = TypeVar("M", bound=models.Model)
R = TypeVar("R")
#: Above the one and up to the other; None: from the very first, or to the very last.
KeyRange = tuple[int | None, int | None]
#: How many keys a range has, and how many ranges a table at most.
SIZE, MOST = 50_000, 400


class Each(Protocol):
    """Calls a function once for each argument, here or in other processes, and gives what it returns in the order of the arguments.

    The function is one of a module, and what it takes and returns can be sent to another process.
    """

    def __call__(self, function: Callable[[Any], R], arguments: Iterable[Any], /) -> Iterator[R]: ...


def key_ranges(rows: "models.QuerySet[Any]", key: str = "pk") -> list[KeyRange]:
    """Ranges in which every row of the table is once, whatever its key; one range of a table that is empty."""
    ends = rows.order_by().aggregate(first=Min(key), last=Max(key))
    if ends["first"] is None:
        return [(None, None)]
    # A key that was forged may be as far away as numbers go: then ranges are wider, and no less is read.
    step = max(SIZE, (ends["last"] - ends["first"]) // MOST + 1)
    cuts = [None, *range(ends["first"] + step - 1, ends["last"], step), None]
    return list(pairwise(cuts))


def in_range(rows: "models.QuerySet[M]", limits: KeyRange, key: str = "pk") -> "models.QuerySet[M]":
    """Those of the rows whose key is in this range."""
    above, up_to = limits
    if above is not None:
        rows = rows.filter(**{f"{key}__gt": above})
    return rows if up_to is None else rows.filter(**{f"{key}__lte": up_to})
