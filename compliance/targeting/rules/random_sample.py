"""Which licences a round visits at random, so that anyone can repeat it: the recipe of `docs/verify_round.py`.

A secret seed is committed to when the round is opened. People choose some licences, each with a reason: their chance is 1. The
list is fixed with the chance of each licence, and its digest published. Another person then adds figures of their own. The
licences whose SHA-256 is lowest are selected. Who knows the seed cannot know the figures, and who types the figures cannot know
the seed (decision 122).
"""

import hashlib
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from registry import signing

#: What the second person adds: as many figures as no one guesses.
FEWEST_FIGURES, MOST_FIGURES = 20, 80


@dataclass(frozen=True, slots=True)
class ListedLicence:
    """One licence of the list of a round. It is visited with a chance of `visits` out of `of`.

    `code` represents the number where the list is published: no one tells from it which business is visited.
    """

    number: str
    points: int
    code: str
    how: str  # targeted or random, as in `ChosenHow`
    visits: int
    of: int

    @property
    def is_random(self) -> bool:
        return self.how == "random"

    @property
    def chance(self) -> float:
        return self.visits / self.of


def as_listed(rows: Iterable[Sequence[Any]]) -> list[ListedLicence]:
    """The list as a round keeps it."""
    return [ListedLicence(*row) for row in rows]


def commitment(seed: str) -> str:
    """What is published of the seed before the list is fixed."""
    return hashlib.sha256(seed.encode()).hexdigest()


def plain_figures(typed: str) -> str:
    """The figures without the spaces between them; empty if it is anything else, or too few or too many."""
    figures = re.sub(r"\s", "", typed)
    return figures if re.fullmatch(rf"[0-9]{{{FEWEST_FIGURES},{MOST_FIGURES}}}", figures) else ""


def with_chances(
    codes: Iterable[tuple[str, int, str]], *, capacity: int, chosen: Collection[str]
) -> list[ListedLicence]:
    """The list by code: number, points and code of each licence, and its chance. What is not chosen shares the visits left."""
    rows = sorted(codes, key=lambda row: row[2])
    certain = sum(number in chosen for number, _points, _code in rows)
    others = len(rows) - certain
    visits = min(max(capacity - certain, 0), others)
    return [
        ListedLicence(*row, "targeted", 1, 1) if row[0] in chosen else ListedLicence(*row, "random", visits, others)
        for row in rows
    ]


def published_rows(listed: Iterable[ListedLicence]) -> list[list[str | int]]:
    """What is published of the list: neither numbers nor points."""
    return [[one.code, one.how, one.visits, one.of] for one in listed]


def digest_of(listed: Iterable[ListedLicence]) -> str:
    """SHA-256 of the published rows as JSON without spaces."""
    return signing.digest(published_rows(listed))


def rank(seed: str, figures: str, list_digest: str, code: str) -> str:
    """The lowest ranks are selected."""
    return hashlib.sha256(f"{seed}:{figures}:{list_digest}:{code}".encode()).hexdigest()


def drawn(listed: Sequence[ListedLicence], *, seed: str, figures: str) -> list[ListedLicence]:
    """The licences selected at random, in the order of their ranks: of those that no one chose, as many as there are visits."""
    digest = digest_of(listed)
    others = [one for one in listed if one.is_random]
    ranked = sorted(others, key=lambda one: rank(seed, figures, digest, one.code))
    return ranked[: others[0].visits] if others else []


def share_of(capacity: int, percent: int) -> int:
    """How many of the visits are selected at random at least: rounded up, and never none."""
    return max(-(-capacity * percent // 100), 1)
