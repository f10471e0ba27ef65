from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from registry import signing
from registry.models.covered import CoveredModel, CoveredQuerySet
from registry.signing import Link

if TYPE_CHECKING:
    from datetime import datetime

    from registry.models.users import User


class CounterQuerySet(CoveredQuerySet["Counter"]):
    def held(self, name: str) -> "Counter":
        """The counter's row, made if needed and locked until the transaction ends."""
        counter = self.select_for_update().filter(name=name).first()
        if counter is not None:
            return counter
        self.bulk_create([Counter(name=name)], ignore_conflicts=True)
        return self.select_for_update().get(name=name)

    def draw(self, name: str) -> int:
        """The next number, never given twice. Drawn only inside a transaction; a rollback gives it back.

        The head of the trail is locked first, so that every transaction takes its locks in one order.
        """
        self.held(Counter.EVENTS)
        counter = self.held(name)
        counter.value += 1
        counter.save(update_fields=["value"])
        return counter.value

    def set_to(self, values: "Mapping[str, int]") -> None:
        """What many counters stand at after numbers were drawn for many things at once: for sample data only (a test)."""
        self.bulk_create(
            [Counter(name=name, value=value) for name, value in values.items()],
            update_conflicts=True,
            unique_fields=["name"],
            update_fields=["value"],
        )

    def link(self, name: str, content: dict[str, Any]) -> "Link":
        """Add one link to a chain: its number, the hash before it and its own. The head stays locked until commit."""
        (link,) = self.links(name, [content])
        return link

    def links(self, name: str, contents: "Iterable[Mapping[str, Any]]") -> "list[Link]":
        """Add links to a chain, one for each content, in this order."""
        if name != Counter.EVENTS:
            self.held(Counter.EVENTS)
        head = self.held(name)
        added = []
        for content in contents:
            previous = head.hash or signing.GENESIS
            head.value, head.hash = head.value + 1, signing.chain_hash(previous, content)
            added.append(Link(head.value, previous, content, head.hash))
        head.save(update_fields=["value", "hash"])
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
        wanted = models.Q()
        for kind, reference in things:
            wanted |= models.Q(kind=kind, reference=reference)
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


class LetterQuerySet(CoveredQuerySet["Letter"]):
    def due(self, at: "datetime") -> "LetterQuerySet":
        """Not yet with everybody whom it goes to, not refused for good, and the time of the next try has come."""
        waiting = self.filter(sent_at=None, refused_at=None, address__gt="")
        return waiting.filter(models.Q(next_try=None) | models.Q(next_try__lte=at))

    def undelivered(self, before: "datetime") -> "LetterQuerySet":
        """Refused for good; or written before this instant, and neither with everybody whom it goes to nor in the post."""
        return self.filter(sent_at=None, posted_at=None).filter(
            models.Q(refused_at__isnull=False) | models.Q(at__lt=before)
        )

    def to_post(self) -> "LetterQuerySet":
        """To organisations and agencies that have no email address: printed, and posted by somebody."""
        # No mail goes to nowhere, so nothing of this was sent: saying so, it is found by the index of what was not.
        return self.of_business().filter(address="", sent_at=None, posted_at=None)

    def of_business(self) -> "LetterQuerySet":
        """To organisations and to other authorities: not to followers, to somebody who reports, or to a colleague."""
        return self.filter(models.Q(organisation__isnull=False) | models.Q(agency__isnull=False))

    def about(self, reference: str) -> "LetterQuerySet":
        return self.filter(reference=reference)

    def written_to(self, user: "User") -> "LetterQuerySet":
        """Those that went to this person's address, as the first or as one of all who act for the organisation."""
        of_theirs = models.Q(organisation__memberships__user=user, copies__icontains=f'"{user.email}"')
        return self.filter(models.Q(address__iexact=user.email) | of_theirs).distinct()


class Letter(CoveredModel):
    """What was said to whom: the template, and the facts as they were. Mailed after commit, and can be printed again exactly."""

    trail_omits = frozenset(
        {"attempts", "repeats", "reached", "refused", "last_error", "next_try", "sent_at", "refused_at", "posted_at"}
    )

    number = models.CharField(max_length=20, unique=True)
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    agency = models.ForeignKey(
        "registry.Agency", null=True, blank=True, on_delete=models.PROTECT, related_name="letters"
    )
    address = models.EmailField(blank=True)
    copies = models.JSONField(default=list, help_text="the addresses of all others who act for the organisation")
    reached = models.JSONField(default=list, help_text="the addresses whose mail server has taken it")
    refused = models.JSONField(default=dict, help_text="what the mail server said, by the address refused for good")
    subject = models.CharField(max_length=300)
    reference = models.CharField(_("about"), max_length=40)
    facts = models.JSONField(default=dict)
    sheet = models.TextField(
        blank=True, help_text="the words as they were sent; empty where the template has always been filled in anew"
    )
    edition = models.PositiveSmallIntegerField(default=1, help_text="one more for each time it was corrected")
    at = models.DateTimeField()
    trail_number = models.BigIntegerField(help_text="head of the trail when it was written")
    trail_hash = models.CharField(max_length=64)
    message_id = models.CharField(max_length=120, unique=True)
    attempts = models.PositiveIntegerField(default=0)
    repeats = models.PositiveIntegerField(
        default=0, help_text="attempts after one of which nobody knows whether it arrived: it may have come twice"
    )
    last_error = models.TextField(blank=True)
    next_try = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    refused_at = models.DateTimeField(
        null=True, blank=True, help_text="nothing is left to try, and somebody refused it"
    )
    posted_at = models.DateTimeField(
        null=True, blank=True, help_text="by somebody, where there is no address to mail it to"
    )

    objects = LetterQuerySet.as_manager()

    class Meta:
        permissions = [
            ("send_letter_again", "Send a letter that was refused again, to a corrected address"),
            ("correct_letter", "Correct a slip in a letter, which is sent anew under its number"),
            ("post_letters", "Print letters that go by post, and say when they are posted"),
        ]
        indexes = [
            models.Index(name="letter_about_one_thing", fields=["reference", "-at"]),
            models.Index(name="letter_to_be_sent", fields=["next_try"], condition=models.Q(sent_at=None)),
            models.Index(name="letter_undelivered", fields=["at", "id"], condition=models.Q(sent_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number}: {self.subject}"

    @property
    def receiver(self) -> str:
        """Whom it is for, as staff read it."""
        return str(self.organisation or self.agency or self.address)

    @property
    def addresses(self) -> list[str]:
        """Everybody whom it goes to, each once."""
        return list(dict.fromkeys(one for one in (self.address, *self.copies) if one))

    @property
    def left(self) -> list[str]:
        """The addresses that are still to be tried."""
        return [one for one in self.addresses if one not in self.reached and one not in self.refused]


class FormerLetter(CoveredModel):
    """A letter as it was before it was corrected: kept as it was sent, to be read and printed, marked as replaced."""

    letter = models.ForeignKey(Letter, on_delete=models.CASCADE, related_name="former")
    edition = models.PositiveSmallIntegerField()
    template = models.CharField(max_length=80)
    language = models.CharField(max_length=10)
    subject = models.CharField(max_length=300)
    facts = models.JSONField(default=dict)
    sheet = models.TextField()
    addresses = models.JSONField(default=list, help_text="to whom it went")
    at = models.DateTimeField()
    trail_number = models.BigIntegerField()
    trail_hash = models.CharField(max_length=64)
    replaced_at = models.DateTimeField()
    replaced_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    because = models.TextField(help_text="what was wrong; its receiver reads it")

    class Meta:
        constraints = [models.UniqueConstraint(name="former_letter_once_an_edition", fields=["letter", "edition"])]

    def __str__(self) -> str:
        return f"{self.letter.number}, edition {self.edition}"

    @property
    def number(self) -> str:
        """The number that it shares with the letter that replaces it."""
        return self.letter.number

    @property
    def reference(self) -> str:
        """What it is about."""
        return self.letter.reference
