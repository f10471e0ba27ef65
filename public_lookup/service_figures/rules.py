"""When the look-up is asked, and how the times of its answers are put together."""

from collections.abc import Mapping
from datetime import datetime, timedelta

#: How often we ask.
EVERY = timedelta(minutes=5)
#: Milliseconds: an answer is counted with the first of these that it did not exceed.
UP_TO = (10, 25, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)


def is_due(last: datetime | None, at: datetime) -> bool:
    """Whether these five minutes have no question yet. So a worker that looks a little late each time still asks in each.

    A clock that was set back does not keep us from asking.
    """
    return last is None or _slot(last) != _slot(at)


def _slot(at: datetime) -> int:
    return int(at.timestamp() // EVERY.total_seconds())


def slots_of(begin: datetime, end: datetime) -> int:
    """How many questions there are between two instants."""
    return _slot(end) - _slot(begin)


def bound_of(milliseconds: float) -> int:
    """Up to how many milliseconds it took; the last bound for whatever took longer."""
    return next((one for one in UP_TO if milliseconds <= one), UP_TO[-1])


def within(times: Mapping[str, int], share: float) -> int | None:
    """Within how many milliseconds this share of the answers came; None where there was none."""
    total, reached = sum(times.values()), 0
    for bound in sorted(map(int, times)):
        reached += times[str(bound)]
        if reached >= share * total:
            return bound
    return None
