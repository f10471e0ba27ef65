"""When the look-up is asked, and how the times of its answers are put together."""

from collections.abc import Mapping
from datetime import datetime, timedelta

#: How often we ask, and so how many times a whole day.
EVERY = timedelta(minutes=5)
A_DAY = timedelta(days=1) // EVERY
#: Milliseconds: an answer is counted with the first of these that it did not exceed.
UP_TO = (10, 25, 50, 75, 100, 150, 200, 300, 500, 1000, 2000, 5000, 10_000)


def is_due(last: datetime | None, at: datetime) -> bool:
    """Whether it is time to ask again. A clock that was set back does not keep us from asking."""
    return last is None or not timedelta(0) <= at - last < EVERY


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
