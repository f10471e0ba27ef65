"""The published noise table: how much is added to a number of people, by the key of its cell.

Each base cell gets a random key when it is frozen, and a table cell has the sum of the keys of its base cells. The same people
are always shown with the same noise, in whichever table. Mean 0, at most `BOUND`, mean absolute noise 1.48.
"""

from itertools import chain, repeat

#: Of 256 keys, so many add this much, and as many take it away (of 0: neither).
WEIGHTS = {0: 60, 1: 46, 2: 28, 3: 14, 4: 6, 5: 3, 6: 1}
BOUND = max(WEIGHTS)
KEYS = 256
#: The noise of each key: from -6 to 6, in order.
NOISE = tuple(chain.from_iterable(repeat(step, WEIGHTS[abs(step)]) for step in range(-BOUND, BOUND + 1)))


def noise_of(key: int) -> int:
    return NOISE[key % KEYS]


def published_number(number: int, key: int, *, smallest: int, prints_zero: bool) -> int | None:
    """What is shown of a number, or None if it is left out.

    With a threshold, the number is shown with its noise, if that is not under the threshold. Without one (public business),
    it is shown as it is.
    """
    if not smallest:
        return number
    if number == 0:
        return 0 if prints_zero else None
    shown = number + noise_of(key)
    return shown if shown >= smallest else None
