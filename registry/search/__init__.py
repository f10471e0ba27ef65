"""The search index: names, numbers and places found as people type them, on plain tables of both engines.

Spaces do not see each other: what the public may find, and what staff may. Import from here.
"""

from registry.organisations.models import Organisation, Person
from registry.search.box import search_box
from registry.search.equal import equal_to
from registry.search.finding import (
    ANSWERS,
    LONGEST,
    SAME_BUT_FOR_FORM,
    IndexBehind,
    SearchHit,
    SearchMatch,
    find,
    holds,
    holds_last_entry,
    is_of,
)
from registry.search.identifiers import PEOPLE, PUBLIC, STAFF, Name, labelled, of_entry, of_organisation, of_person
from registry.search.keyed import names_by_keys, spelled, vehicles_by_keys
from registry.search.likeness import alike
from registry.search.within import NameWithin, contacts_of, names_within
from registry.search.writing import NewNames, add, add_many, rebuild, replace

__all__ = [
    "ANSWERS",
    "LONGEST",
    "PEOPLE",
    "PUBLIC",
    "SAME_BUT_FOR_FORM",
    "STAFF",
    "IndexBehind",
    "Name",
    "NameWithin",
    "NewNames",
    "SearchHit",
    "SearchMatch",
    "add",
    "add_many",
    "alike",
    "contacts_of",
    "equal_to",
    "find",
    "is_at_last_entry",
    "is_of",
    "labelled",
    "names_by_keys",
    "names_within",
    "of_entry",
    "of_organisation",
    "of_person",
    "rebuild",
    "replace",
    "search_box",
    "spelled",
    "vehicles_by_keys",
]


def is_at_last_entry() -> bool:
    """Whether the newest entry of the register, the newest file of an organisation and the newest person can be found by name."""
    organisation = Organisation.objects.order_by("-pk").first()
    person = Person.objects.order_by("-pk").first()
    return (
        holds_last_entry()
        and (organisation is None or holds(STAFF, organisation.pk, organisation.legal_name))
        and (person is None or holds(PEOPLE, person.pk, person.full_name))
    )
