"""Write the search index anew: after a change of how names are folded, or when it is in doubt."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter
from typing import Any

from django.core.management.base import BaseCommand

from registry import search as index
from registry.organisations.models import Organisation, Person
from registry.premises.models import Premises
from registry.register.models import Entry
from registry.search import Name

_CLUES = ("trading_names", "former_names", "company_number", "address", "telephone", "email", "website")
_SHOWN = ("listing_id", "name", "vehicles", *_CLUES)
_FILED = ("legal_name", "utr", "vat_number", *_CLUES)
_NAMED = ("full_name", "former_name", "address", "telephone", "email")


class Command(BaseCommand):
    help = "Write the search index anew from the register's entries, the files of organisations and people, and the premises."

    def handle(self, *args: Any, **options: Any) -> None:
        spaces = (
            (index.PUBLIC, _shown()),
            (index.STAFF, _organisations()),
            (index.PEOPLE, _people()),
            (Premises.SPACE, _premises()),
        )
        for space, subjects in spaces:
            count = index.rebuild(space, subjects)
            self.stdout.write(f"{space}: {count} names")


def _shown() -> Iterator[tuple[int, Iterable[Name]]]:
    """All by which a listing was ever shown, as past days are searched too."""
    entries = Entry.objects.order_by("listing_id", "entry_number").only(*_SHOWN).iterator(chunk_size=2000)
    for listing, shown in groupby(entries, key=attrgetter("listing_id")):
        yield listing, [name for entry in shown for name in index.of_entry(entry)]


def _organisations() -> Iterator[tuple[int, Iterable[Name]]]:
    for organisation in Organisation.objects.order_by("pk").only(*_FILED).iterator(chunk_size=2000):
        yield organisation.pk, index.of_organisation(organisation)


def _people() -> Iterator[tuple[int, Iterable[Name]]]:
    for person in Person.objects.order_by("pk").only(*_NAMED).iterator(chunk_size=2000):
        yield person.pk, index.of_person(person)


def _premises() -> Iterator[tuple[int, Iterable[Name]]]:
    for premises in Premises.objects.only("name", "approval_number").order_by("pk").iterator(chunk_size=2000):
        yield premises.pk, premises.index_names
