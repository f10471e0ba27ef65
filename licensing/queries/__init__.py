"""Reads with a name: how far a case has come, what a score proposes, what each page shows. Import from here."""

from licensing.queries.cases import (
    deciding,
    facts_of,
    filled,
    form_of,
    holidays_of,
    inspections_of,
    readiness,
    scheme_of,
    schemes_offered,
    score_of,
)

__all__ = [
    "deciding",
    "facts_of",
    "filled",
    "form_of",
    "holidays_of",
    "inspections_of",
    "readiness",
    "scheme_of",
    "schemes_offered",
    "score_of",
]
