"""The search index: names, numbers and places found as people type them, on plain tables of both engines.

Spaces do not see each other: what the public may find, and what staff may. Import from here.
"""

from registry.organisations.models import Organisation, Person
from registry.search.box import search_box as search_box
from registry.search.equal import equal_to as equal_to
from registry.search.finding import ANSWERS as ANSWERS
from registry.search.finding import LONGEST as LONGEST
from registry.search.finding import SAME_BUT_FOR_FORM as SAME_BUT_FOR_FORM
from registry.search.finding import IndexBehind as IndexBehind
from registry.search.finding import SearchHit as SearchHit
from registry.search.finding import SearchMatch as SearchMatch
from registry.search.finding import find as find
from registry.search.finding import holds, holds_last_entry
from registry.search.finding import is_of as is_of
from registry.search.identifiers import PEOPLE as PEOPLE
from registry.search.identifiers import PUBLIC as PUBLIC
from registry.search.identifiers import STAFF as STAFF
from registry.search.identifiers import Name as Name
from registry.search.identifiers import labelled as labelled
from registry.search.identifiers import of_entry as of_entry
from registry.search.identifiers import of_organisation as of_organisation
from registry.search.identifiers import of_person as of_person
from registry.search.keyed import names_by_keys as names_by_keys
from registry.search.keyed import spelled as spelled
from registry.search.keyed import vehicles_by_keys as vehicles_by_keys
from registry.search.likeness import alike as alike
from registry.search.within import NameWithin as NameWithin
from registry.search.within import contacts_of as contacts_of
from registry.search.within import names_within as names_within
from registry.search.writing import NewNames as NewNames
from registry.search.writing import add as add
from registry.search.writing import add_many as add_many
from registry.search.writing import rebuild as rebuild
from registry.search.writing import replace as replace


def is_at_last_entry() -> bool:
    """Whether the newest entry of the register, the newest file of an organisation and the newest person can be found by name."""
    organisation = Organisation.objects.order_by("-pk").first()
    person = Person.objects.order_by("-pk").first()
    return (
        holds_last_entry()
        and (organisation is None or holds(STAFF, organisation.pk, organisation.legal_name))
        and (person is None or holds(PEOPLE, person.pk, person.full_name))
    )
