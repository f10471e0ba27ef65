"""Drawing by lot so that anybody can do it again: a secret is committed to before the list is fixed, and shown afterwards.

Whoever opens a round cannot foresee the list, whoever fixes the list cannot foresee the drawing, and nobody can draw twice.
"""

import hashlib
from collections.abc import Iterable


def commitment(seed: str) -> str:
    """What is made known of the seed before the list is fixed."""
    return hashlib.sha256(seed.encode()).hexdigest()


def rank(seed: str, number: str) -> str:
    """Where a licence stands in the drawing: the lowest come first."""
    return hashlib.sha256(f"{seed}:{number}".encode()).hexdigest()


def drawn(seed: str, numbers: Iterable[str], how_many: int) -> list[str]:
    """The licences that the lot falls on, in the order in which it does."""
    return sorted(numbers, key=lambda number: rank(seed, number))[:how_many]


def share_of(capacity: int, percent: int) -> int:
    """How many of the visits are drawn: rounded up, and never none."""
    return max(-(-capacity * percent // 100), 1)
