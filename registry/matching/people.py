"""Whether somebody in one file may be somebody in another: by name and day of birth, slips and other spellings allowed for."""

from collections.abc import Mapping, Set
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from registry import names
from registry.matching import weights
from registry.matching.models import TraitKind
from registry.organisations.models import RoleKind


class Resemblance(StrEnum):
    """In what way two files have something in common."""

    SAME = "same"
    SLIP = "slip"
    NEARLY = "nearly"
    ONE_NAME = "one_name"
    NO_BIRTHDAY = "no_birthday"


RUNS = frozenset({RoleKind.PRINCIPAL_AUTHORITY, RoleKind.DIRECTOR, RoleKind.PARTNER, RoleKind.CONTROLLER})


@dataclass(frozen=True, slots=True)
class FilePerson:
    """A person as a file has them, and whether they run the organisation or have run it."""

    pk: int
    names: tuple[str, ...]
    born: date | None
    runs: bool
    named: frozenset[int] = frozenset()  # the keys of the names alone


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """What makes one person like another: in what way, worth so many points, by the key that says how many share it.

    `most` is what they come to at most with all that else is theirs in both files.
    """

    how: Resemblance
    points: float
    kind: TraitKind
    key: int
    most: float = weights.POINTS[TraitKind.NINO]


def likened(
    one: FilePerson, other: FilePerson, shared: Mapping[TraitKind, Set[int]], others: Mapping[int, int]
) -> PersonMatch | None:
    """How these two are like each other; `shared` are the keys that both have, `others` how many more have each."""
    found = (
        _by_number(shared, others) or _by_birthday(one, other, shared, others) or _by_name(one, other, shared, others)
    )
    if found is None or (one.runs and other.runs):
        return found
    minor = weights.MINOR_ROLE
    return replace(found, points=found.points * minor, most=found.most * minor)


def _by_number(shared: Mapping[TraitKind, Set[int]], others: Mapping[int, int]) -> PersonMatch | None:
    if not (keys := shared.get(TraitKind.NINO)):
        return None
    key = min(keys, key=others.__getitem__)
    return PersonMatch(
        Resemblance.SAME, weights.POINTS[TraitKind.NINO] * weights.share(others[key]), TraitKind.NINO, key
    )


def _by_birthday(
    one: FilePerson, other: FilePerson, shared: Mapping[TraitKind, Set[int]], others: Mapping[int, int]
) -> PersonMatch | None:
    """The same day of birth: with the same name, with one that is nearly it, or with one word of it."""
    if keys := shared.get(TraitKind.BORN):
        key = min(keys, key=others.__getitem__)
        points = weights.POINTS[TraitKind.BORN] * weights.share(others[key]) * _rarity(one, other, others)
        return PersonMatch(Resemblance.SAME, points, TraitKind.BORN, key)
    if keys := shared.get(TraitKind.WORD):
        key = min(keys, key=others.__getitem__)
        if nearness(one, other) >= weights.LEAST_CALLED:
            return PersonMatch(
                Resemblance.NEARLY, weights.NEARLY_CALLED * weights.share(others[key]), TraitKind.WORD, key
            )
        return PersonMatch(Resemblance.ONE_NAME, weights.ONE_NAME * weights.share(others[key]), TraitKind.WORD, key)
    return None


def _by_name(
    one: FilePerson, other: FilePerson, shared: Mapping[TraitKind, Set[int]], others: Mapping[int, int]
) -> PersonMatch | None:
    """The same name: with a slip in the day of birth, or without any. Of another birthday it is somebody else."""
    for kind in (TraitKind.YEAR, TraitKind.DAY):
        keys = shared.get(kind)
        if keys and one.born and other.born and is_slip(one.born, other.born):
            key = min(keys, key=others.__getitem__)
            return PersonMatch(Resemblance.SLIP, weights.SLIP * _rarity(one, other, others), kind, key)
    keys = shared.get(TraitKind.NAMED)
    if keys and (one.born is None or other.born is None):
        key = min(keys, key=others.__getitem__)
        return PersonMatch(
            Resemblance.NO_BIRTHDAY, weights.NO_BIRTHDAY * weights.share(others[key]), TraitKind.NAMED, key
        )
    return None


def _rarity(one: FilePerson, other: FilePerson, others: Mapping[int, int]) -> float:
    """How telling the name itself is: of those that are common, two bear one by chance, and some of these on one day."""
    named = [others[key] for key in one.named & other.named if key in others]
    return weights.share(min(named, default=0), common=weights.COMMON_NAME)


def nearness(one: FilePerson, other: FilePerson) -> float:
    """How nearly alike the names are written, 0 to 100."""
    return max(
        (
            names.person_score(a, b)
            for name in one.names
            for a in names.readings(name)
            for other_name in other.names
            for b in names.readings(other_name)
        ),
        default=0.0,
    )


def is_slip(one: date, other: date) -> bool:
    """Whether one day may have been written for the other: one part of it is another, or day and month are exchanged."""
    if one.year == other.year:
        exchanged = (one.day, one.month) == (other.month, other.day)
        return exchanged or (one.day == other.day) != (one.month == other.month)
    return (one.day, one.month) == (other.day, other.month) and _is_slip_of_figures(one.year, other.year)


def _is_slip_of_figures(one: int, other: int) -> bool:
    """One figure is another, two neighbours are exchanged, or it is the year beside it."""
    differ = [(a, b) for a, b in zip(str(one), str(other), strict=True) if a != b]
    exchanged = len(differ) == 2 and differ[0] == differ[1][::-1]
    return len(differ) == 1 or exchanged or abs(one - other) == 1
