"""When a match with a list may be confirmed, dismissed or ended."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from licensing.watchlist_matches.models import WatchlistMatch
from registry.errors import Reason

SHORTEST = 10


def step_blockers(match: WatchlistMatch, move: str, *, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    yield from match.lifecycle.blockers(match.status, move)
    if because is not None and len(because.strip()) < SHORTEST:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")
