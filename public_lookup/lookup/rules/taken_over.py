"""The public fields that say which authority a licence was taken over from, and whether we published this at the time."""

from collections.abc import Callable
from datetime import date
from typing import Any

from public_lookup.lookup.rules.fields import PublicField, Surface

#: The page and the proof on paper say it in a sentence.
SHOWN = Surface.API | Surface.PROOF | Surface.DATA


def _taken_over(part: str) -> Callable[[Any], str | None]:
    return lambda entry: entry.taken_over[part] if entry.taken_over else None


def _taken_over_on(entry: Any) -> date | None:
    return date.fromisoformat(entry.taken_over["on"]) if entry.taken_over else None


def _is_published_by_us(entry: Any) -> bool:
    return not (entry.taken_over and entry.taken_over["past"])


TAKEN_OVER: tuple[PublicField, ...] = (
    PublicField(
        "taken_over_from",
        str | None,
        "The authority from which the licence was taken over, of one that was",
        SHOWN,
        ("taken_over",),
        _taken_over("from"),
    ),
    PublicField(
        "taken_over_on",
        date | None,
        "The day on which it was taken over",
        SHOWN,
        ("taken_over",),
        _taken_over_on,
    ),
    PublicField(
        "published_by_us",
        bool,
        "False for a day before it was taken over: the authority before us told us later what was so",
        SHOWN,
        ("taken_over",),
        _is_published_by_us,
    ),
)
