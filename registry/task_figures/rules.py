"""How long waits take when some have not ended yet: the median by Kaplan and Meier (bibliography: KM58)."""

from collections.abc import Mapping

#: A product of fractions may miss the share that it is by so little.
ROUNDING = 1e-9


def survival_median(ended: Mapping[int, int], still_open: Mapping[int, int]) -> int | None:
    """The number of days within which half of all waits end; None while fewer than half of them can be known to."""
    return survival_quantile(ended, still_open, 0.5)


def survival_quantile(ended: Mapping[int, int], still_open: Mapping[int, int], share: float) -> int | None:
    """The number of days within which this share of all waits ends; None while fewer can be known to.

    `ended` and `still_open` say how many waits lasted, or have lasted until now, so many days. One that is still open counts
    as waiting for as long as it was seen, so leaving old cases untouched never makes the figure better.
    """
    left = sum(ended.values()) + sum(still_open.values())
    surviving = 1.0
    for days in sorted({*ended, *still_open}):
        if ended.get(days):
            surviving *= 1 - ended[days] / left
            if surviving <= 1 - share + ROUNDING:
                return days
        left -= ended.get(days, 0) + still_open.get(days, 0)
    return None
