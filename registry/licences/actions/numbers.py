"""Licence numbers as they are drawn: each once, and none that another authority has given."""

from registry import names
from registry.licence_numbers import (
    LAST_NUMBER,
    VARIATIONS,
    draw_licence_prefix,
    make_licence_number,
    split_licence_number,
    vary,
)
from registry.trail.models.events import Counter


def draw(name: str) -> str:
    """The next number of the prefix that belongs to this name."""
    prefix = draw_licence_prefix(names.fold(name))
    for attempt in range(VARIATIONS):
        candidate = vary(prefix, attempt)
        drawn = Counter.objects.draw(_counter(candidate))
        if drawn <= LAST_NUMBER:
            return make_licence_number(candidate, drawn)
    raise RuntimeError(f"No licence number is left for {prefix}.")


def pass_over(number: str) -> None:
    """Never draw this number, nor one of its prefix before it: another authority has given it, in our own form."""
    prefix, given = split_licence_number(number)
    Counter.objects.raise_to(_counter(prefix), given)


def _counter(prefix: str) -> str:
    return f"licence {prefix}"
