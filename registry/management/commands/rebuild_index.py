"""Write the search index anew: after a change of how names are folded, or when it is in doubt."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.core.management.base import BaseCommand

from registry import index
from registry.index import Name, labelled
from registry.models import Entry, Organisation, Premises


class Command(BaseCommand):
    help = "Write the search index anew from the register's entries, the organisations' files and the premises."

    def handle(self, *args: Any, **options: Any) -> None:
        spaces = ((index.PUBLIC, _shown()), (index.STAFF, _organisations()), (Premises.SPACE, _premises()))
        for space, subjects in spaces:
            count = index.rebuild(space, subjects)
            self.stdout.write(f"{space}: {count} names")


def _shown() -> Iterator[tuple[int, Iterable[Name]]]:
    """Every name that was ever shown of a listing, as past days are searched too."""
    entries = Entry.objects.order_by("listing_id", "entry_number")
    rows = entries.values_list("listing_id", "name", "trading_names", "former_names").iterator(chunk_size=2000)
    for listing, shown in groupby(rows, key=itemgetter(0)):
        yield listing, [name for _listing, *names in shown for name in labelled(*names)]


def _organisations() -> Iterator[tuple[int, Iterable[Name]]]:
    rows = Organisation.objects.order_by("pk").values_list("pk", "legal_name", "trading_names", "former_names")
    for organisation, *names in rows.iterator(chunk_size=2000):
        yield organisation, labelled(*names)


def _premises() -> Iterator[tuple[int, Iterable[Name]]]:
    for premises in Premises.objects.only("name", "approval_number").order_by("pk").iterator(chunk_size=2000):
        yield premises.pk, premises.index_names
