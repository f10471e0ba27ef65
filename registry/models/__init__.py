"""What is kept, noun by noun. Import from here."""

from registry.models.history import Counter, Event, Letter
from registry.models.index import IndexedClue, IndexedName, IndexedWord, Misspelling, Posting
from registry.models.licences import Condition, Licence
from registry.models.organisations import Fact, Holiday, Membership, Organisation, Person, Role
from registry.models.premises import Import, PlaceOfSupply, Premises
from registry.models.register import Entry, Listing, Withdrawal
from registry.models.users import User

__all__ = [
    "Condition",
    "Counter",
    "Entry",
    "Event",
    "Fact",
    "Holiday",
    "Import",
    "IndexedClue",
    "IndexedName",
    "IndexedWord",
    "Letter",
    "Licence",
    "Listing",
    "Membership",
    "Misspelling",
    "Organisation",
    "Person",
    "PlaceOfSupply",
    "Posting",
    "Premises",
    "Role",
    "User",
    "Withdrawal",
]
