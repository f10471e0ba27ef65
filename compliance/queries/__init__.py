"""Reads with a name: what was found, whose turn it is, and who helps. Import from here."""

from compliance.queries.findings import (
    Tested,
    TestedSection,
    confirmed_for,
    for_case,
    for_licence,
    holds_open_inspection,
    inspections_for,
    scheme_of,
    score_of,
    section_of,
    sections_of,
    unmet,
)
from compliance.queries.help import Helper, authorities, helpers
from compliance.queries.work import (
    InspectionFile,
    inspection_file,
    inspections,
    inspectors,
    open_count_for,
    waiting_for,
)

__all__ = [
    "Helper",
    "InspectionFile",
    "Tested",
    "TestedSection",
    "authorities",
    "confirmed_for",
    "for_case",
    "for_licence",
    "helpers",
    "holds_open_inspection",
    "inspection_file",
    "inspections",
    "inspections_for",
    "inspectors",
    "open_count_for",
    "scheme_of",
    "score_of",
    "section_of",
    "sections_of",
    "unmet",
    "waiting_for",
]
