"""Whatever is kept with a reason is kept with one that says something."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from registry.errors import Reason

SHORTEST_REASON = 10
TOO_SHORT = _("Say the reason in 10 characters or more.")


def reason_blockers(because: str | None, field: str = "because") -> Iterator[Reason]:
    """Who looks at what is protected, or changes what others rest on, says why (docs/rules.md G13). None is not asked yet."""
    if because is not None and len(because.strip()) < SHORTEST_REASON:
        yield Reason("no_reason", TOO_SHORT, field)


def move_blockers(thing: Any, move: str, *, because: str | None = None) -> Iterator[Reason]:
    """Of a move that asks for nothing but a reason."""
    yield from thing.lifecycle.blockers(thing.status, move)
    yield from reason_blockers(because)
