"""Matching: which files of organisations may be of the same people under another name, and what speaks for it.

Blocking is one indexed table of keyed digests (`Trait`), written by the actions that change a file; scoring is plain code
over what two files share. It knows nothing of licences or refusals, and decides nothing. Import from here.
"""

from registry.matching.bank_accounts import accounts_in, bank_account
from registry.matching.evidence import Likeness, MatchSignal
from registry.matching.finding import (
    ExtraKnowledge,
    alike,
    people_named,
    same_people,
    told_of_organisation,
    told_of_person,
    who_has,
)
from registry.matching.match_keys import account_digest, key, of_organisation, of_person
from registry.matching.people import RUNS, FilePerson, Resemblance
from registry.matching.weights import SHOWN, STRONG
from registry.matching.writing import (
    add_files,
    is_written,
    note_account,
    note_companies,
    note_facts,
    note_organisation,
    note_person,
    note_premises,
    rebuild,
)

__all__ = [
    "RUNS",
    "SHOWN",
    "STRONG",
    "ExtraKnowledge",
    "FilePerson",
    "Likeness",
    "MatchSignal",
    "Resemblance",
    "account_digest",
    "accounts_in",
    "add_files",
    "alike",
    "bank_account",
    "is_written",
    "key",
    "note_account",
    "note_companies",
    "note_facts",
    "note_organisation",
    "note_person",
    "note_premises",
    "of_organisation",
    "of_person",
    "people_named",
    "rebuild",
    "same_people",
    "told_of_organisation",
    "told_of_person",
    "who_has",
]
