"""Who read what: what can be read at which address is declared once, and each reading is written down. Import from here."""

from registry.reading.subjects import (
    DECLARED,
    Read,
    ReadSubject,
    act_in_words,
    declare,
    is_act,
    is_of_api,
    is_of_staff,
    is_restricted,
    kind_called,
    knows,
    reads,
    subject_of,
    subjects,
    within,
)

__all__ = [
    "DECLARED",
    "Read",
    "ReadSubject",
    "act_in_words",
    "declare",
    "is_act",
    "is_of_api",
    "is_of_staff",
    "is_restricted",
    "kind_called",
    "knows",
    "reads",
    "subject_of",
    "subjects",
    "within",
]
