"""What is kept, noun by noun. Import from here."""

from registry.models.agencies import Agency, Remit, Way
from registry.models.companies import Company
from registry.models.conflicts import Conflict, ConflictQuerySet
from registry.models.covered import CoveredModel, CoveredQuerySet, RowDigest
from registry.models.documents import Document
from registry.models.history import Counter, Event, FormerLetter, Letter
from registry.models.holidays import Calendar, Holiday
from registry.models.index import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from registry.models.keys import ApiKey, Scope
from registry.models.licences import Condition, Licence
from registry.models.listed import ListedParty
from registry.models.matching import Trait, TraitKind
from registry.models.memberships import Act, Consent, Invitation, Membership
from registry.models.organisations import Fact, Organisation, Person, Role, RoleKind
from registry.models.premises import Import, PlaceOfSupply, Premises
from registry.models.register import Entry, Listing, Withdrawal
from registry.models.retention import Erasure, Hold
from registry.models.saved_views import SavedView, WorkList
from registry.models.users import User
from registry.models.verifications import TrailVerification

__all__ = [
    "Act",
    "Agency",
    "ApiKey",
    "Calendar",
    "Company",
    "Condition",
    "Conflict",
    "ConflictQuerySet",
    "Consent",
    "Counter",
    "CoveredModel",
    "CoveredQuerySet",
    "Document",
    "Entry",
    "Erasure",
    "Event",
    "Fact",
    "FormerLetter",
    "Hold",
    "Holiday",
    "Import",
    "IndexedClue",
    "IndexedName",
    "IndexedWord",
    "Invitation",
    "Letter",
    "Licence",
    "ListedParty",
    "Listing",
    "Membership",
    "Misspelling",
    "Organisation",
    "Person",
    "PlaceOfSupply",
    "Posting",
    "Premises",
    "Remit",
    "Role",
    "RoleKind",
    "RowDigest",
    "SavedView",
    "Scope",
    "TrailVerification",
    "Trait",
    "TraitKind",
    "User",
    "Way",
    "Withdrawal",
    "WorkList",
]
