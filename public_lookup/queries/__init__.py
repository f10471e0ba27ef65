"""What the register says, at any instant. Import from here."""

from public_lookup.queries.findings import MOST, Findings, Row, Search, Why, search
from public_lookup.queries.history import Change
from public_lookup.queries.instants import FUTURE, Misread, end_of, instant
from public_lookup.queries.shown import NotShown, Shown, entry, number_of

__all__ = [
    "FUTURE", "MOST", "Change", "Findings", "Misread", "NotShown", "Row", "Search", "Shown", "Why",
    "end_of", "entry", "instant", "number_of", "search",
]  # fmt: skip
