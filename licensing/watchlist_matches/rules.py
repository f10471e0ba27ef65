"""When a match with a list may be confirmed, dismissed or ended."""

from collections.abc import Iterator

from licensing.watchlist_matches.models import WatchlistMatch
from registry.errors import Reason
from registry.reasons import reason_blockers


def step_blockers(match: WatchlistMatch, move: str, *, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    yield from match.lifecycle.blockers(match.status, move)
    yield from reason_blockers(because)
