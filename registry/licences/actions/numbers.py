"""Licence numbers as they are drawn: each once, and none that another authority has given."""

from registry import licence_numbers, names
from registry.trail.models.events import Counter


def draw(name: str) -> str:
    """The next number of the prefix that belongs to this name."""
    prefix = licence_numbers.draw_licence_prefix(names.fold(name))
    for attempt in range(licence_numbers.VARIATIONS):
        candidate = licence_numbers.vary(prefix, attempt)
        drawn = Counter.objects.draw(_counter(candidate))
        if drawn <= licence_numbers.LAST_NUMBER:
            return licence_numbers.make_licence_number(candidate, drawn)
    raise RuntimeError(f"No licence number is left for {prefix}.")


def pass_over(number: str) -> None:
    """Never draw this number, nor one of its prefix before it: another authority has given it, in our own form."""
    prefix, given = licence_numbers.split_licence_number(number)
    Counter.objects.raise_to(_counter(prefix), given)


def _counter(prefix: str) -> str:
    return f"licence {prefix}"
