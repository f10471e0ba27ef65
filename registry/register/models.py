"""The public register: listings that last, and entries that say what the public was told, from when until when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from registry import schemes
from registry.fields import WrittenOnce
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Outcome, ReasonKind, Standing
from registry.schemes import Objections
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.trail.models.events import Counter

if TYPE_CHECKING:
    from typing import Self


class Listing(CoveredModel):
    """The public identity of an applicant or holder under one scheme. It never changes; what is said of it is in its entries."""

    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="listings")
    scheme = models.CharField(max_length=60)
    code = models.CharField(max_length=8, unique=True, help_text="the short code printed on certificates")

    class Meta:
        constraints = [models.UniqueConstraint(name="listing_once_in_a_scheme", fields=["organisation", "scheme"])]

    def __str__(self) -> str:
        return self.code

    @property
    def reference(self) -> str:
        return self.code


class PublicReasonQuerySet(CoveredQuerySet["PublicReason"]):
    def shown(self) -> "PublicReasonQuerySet":
        return self.filter(shown_at__isnull=False, withdrawn_at=None)

    def due_on(self, day: date) -> "PublicReasonQuerySet":
        """Held back until a day that has come."""
        return self.filter(shown_at=None, withdrawn_at=None, shown_from__lte=day)


class PublicReason(CoveredModel):
    """Why one thing was decided or a licence ended, in one sentence for everyone. In the entries from when it is shown until withdrawn."""

    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="reasons")
    kind = models.CharField(max_length=20, choices=ReasonKind)
    standard = models.CharField(max_length=10, blank=True, help_text="code of the standard; none where it is of facts")
    last_day = models.DateField(null=True, blank=True, help_text="of the licence, where the sentence is made of facts")
    sentence = models.JSONField(help_text="by language: English, and others where it is from the pack")
    is_composed = models.BooleanField(help_text="in the words of the pack")
    decision = models.CharField(max_length=20, blank=True, help_text="reference of the decision, if there is one")
    decided_on = models.DateField()
    shown_from = models.DateField(help_text="held back until this day")
    shown_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    instead_of = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="corrections")

    objects = PublicReasonQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="public_reason_of_decision", fields=["decision"]),
            models.Index(
                name="public_reason_held", fields=["shown_from"], condition=Q(shown_at=None, withdrawn_at=None)
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="public_reason_of_one_end",
                fields=["listing", "kind", "last_day"],
                condition=Q(last_day__isnull=False, withdrawn_at=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision or self.listing}: {self.standard or self.kind}"

    @property
    def reference(self) -> str:
        return f"{self.decision or self.listing}.{self.pk}"

    @property
    def is_held_back(self) -> bool:
        return self.shown_at is None and self.withdrawn_at is None

    @property
    def content(self) -> dict[str, Any]:
        """As an entry holds it. Without a last day it is as it was before there was one, and so is the hash."""
        said = {"kind": self.kind, "standard": self.standard, "sentence": self.sentence, "composed": self.is_composed}
        last_day = {"last_day": self.last_day.isoformat()} if self.last_day else {}
        return {**said, "on": self.decided_on.isoformat(), **last_day}


class Withdrawal(CoveredModel):
    """An entry that was closed with none after it: numbered apart, so that who follows the register misses none."""

    number = models.BigIntegerField(primary_key=True)
    entry = models.OneToOneField("registry.Entry", on_delete=models.PROTECT, related_name="withdrawal")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.number}: {self.entry}"


def _over(field: str, day: date, *others: str) -> Q:
    """`field` has come by `day`, and came no later than any of the others that are set."""
    came = Q(**{f"{field}__lte": day})
    for other in others:
        came &= Q(**{other: None}) | Q(**{f"{other}__gte": F(field)})
    return came


class EntryQuerySet(CoveredQuerySet["Entry"]):
    def shown_at(self, instant: datetime) -> "Self":
        """The register as anyone could read it at that instant."""
        return self.filter(Q(shown_until=None) | Q(shown_until__gt=instant), shown_from__lte=instant)

    def heads(self) -> tuple[int, int]:
        """The numbers of the last entry and of the last withdrawal, as one statement sees them; 0 where there is none."""
        drawn = Counter.objects.using(self.db).filter(name__in=[Counter.ENTRIES, Counter.WITHDRAWALS])
        values = dict(drawn.values_list("name", "value"))
        return values.get(Counter.ENTRIES, 0), values.get(Counter.WITHDRAWALS, 0)

    def with_heads(self) -> "Self":
        """Adds `last_entry` and `last_withdrawal` to each row: the same as `heads`, in the statement that reads it."""
        drawn = Counter.objects.values("value")
        return self.annotate(
            last_entry=Coalesce(Subquery(drawn.filter(name=Counter.ENTRIES)), 0),
            last_withdrawal=Coalesce(Subquery(drawn.filter(name=Counter.WITHDRAWALS)), 0),
        )

    def standing_at(self, entry: int, withdrawal: int) -> "Self":
        """The register when these were its last entry and withdrawal: made by then, with none after it by then, and not
        taken off by then. Unlike `shown_at`, the same for ever, whatever is made while it is read."""
        later = Entry.objects.filter(
            listing=OuterRef("listing"), entry_number__gt=OuterRef("entry_number"), entry_number__lte=entry
        )
        taken_off = Withdrawal.objects.filter(entry=OuterRef("pk"), number__lte=withdrawal)
        made = self.filter(entry_number__lte=entry)
        return made.filter(Q(shown_until=None) | (~Exists(later) & ~Exists(taken_off)))

    def standing_on(self, day: date) -> "Self":
        """Adds `standing`, worked out from the entry's own dates: the one definition in the project.

        The earliest end wins for good; when a licence runs out on the eve of a revocation, it ran its term: expired.
        """
        ran_out = Q(valid_until__lt=day)
        for end in ("revoked_from", "surrendered_from", "ended_from"):
            ran_out &= Q(**{end: None}) | Q(valid_until__lt=F(end))
        suspended = Q(suspended_from__lte=day) & (Q(suspended_until=None) | Q(suspended_until__gte=day))
        return self.annotate(
            standing=WrittenOnce(
                When(Q(valid_from=None) & Q(refused_from__lte=day), then=Value(Standing.REFUSED)),
                When(Q(valid_from=None) | Q(valid_from__gt=day), then=Value(Standing.APPLIED)),
                When(ran_out, then=Value(Standing.EXPIRED)),
                When(_over("revoked_from", day, "surrendered_from", "ended_from"), then=Value(Standing.REVOKED)),
                When(_over("surrendered_from", day, "revoked_from", "ended_from"), then=Value(Standing.SURRENDERED)),
                When(Q(ended_from__lte=day), then=Value(Standing.EXPIRED)),
                When(suspended, then=Value(Standing.SUSPENDED)),
                When(
                    Q(revoked_from__isnull=False) | Q(appealed_from__isnull=False),
                    then=Value(Standing.REVOCATION_TO_COME),
                ),
                When(condition_count__gt=0, then=Value(Standing.LICENSED_WITH_CONDITIONS)),
                default=Value(Standing.LICENSED),
                output_field=models.CharField(),
            )
        )


class Entry(CoveredModel):
    """What the public was told about one listing, from an instant until an instant.

    Append-only: a trigger lets `shown_until` go from nothing to a value once, and nothing else. Flat, and public by
    construction: only what anyone may read is copied in. Dates `…_from` are the first day without; `valid_until` and
    `suspended_until` are the last day with.
    """

    entry_number = models.BigIntegerField(primary_key=True)
    listing = models.ForeignKey(Listing, on_delete=models.PROTECT, related_name="entries")
    scheme = models.CharField(max_length=60)
    number = models.CharField(
        max_length=30,
        help_text="licence number, APP-00001 before the first grant, or the number of the authority before us",
    )
    name = models.CharField(max_length=200)
    trading_names = models.JSONField(default=list)
    former_names = models.JSONField(default=list)
    company_number = models.CharField(max_length=8, blank=True)
    address = models.JSONField(
        default=dict, help_text="of the business: line_1, line_2, town, county, postcode, country"
    )
    telephone = models.CharField(max_length=20, blank=True)
    email = models.CharField(max_length=254, blank=True)
    website = models.CharField(max_length=200, blank=True)
    sectors = models.JSONField(default=list)
    supplies_to = models.JSONField(default=list)
    applied_on = models.DateField(null=True)
    refused_from = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)
    suspended_from = models.DateField(null=True)
    suspended_until = models.DateField(null=True)
    revoked_from = models.DateField(null=True)
    appealed_from = models.DateField(
        null=True, help_text="since when the licence goes on, revoked, until an appeal is decided"
    )
    surrendered_from = models.DateField(null=True)
    ended_from = models.DateField(null=True)
    conditions = models.JSONField(
        default=list, help_text="standard, requirement, due_on of each that the pack publishes"
    )
    condition_count = models.PositiveIntegerField(default=0)
    vehicles = models.JSONField(null=True, help_text="registration numbers: only where the pack publishes them")
    reasons = models.JSONField(
        null=True, help_text="kind, standard, on and sentence of each reason of a decision that the pack publishes"
    )
    named_people = models.JSONField(null=True, help_text="listed only where the pack says so")
    named_digests = models.JSONField(
        default=list, help_text="keyed digests: a typed name can be confirmed, none can be listed"
    )
    named_positions = models.JSONField(default=list)
    issued_by = models.CharField(max_length=200)
    taken_over = models.JSONField(
        null=True,
        help_text="of a licence that another authority gave: from which, on which day, and whether this is of the time before",
    )
    shown_from = models.DateTimeField()
    shown_until = models.DateTimeField(null=True)
    content_hash = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        constraints = [
            models.UniqueConstraint(name="entry_one_open_each", fields=["listing"], condition=Q(shown_until=None)),
            models.CheckConstraint(
                name="entry_shown_forward", condition=Q(shown_until=None) | Q(shown_until__gte=F("shown_from"))
            ),
        ]
        indexes = [
            models.Index(name="entry_by_number", fields=["number", "entry_number"]),
            models.Index(name="entry_of_listing", fields=["listing", "shown_from"]),
            models.Index(name="entry_shown", fields=["shown_from", "shown_until"]),
        ]

    if TYPE_CHECKING:
        standing: str
        last_entry: int
        last_withdrawal: int

    def __str__(self) -> str:
        return f"{self.entry_number}: {self.number} {self.name}"

    @classmethod
    def previewed(cls, listing: Listing, content: Mapping[str, Any], *, standing: Standing, at: datetime) -> "Entry":
        """An entry as it would be, to be looked at: it has no number, is not kept and tells the public nothing."""
        entry = cls(listing=listing, shown_from=at, **content)
        entry.standing = standing
        return entry

    def was_shown_at(self, instant: datetime) -> bool:
        """The same as `EntryQuerySet.shown_at`, of one that has been read."""
        return self.shown_from <= instant and (self.shown_until is None or self.shown_until > instant)

    def objections_on(self, day: date) -> Objections | None:
        """The scheme's rules for objecting to this applicant, as long as that is open: those of the day it applied."""
        if self.applied_on is None or self.valid_from or self.refused_from:
            return None
        rules = schemes.in_force(self.scheme, self.applied_on).objections
        return rules if rules and day <= rules.last_day(self.applied_on) else None

    @property
    def published_by_us(self) -> bool:
        """False of what another authority has told us of the time before we took its register over."""
        return not (self.taken_over and self.taken_over["past"])

    @property
    def taken_over_on(self) -> date | None:
        return date.fromisoformat(self.taken_over["on"]) if self.taken_over else None

    @property
    def outcome(self) -> Outcome:
        return OUTCOMES[Standing(self.standing)]

    @property
    def is_licensed(self) -> bool:
        return Standing(self.standing) in LICENSED_STANDINGS
