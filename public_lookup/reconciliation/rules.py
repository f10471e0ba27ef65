"""What a program asks when it reconciles."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Question:
    """One name, and what else is known of the one who is meant, by the columns of a list."""

    query: str
    columns: Mapping[str, str]
    type: str
    limit: int
