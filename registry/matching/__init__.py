"""Matching: which files of organisations may be of the same people under another name, and what speaks for it.

Blocking is one indexed table of keyed digests (`Trait`), written by the actions that change a file; scoring is plain code
over what two files share. It knows nothing of licences or refusals, and decides nothing. Import from here.
"""

from registry.matching.bank_accounts import accounts_in as accounts_in
from registry.matching.bank_accounts import bank_account as bank_account
from registry.matching.evidence import Likeness as Likeness
from registry.matching.evidence import MatchSignal as MatchSignal
from registry.matching.finding import ExtraKnowledge as ExtraKnowledge
from registry.matching.finding import alike as alike
from registry.matching.finding import people_named as people_named
from registry.matching.finding import same_people as same_people
from registry.matching.finding import told_of_organisation as told_of_organisation
from registry.matching.finding import told_of_person as told_of_person
from registry.matching.finding import who_has as who_has
from registry.matching.match_keys import account_digest as account_digest
from registry.matching.match_keys import key as key
from registry.matching.match_keys import of_organisation as of_organisation
from registry.matching.match_keys import of_person as of_person
from registry.matching.models import TraitKind as TraitKind
from registry.matching.people import RUNS as RUNS
from registry.matching.people import FilePerson as FilePerson
from registry.matching.people import Resemblance as Resemblance
from registry.matching.weights import SHOWN as SHOWN
from registry.matching.weights import STRONG as STRONG
from registry.matching.writing import add_files as add_files
from registry.matching.writing import is_written as is_written
from registry.matching.writing import note_account as note_account
from registry.matching.writing import note_companies as note_companies
from registry.matching.writing import note_facts as note_facts
from registry.matching.writing import note_organisation as note_organisation
from registry.matching.writing import note_person as note_person
from registry.matching.writing import note_premises as note_premises
from registry.matching.writing import rebuild as rebuild
