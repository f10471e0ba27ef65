"""Random releases about people, what is published of them, and what attackers get out: for the tests and for the long run."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import TypeVar

from registry.disclosure.rules.constraints import Cell, Constraint
from registry.disclosure.rules.releases import TOTAL, CountedRows, Released, Rows, Threshold, disclose
from registry.disclosure.rules.windows import Window
from registry.disclosure.rules.withdrawal import HiddenNumber, is_small, known_of, register, targets
from registry.disclosure.rules.withdrawal import given_away as given_away_by_narrowing
from tests.registry.disclosure import tauargus

T = TypeVar("T")
YEARS = 2
FIRST = 2024 * 4
#: More values than a number under ten can have.
MANY = 99
#: What people are divided by: each with how many rows it has.
DIVISIONS = {"route": 2, "ages": 5, "genders": 4, "kinds": 5, "nations": 5}


@dataclass(frozen=True)
class Population:
    """All people of some quarters, as they are counted."""

    tables: tuple[CountedRows, ...]
    totals: Mapping[int, int]

    @property
    def quarters(self) -> list[int]:
        return sorted(self.totals)

    def until(self, quarter: int) -> "Population":
        """As it was known when this quarter was over."""
        tables = tuple(replace(one, counts=_until(one.counts, quarter)) for one in self.tables)
        return Population(tables, _until(self.totals, quarter))


def _until(by_quarter: Mapping[int, T], quarter: int) -> dict[int, T]:
    return {key: value for key, value in by_quarter.items() if key <= quarter}


def drawn(random: Random, *, quarters: int = YEARS * 4) -> Population:
    """People by chance: few or many in a quarter, most of them alike, some rows empty."""
    usual = random.choice([2, 5, 9, 14, 20, 33, 60, 120])
    totals = {FIRST + n: max(0, round(usual * random.choice([0, 0.3, 0.8, 1, 1, 1.3, 2]))) for n in range(quarters)}
    tables = [_divided(random, code, rows, totals) for code, rows in DIVISIONS.items()]
    tables[0] = replace(tables[0], groups=1)
    tables[1] = replace(tables[1], coarser={"child": tables[1].rows[:2], "adult": tables[1].rows[2:]})
    return Population((*tables, _mentioned(random, totals)), totals)


def _divided(random: Random, code: str, rows: int, totals: Mapping[int, int]) -> CountedRows:
    names = tuple(f"{code}{n}" for n in range(rows))
    shares = [random.choice([0, 0.02, 0.1, 0.3, 1, 3]) for _row in names]
    if not any(shares):
        shares[0] = 1
    counts: dict[int, dict[str, int]] = {}
    for quarter, total in totals.items():
        chosen = random.choices(names, shares, k=total)
        counts[quarter] = {row: chosen.count(row) for row in names}
    return CountedRows(code, names, counts)


def _mentioned(random: Random, totals: Mapping[int, int]) -> CountedRows:
    shares = {f"sign{n}": random.choice([0, 0.05, 0.3, 0.7, 1]) for n in range(3)}
    counts = {
        quarter: {row: sum(random.random() < share for _person in range(total)) for row, share in shares.items()}
        for quarter, total in totals.items()
    }
    return CountedRows("signs", tuple(shares), counts, mentions=True)


def published(people: Population, threshold: Threshold, *, former: Released | None = None) -> Released:
    return disclose(people.tables, people.totals, people.quarters, threshold, former=former)


def naive(people: Population, threshold: Threshold) -> Released:
    """What many publish: each quarter and each year, the small numbers left out."""
    windows = [*(Window(quarter) for quarter in people.quarters), Window(FIRST, 4), Window(FIRST + 4, 4)]
    return {one.code: {window: _hidden(one, window, people, threshold) for window in windows} for one in people.tables}


def _hidden(table: CountedRows, window: Window, people: Population, threshold: Threshold) -> Rows:
    counts = table.within(window)
    if not table.mentions:
        counts[TOTAL] = sum(people.totals[quarter] for quarter in window.all)
    return {row: None if is_small(number, threshold) else number for row, number in counts.items()}


def truth_of(people: Population, wanted: Sequence[HiddenNumber]) -> dict[Cell, int]:
    found: dict[Cell, int] = {("", "", quarter): total for quarter, total in people.totals.items()}
    for table in people.tables:
        for quarter in people.quarters:
            for row in table.rows:
                found[table.code, row, quarter] = table.counts[quarter][row]
    return {**found, **{one.cell: one.number for one in wanted}}


def attacked_by_solver(
    people: Population, released: Released, threshold: Threshold, claims: Sequence[Constraint] = ()
) -> dict[HiddenNumber, tuple[int, int]]:
    """The bounds of each number that is wanted, by Tau-Argus."""
    wanted = list(targets(people.tables, people.totals, released, threshold))
    if not wanted:
        return {}
    known = known_of(wanted, released, threshold)
    constraints = register(people.tables, released, wanted, people.quarters, claims)
    found = tauargus.bounds_of(constraints, truth_of(people, wanted), [one.cell for one in wanted], known)
    return {one: found[one.cell] for one in wanted}


def given_away(
    people: Population, released: Released, threshold: Threshold, claims: Sequence[Constraint] = ()
) -> list[HiddenNumber]:
    """The small numbers that either attacker is sure of."""
    sure = [one for one, (low, high) in attacked_by_solver(people, released, threshold, claims).items() if low == high]
    ours = given_away_by_narrowing(people.tables, people.totals, released, threshold, claims=claims)
    return list(dict.fromkeys([*sure, *ours]))


def changed(random: Random, people: Population) -> Population:
    """The same quarters as they are known later: a few more in some rows, as when a decision came late."""
    tables = []
    for table in people.tables:
        counts = {quarter: dict(rows) for quarter, rows in table.counts.items()}
        for quarter in counts:
            row = random.choice(table.rows)
            moved = min(counts[quarter][row], random.choice([0, 0, 1, 2, 6]))
            counts[quarter][row] -= moved
            counts[quarter][random.choice(table.rows)] += moved if not table.mentions else 0
        tables.append(replace(table, counts=counts))
    return Population(tuple(tables), people.totals)


def numbers_of(people: Population, windows: Mapping[str, set[Window]]) -> dict[tuple[str, str, Window], int]:
    """Every row of every table in these windows, as far as they are over."""
    return {
        (table.code, row, window): number
        for table in people.tables
        for window in sorted(windows[table.code])
        if window.last <= people.quarters[-1]
        for row, number in {**table.within(window), **table.coarsely_within(window)}.items()
    }


def settled(people: Population, released: Released, wanted: Sequence[HiddenNumber]) -> dict[Cell, int]:
    """Those that are printed or follow, by Tau-Argus."""
    if not wanted:
        return {}
    constraints = register(people.tables, released, wanted, people.quarters)
    found = tauargus.bounds_of(constraints, truth_of(people, wanted), [one.cell for one in wanted], {})
    return {cell: low for cell, (low, high) in found.items() if low == high}


def difference_given_away(
    before: Population, after: Population, first: Released, second: Released
) -> dict[Cell, tuple[int, int]]:
    """Each number that is certain in both releases and has changed by less than ten: someone's case is in the difference."""
    windows = {code: {*first[code], *second[code]} for code in second}
    old, new = numbers_of(before, windows), numbers_of(after, windows)
    changed_little = [place for place in old if 0 < abs(old[place] - new[place]) < 10]
    known = settled(before, first, [HiddenNumber(*place, old[place]) for place in changed_little])
    later = settled(after, second, [HiddenNumber(*place, new[place]) for place in changed_little])
    # What is printed again as it was says nothing of what has changed since.
    return {
        cell: (known[cell], later[cell]) for cell in known if cell in later and 0 < abs(known[cell] - later[cell]) < 10
    }


def pair(random: Random, threshold: Threshold) -> tuple[Population, Population, Released, Released]:
    """Two editions: the first at the end of a quarter, the second later, when some rows are known better."""
    later = drawn(random)
    known = changed(random, later).until(random.choice(later.quarters[3:-1]))
    first = published(known, threshold)
    return known, later, first, published(later, threshold, former=first)


@dataclass(frozen=True)
class Trial:
    """What attackers got out of random releases: `fewest` is how many numbers the best-known hidden number could still be."""

    releases: int
    gave: int
    naive_gave: int
    attacked: int
    fewest: int


def of_releases(how_many: int, *, prints_zero: bool, seed: str, naive_ones: int | None = None) -> Trial:
    """Attack random releases, and as many naive ones of the same people (or the first few)."""
    random, threshold = Random(seed), Threshold(10, prints_zero)
    gave, naive_gave, attacked, fewest = 0, 0, 0, MANY
    for place in range(how_many):
        people = drawn(random)
        released = published(people, threshold)
        bounds = attacked_by_solver(people, released, threshold)
        ours = given_away_by_narrowing(people.tables, people.totals, released, threshold)
        gave += bool(ours) or any(low == high for low, high in bounds.values())
        attacked += len(bounds)
        fewest = min([fewest, *(high - low + 1 for low, high in bounds.values())])
        if naive_ones is None or place < naive_ones:
            naive_gave += bool(given_away(people, naive(people, threshold), threshold))
    return Trial(how_many, gave, naive_gave, attacked, fewest)


def of_pairs(how_many: int, *, prints_zero: bool, seed: str) -> Trial:
    """Attack pairs of editions by their difference; the naive second edition takes no account of the first."""
    random, threshold = Random(seed), Threshold(10, prints_zero)
    gave = naive_gave = attacked = 0
    for _pair in range(how_many):
        before, after, first, second = pair(random, threshold)
        gave += bool(difference_given_away(before, after, first, second)) or bool(
            given_away(after, newest(first, second), threshold)
        )
        alone = published(after, threshold)
        naive_gave += bool(difference_given_away(before, after, first, alone))
        attacked += sum(len(windows) for windows in second.values())
    return Trial(how_many, gave, naive_gave, attacked, MANY)


def newest(first: Released, second: Released) -> Released:
    """The windows that are new in the second edition: what it says of the others is what the first said."""
    return {code: {w: rows for w, rows in windows.items() if w not in first[code]} for code, windows in second.items()}
