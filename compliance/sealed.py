"""What the vault holds, by table: with which key it was sealed, and sealing it again with the first one. No one reads what was sealed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection, models, transaction
from django.db.models import Count, Q, QuerySet, Value
from django.db.models.functions import Substr

from compliance import vault
from compliance.intelligence.models.sources import SealedIdentity
from compliance.reports.models.contacts import ReportContact
from compliance.reports.models.recordings import ReportRecording
from compliance.safeguarding.models.people import SealedPerson
from registry import sealing_keys
from registry.sealing_keys import KeyCount, SealedBatch

#: The migration that makes it says why: the role of the pages may know how many, and nothing else.
COUNTS = "SELECT kind, mark, number FROM compliance_keys_of_seals()"


@dataclass(frozen=True, slots=True)
class SealedTable:
    """One table of the vault, what its rows are sealed for, and what is digested of them again."""

    title: str
    model: type[models.Model]
    purpose: str
    mark: Callable[[Any], None] | None = None

    @property
    def rows(self) -> "QuerySet[Any]":
        """With the first characters of what is sealed."""
        return self.model._default_manager.annotate(
            head=Substr("sealed", 1, sealing_keys.MARK + 1, output_field=type(self._column)())
        )

    @property
    def _column(self) -> Any:
        return self.model._meta.get_field("sealed")

    def count(self) -> KeyCount:
        if connection.vendor == "postgresql" and self.model in {SealedIdentity, SealedPerson}:
            return sealing_keys.count(_counted_by_function(self.model._meta.db_table))
        heads = self.rows.values_list("head").annotate(number=Count("pk")).order_by()
        return sealing_keys.count((sealing_keys.mark_in(head), number) for head, number in heads)

    @transaction.atomic
    def seal_again(self, after: int, size: int) -> SealedBatch:
        """The next rows that are not sealed with the first key, in the order of their keys."""
        first = f"{sealing_keys.marks()[0]}."
        head: Any = first.encode() if isinstance(self._column, models.BinaryField) else first
        others = self.rows.filter(~Q(head=Value(head, output_field=type(self._column)())), pk__gt=after)
        rows = list(others.order_by("pk").select_for_update(of=("self",))[:size])
        done = sum(map(self._seal_again, rows))
        return SealedBatch(rows[-1].pk if rows else None, done, len(rows) - done)

    def _seal_again(self, row: Any) -> bool:
        """Whether it could be opened."""
        is_text = isinstance(row.sealed, str)
        before = row.sealed.encode() if is_text else bytes(row.sealed)
        try:
            sealed = vault.seal_of(self.purpose).again(before)
        except vault.NotOpened:
            return False
        row.sealed = sealed.decode() if is_text else sealed
        row.save(update_fields=["sealed"])
        if self.mark:
            self.mark(row)
        return True


def _counted_by_function(table: str) -> Iterator[tuple[str, int]]:
    with connection.cursor() as cursor:
        cursor.execute(COUNTS)
        yield from [(mark, number) for kind, mark, number in cursor.fetchall() if kind == table]


def _mark_reporter(row: ReportContact) -> None:
    vault.mark_reporter(row, vault.unseal(vault.CONTACT, row.sealed))


def _mark_source(row: SealedIdentity) -> None:
    vault.mark(row.source, vault.unseal(vault.IDENTITY, row.sealed))


TABLES = (
    SealedTable("how to reach reporters", ReportContact, vault.CONTACT, _mark_reporter),
    SealedTable("voices of reporters", ReportRecording, vault.VOICE),
    SealedTable("who sources are", SealedIdentity, vault.IDENTITY, _mark_source),
    SealedTable("people at risk", SealedPerson, vault.PERSON),
)
