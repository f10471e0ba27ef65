"""What every part of a pack is looked through for: things that are there twice, conditions that can never hold."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from registry.schemes.clauses import Asked, misfits
from registry.schemes.conditions import AnswerCondition, Clause
from registry.schemes.scheme import Scheme

#: The key of each fault, and the reason.
Found = Iterator[tuple[str, str]]


def doubles(key: str, values: Iterable[Any]) -> Found:
    """What is there more than once."""
    for value, times in Counter(values).items():
        if times > 1:
            yield f"{key}[{value}]", f"is there {times} times"


def unfit(key: str, condition: AnswerCondition | tuple[Clause, ...] | None, asked: Asked, scheme: Scheme) -> Found:
    """Why a condition can never hold, under its key."""
    return ((key, reason) for reason in misfits(condition, asked, scheme))
