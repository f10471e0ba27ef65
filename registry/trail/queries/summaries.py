"""The lines of a summary of a file: a firm, an agency or premises in a few rows."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SummaryRow:
    """A line of a summary: what it says, and of what."""

    key: str
    value: str
