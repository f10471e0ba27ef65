"""The chain of events, and the counters that give its links and every number in order."""

from collections.abc import Iterable, Mapping
from operator import methodcaller
from typing import Any

from django.db import models, transaction
from django.db.transaction import TransactionManagementError

from registry import signing
from registry.integrity import numbers_file, row_contents
from registry.reading import Read
from registry.signing import ChainLink
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

HELD = ("name", "value", "hash")


class CounterQuerySet(CoveredQuerySet["Counter"]):
    def held(self, name: str) -> "Counter":
        """The counter's row, made if needed and locked until the transaction ends.

        Raises `TransactionManagementError` outside a transaction, on SQLite too: another process would draw the same number.
        """
        if not transaction.get_connection(self.db).in_atomic_block:
            raise TransactionManagementError("Numbers are drawn, and events written, only inside a transaction.")
        for row in row_contents.asked("held", self.select_for_update(), [name], methodcaller("values_list", *HELD)):
            return Counter.from_db(self.db, HELD, row)
        self.bulk_create([Counter(name=name)], ignore_conflicts=True)
        return self.select_for_update().get(name=name)

    def draw(self, name: str) -> int:
        """The next number, never given twice. Drawn only inside a transaction; a rollback gives it back.

        The head of the trail is locked first, so that every transaction takes its locks in one order.
        """
        self.held(Counter.EVENTS)
        counter = self.held(name)
        counter.value += 1
        numbers_file.note(name, counter.value)
        counter.save(update_fields=["value"])
        return counter.value

    def raise_to(self, name: str, value: int) -> bool:
        """Draw no number up to this one: someone else has given it. Whether the counter was behind; one that is further stays."""
        self.held(Counter.EVENTS)
        counter = self.held(name)
        if counter.value >= value:
            return False
        counter.value = value
        numbers_file.note(name, value)
        counter.save(update_fields=["value"])
        return True

    def set_to(self, values: "Mapping[str, int]") -> None:
        """What many counters stand at after numbers were drawn for many things at once: for sample data only (a test)."""
        self.bulk_create(
            [Counter(name=name, value=value) for name, value in values.items()],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["value"],
        )

    def link(self, name: str, content: dict[str, Any]) -> "ChainLink":
        """Add one link to a chain: its number, the hash before it and its own. The head stays locked until commit."""
        (link,) = self.links(name, [content])
        return link

    def links(self, name: str, contents: "Iterable[Mapping[str, Any]]") -> "list[ChainLink]":
        """Add links to a chain, one for each content, in this order."""
        if name != Counter.EVENTS:
            self.held(Counter.EVENTS)
        head = self.held(name)
        added = []
        for content in contents:
            previous = head.hash or signing.GENESIS
            head.value, head.hash = head.value + 1, signing.chain_hash(previous, content)
            added.append(ChainLink(head.value, previous, content, head.hash))
        with transaction.get_connection(self.db).cursor() as cursor:  # no digest covers the heads of chains
            cursor.execute(
                'UPDATE "registry_counter" SET value = %s, hash = %s WHERE name = %s', [head.value, head.hash, name]
            )
        return added


class Counter(CoveredModel):
    """A row that numbers are drawn from; for the two chains, also the hash of the last link."""

    EVENTS = "events"
    ENTRIES = "entries"
    APPLICANTS = "applicants"
    WITHDRAWALS = "withdrawals"

    # The heads of the chains, which hold or do not.
    trail_skips = frozenset({EVENTS, ENTRIES})

    name = models.CharField(primary_key=True, max_length=40)
    value = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    objects = CounterQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.name}: {self.value}"


class EventQuerySet(models.QuerySet["Event"]):
    def of(self, things: Iterable[tuple[str, str]]) -> "EventQuerySet":
        """What was done to these things, each a kind and a reference; newest first."""
        of_kind: dict[str, list[str]] = {}
        for kind, reference in things:
            of_kind.setdefault(kind, []).append(reference)
        wanted = models.Q()
        for kind, references in of_kind.items():
            wanted |= models.Q(kind=kind, reference__in=references)
        # Of nothing there is nothing. To begin with what never holds would make SQLite read every event.
        return self.filter(wanted).order_by("-number") if wanted else self.none()


class Event(models.Model):
    """One thing that somebody did. Append-only: triggers refuse a change or a deletion; each row carries the hash of the last.

    Rows hold words, not foreign keys, so that the record outlives what it speaks of.
    """

    number = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=20, help_text="reference of the user; empty for the public")
    by_name = models.CharField(max_length=200, blank=True)
    verb = models.CharField(max_length=40)
    kind = models.CharField(max_length=40, help_text="what it was done to: licence, application …")
    reference = models.CharField(max_length=40)
    before = models.CharField(max_length=40, blank=True)
    after = models.CharField(max_length=40, blank=True)
    because = models.TextField(blank=True)
    facts = models.JSONField(default=dict)
    covers = models.CharField(
        max_length=64, blank=True, help_text="digest of the digests of all covered rows that were written with it"
    )
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="event_of_one_thing", fields=["kind", "reference", "number"]),
            models.Index(name="event_by_one_person", fields=["by", "number"]),
            # When each case was taken in hand, for the figures: not to be looked for among all that happened to it.
            models.Index(
                name="event_taken_in_hand",
                fields=["reference", "number", "at"],
                condition=models.Q(kind="application", verb="begin_assessment"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.verb} {self.kind} {self.reference}"

    @property
    def read(self) -> Read:
        """What is read by reading the event: the facts in it are of the thing that it speaks of."""
        return Read(self.kind, self.reference)


def reference_of(thing: models.Model) -> str:
    """What the trail calls a thing: its reference, or its key where it has none."""
    return str(getattr(thing, "reference", None) or thing.pk)
