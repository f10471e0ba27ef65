"""What somebody does who wants the numbers that a published table leaves out. Knows nothing of how they were left out.

The published figures are linear equations over whole numbers that are not negative. Two ways, both exact in what they say:
elimination in whole numbers finds every cell that the equations alone settle, and narrowing of bounds finds what follows
from no number being negative, and from those that were left out because they are under 10 being under 10.
"""

from collections.abc import Iterable, Mapping
from itertools import product
from math import gcd

#: Bounds of large numbers that lean on each other may creep for ever; whatever settles does so long before.
ROUNDS = 40
Key = tuple[str, str]
Equation = tuple[dict[Key, int], int]
TOTAL = ""


def equations(published: Mapping[Key, int | None]) -> list[Equation]:
    """Each sum of the table: the cells that are not known, each with its sign, and what they come to."""
    found = []
    for place in (0, 1):
        for line in sorted({key[place] for key in published}):
            own = [key for key in published if key[place] == line]
            total = (line, TOTAL) if place == 0 else (TOTAL, line)
            if total in published and len(own) > 1:
                found.append(_equation(published, own, total))
    return [one for one in found if one[0]]


def _equation(published: Mapping[Key, int | None], own: Iterable[Key], total: Key) -> Equation:
    unknown, known = {}, 0
    for key in own:
        sign, value = (-1 if key == total else 1), published[key]
        if value is None:
            unknown[key] = sign
        else:
            known -= sign * value
    return unknown, known


def recovered(
    published: Mapping[Key, int | None],
    *,
    small: Iterable[Key] = (),
    least: Mapping[Key, int] | None = None,
    smallest: int = 0,
) -> dict[Key, int]:
    """Every cell that was left out and comes out. `small` are those known to be under 10, `least` what others are at least.

    `smallest` is 1 where zero is printed: a gap under 10 is then known not to be zero.
    """
    given = equations(published)
    bounds: dict[Key, tuple[int, int | None]] = {key: (0, None) for unknown, _sum in given for key in unknown}
    for key in small:
        bounds[key] = (smallest, 9)
    for key, low in (least or {}).items():
        bounds[key] = (low, bounds.get(key, (0, None))[1])
    narrowed = _narrowed(given, bounds)
    found = {key: low for key, (low, high) in narrowed.items() if low == high}
    return {**found, **_eliminated(given)}


def _narrowed(given: list[Equation], bounds: dict[Key, tuple[int, int | None]]) -> dict[Key, tuple[int, int | None]]:
    for _round in range(ROUNDS):
        changed = False
        for unknown, comes_to in given:
            for key in unknown:
                tighter = _tighter(unknown, comes_to, key, bounds)
                changed = changed or tighter != bounds[key]
                bounds[key] = tighter
        if not changed:
            break
    return bounds


def _tighter(
    unknown: dict[Key, int], comes_to: int, key: Key, bounds: dict[Key, tuple[int, int | None]]
) -> tuple[int, int | None]:
    """x = sign · (comes_to − the others): as low and as high as the others allow."""
    lowest: int | None = comes_to * unknown[key]
    highest: int | None = comes_to * unknown[key]
    for other, sign in unknown.items():
        if other == key:
            continue
        low, high = bounds[other]
        if sign == unknown[key]:
            low_taken, high_taken = high, low
            lowest = None if lowest is None or low_taken is None else lowest - low_taken
            highest = None if highest is None or high_taken is None else highest - high_taken
        else:
            lowest = None if lowest is None else lowest + low
            highest = None if highest is None or high is None else highest + high
    low, high = bounds[key]
    high = highest if high is None else high if highest is None else min(high, highest)
    return max(low, lowest if lowest is not None else low), high


def _eliminated(given: list[Equation]) -> dict[Key, int]:
    """Gauss and Jordan in whole numbers, row by row without their zeros: a row with a single unknown left settles it."""
    rows = [({**unknown}, comes_to) for unknown, comes_to in given]
    for own in range(len(rows)):
        unknown, _comes_to = rows[own]
        if pivot := next(iter(unknown), None):
            for other, (theirs, _sum) in enumerate(rows):
                if other != own and pivot in theirs:
                    rows[other] = _without(pivot, rows[other], rows[own])
    settled = [(next(iter(unknown.items())), comes_to) for unknown, comes_to in rows if len(unknown) == 1]
    return {key: comes_to // factor for (key, factor), comes_to in settled}


def _without(pivot: Key, row: Equation, own: Equation) -> Equation:
    """The row with so much of the other taken from it that the unknown is gone."""
    (theirs, their_sum), (mine, my_sum) = row, own
    times, off = mine[pivot], theirs[pivot]
    left = {key: times * theirs.get(key, 0) - off * mine.get(key, 0) for key in {**theirs, **mine}}
    comes_to = times * their_sum - off * my_sum
    common = gcd(comes_to, *left.values()) or 1
    return {key: value // common for key, value in left.items() if value}, comes_to // common


def tables_alike(published: Mapping[Key, int | None], *, small: Iterable[Key], most: int) -> list[dict[Key, int]]:
    """Every way to fill the gaps inside the table, by trying all of them: for small tables, to check the check."""
    small = set(small)
    gaps = [key for key, value in published.items() if value is None and TOTAL not in key]
    fits = []
    for numbers in product(*(range(10) if key in small else range(10, most + 1) for key in gaps)):
        filled = {**published, **dict(zip(gaps, numbers, strict=True))}
        if _adds_up(filled, small):
            fits.append({key: filled[key] or 0 for key in gaps})
    return fits


def _adds_up(filled: Mapping[Key, int | None], small: set[Key]) -> bool:
    for total in [key for key in filled if TOTAL in key]:
        row, column = total
        own = [
            value
            for (r, c), value in filled.items()
            if r != TOTAL and c != TOTAL and row in (TOTAL, r) and column in (TOTAL, c)
        ]
        comes_to = sum(value or 0 for value in own)
        stated = filled[total]
        if stated is None and (comes_to < 10) != (total in small):
            return False
        if stated is not None and comes_to != stated:
            return False
    return True
