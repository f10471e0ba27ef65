"""The audit of Tau-Argus, the program of official statistics, as an attacker that we did not write.

It asks a solver (HiGHS) for the least and the greatest that each unknown can be, given everything that is published.
"""

import tempfile
from collections.abc import Mapping, Sequence
from math import ceil, floor
from pathlib import Path

from pytauargus._tauargus import audit_jj

from registry.disclosure.rules.constraints import Bounds, Cell, Constraint

#: No count is as large; the audit wants a bound for each.
MOST = 100_000


def bounds_of(
    constraints: Sequence[Constraint], truth: Mapping[Cell, int], wanted: Sequence[Cell], known: Mapping[Cell, Bounds]
) -> dict[Cell, tuple[int, int]]:
    """Between which whole numbers each wanted unknown is."""
    places = {
        cell: place for place, cell in enumerate(dict.fromkeys(cell for one in constraints for cell in one.terms))
    }
    cells = [
        _cell(place, truth[cell], *known.get(cell, (0, None)), wanted=cell in wanted) for cell, place in places.items()
    ]
    sums = []
    for one in constraints:
        terms = {places[cell]: times for cell, times in one.terms.items()}
        value = sum(times * truth[cell] for cell, times in one.terms.items())
        if one.low != one.high:
            # What is over the least is one more unknown.
            room = MOST if one.high is None else one.high - max(one.low, -MOST)
            terms[len(cells)] = -1
            cells.append(_cell(len(cells), value - max(one.low, -MOST), 0, room, wanted=False))
        rest = " ".join(f"{place} ({times})" for place, times in terms.items())
        sums.append(f"{max(one.low, -MOST)} {len(terms)} : {rest}")
    text = "\n".join(["0", str(len(cells)), *cells, str(len(sums)), *sums, ""])
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "release.jj"
        file.write_text(text)
        found = {row["cell"]: row for row in audit_jj(str(file))}
    return {
        cell: (ceil(found[places[cell]]["min"] - 1e-6), floor(found[places[cell]]["max"] + 1e-6)) for cell in wanted
    }


def _cell(place: int, value: int, low: int, high: int | None, *, wanted: bool) -> str:
    return f"{place} {value} 1 {'u' if wanted else 'm'} {low} {MOST if high is None else high} 0 0 0"
