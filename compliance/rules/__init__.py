"""What must be true before something is done, noun by noun. Those about inspections are imported from here."""

from compliance.rules.inspections import (
    Found,
    Proposal,
    Score,
    call_off_blockers,
    commission_blockers,
    confirm_blockers,
    inspector_blockers,
    proposes,
    reassign_blockers,
    record_blockers,
    report_blockers,
    return_for_correction_blockers,
    score,
)

__all__ = [
    "Found",
    "Proposal",
    "Score",
    "call_off_blockers",
    "commission_blockers",
    "confirm_blockers",
    "inspector_blockers",
    "proposes",
    "reassign_blockers",
    "record_blockers",
    "report_blockers",
    "return_for_correction_blockers",
    "score",
]
