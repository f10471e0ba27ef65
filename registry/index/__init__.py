"""The search index: names, numbers and places found as people type them, on plain tables of both engines.

Spaces do not see each other: what the public may find, and what staff may. Import from here.
"""

from registry.index.clues import PUBLIC, STAFF, Name, labelled, of_entry, of_organisation
from registry.index.equal import equal_to
from registry.index.finding import ANSWERS, LONGEST, Found, How, find, is_of
from registry.index.likeness import alike
from registry.index.writing import add, add_many, rebuild, replace
from registry.models import Entry, IndexedName, Organisation

__all__ = [
    "ANSWERS", "LONGEST", "PUBLIC", "STAFF", "Found", "How", "Name", "add", "add_many", "alike", "equal_to", "find",
    "is_at_last_entry", "is_of",
    "labelled", "of_entry", "of_organisation", "rebuild", "replace",
]  # fmt: skip


def is_at_last_entry() -> bool:
    """Whether the newest entry of the register, and the newest file of an organisation, can be found by name."""
    entry = Entry.objects.order_by("-entry_number").first()
    organisation = Organisation.objects.order_by("-pk").first()
    return (entry is None or _is_found(PUBLIC, entry.listing_id, entry.name)) and (
        organisation is None or _is_found(STAFF, organisation.pk, organisation.legal_name)
    )


def _is_found(space: str, subject: int, name: str) -> bool:
    return IndexedName.objects.filter(space=space, subject=subject, kind="legal", text=name.strip()).exists()
