"""Labour market undertakings from the draft on, and the order that a court may make in their place (ERA 2025, ss.119-129)."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.states.undertakings import IN_NEGOTIATION, ORDER_HOLDS, UNDERTAKING, UndertakingStatus
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

UNDERTAKING_STATUSES: list[tuple[str, str | Promise]] = [
    (UndertakingStatus.DRAFT.value, _("Drafted, to be served")),
    (UndertakingStatus.DISCARDED.value, _("Not served")),
    (UndertakingStatus.NOTICE.value, _("Notice served")),
    (UndertakingStatus.NEGOTIATING.value, _("Being negotiated")),
    (UndertakingStatus.ACCEPTED.value, _("Undertaking in force")),
    (UndertakingStatus.REFUSED.value, _("Refused")),
    (UndertakingStatus.LAPSED.value, _("Lapsed without an undertaking")),
    (UndertakingStatus.RELEASED.value, _("Released")),
    (UndertakingStatus.BREACHED.value, _("Breached")),
    (UndertakingStatus.ENDED.value, _("Ended with its term")),
    (UndertakingStatus.ORDER_APPLIED.value, _("Order applied for")),
    (UndertakingStatus.ORDER_DISMISSED.value, _("Order not made")),
    (UndertakingStatus.ORDER_MADE.value, _("Order in force")),
    (UndertakingStatus.ORDER_VARIED.value, _("Order in force, varied")),
    (UndertakingStatus.ORDER_DISCHARGED.value, _("Order discharged")),
    (UndertakingStatus.ORDER_ENDED.value, _("Order ended with its term")),
]


class UndertakingQuerySet(CoveredQuerySet["Undertaking"]):
    def visible_to(self, user: "User") -> "UndertakingQuerySet":
        return self.filter(case__in=UnlicensedCase.objects.visible_to(user))

    def open_to(self, officer: "User") -> "UndertakingQuerySet":
        return self.exclude(case__organisation__in=Conflict.objects.organisations_of(officer))

    def in_negotiation(self) -> "UndertakingQuerySet":
        return self.filter(status__in=IN_NEGOTIATION)

    def in_force(self) -> "UndertakingQuerySet":
        return self.filter(status=UndertakingStatus.ACCEPTED)

    def orders_in_force(self) -> "UndertakingQuerySet":
        return self.filter(status__in=ORDER_HOLDS)

    def run_out(self, day: date) -> "UndertakingQuerySet":
        """Whose last day has passed, and nobody has said so yet."""
        return self.filter(
            Q(status__in=IN_NEGOTIATION, negotiate_by__lt=day)
            | Q(status=UndertakingStatus.ACCEPTED, until__lt=day)
            | Q(status__in=ORDER_HOLDS, order_until__lt=day)
        )


class Undertaking(CoveredModel):
    """A labour market undertaking from the draft on, and the order that a court may make in its place."""

    lifecycle = UNDERTAKING

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="undertakings")
    status = models.CharField(max_length=20, choices=UNDERTAKING_STATUSES, default=UNDERTAKING.first)
    offence = models.CharField(max_length=20, help_text="code of the pack")
    reasons = models.TextField()
    months = models.PositiveIntegerField()
    receipts_every = models.PositiveSmallIntegerField(
        default=0, help_text="months between two reviews of the receipts of checks; 0: no measure asks for them"
    )
    drafted_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    served_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    served_at = models.DateTimeField(null=True, blank=True)
    negotiate_by = models.DateField(null=True, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    because = models.TextField(blank=True, help_text="why it was last moved: refused, released, breached …")
    applied_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    court = models.CharField(max_length=200, blank=True)
    order_starts_on = models.DateField(null=True, blank=True)
    order_until = models.DateField(null=True, blank=True)
    order_terms = models.TextField(blank=True)

    objects = UndertakingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="undertaking_served_by_another", condition=Q(served_by=None) | ~Q(served_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="order_applied_by_another", condition=Q(applied_by=None) | ~Q(applied_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="undertaking_served_has_a_clock",
                condition=Q(status__in=["draft", "discarded"])
                | Q(served_by__isnull=False, served_at__isnull=False, negotiate_by__isnull=False),
            ),
            models.CheckConstraint(
                name="undertaking_in_force_has_a_term",
                condition=~Q(status__in=["accepted", "released", "breached", "ended"])
                | Q(starts_on__isnull=False, until__gte=F("starts_on")),
            ),
            models.CheckConstraint(
                name="order_applied_for_by_somebody",
                condition=~Q(status__startswith="order_") | Q(applied_by__isnull=False, court__gt=""),
            ),
            models.CheckConstraint(
                name="order_in_force_has_a_term",
                condition=~Q(status__in=["order_made", "order_varied", "order_discharged", "order_ended"])
                | Q(order_starts_on__isnull=False, order_until__gte=F("order_starts_on"), order_terms__gt=""),
            ),
        ]
        indexes = [
            models.Index(name="undertaking_newest", fields=["-drafted_at", "-id"]),
            models.Index(name="undertaking_by_status", fields=["status", "-drafted_at", "-id"]),
        ]


class ReceiptsKept(models.TextChoices):
    """What a review of the receipts of checks shows."""

    YES = "yes", _("Yes: it checked the register and kept the receipts")
    NO = "no", _("No: it did not check, or did not act on the answer")


class ReceiptReview(CoveredModel):
    """Whether a labour user checked its suppliers as it undertook, by the receipts that the register holds. It stays as written."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="receipt_reviews")
    since = models.DateField()
    until = models.DateField(help_text="the last day that was looked at")
    receipts = models.JSONField(help_text="numbers of the receipts that the register held of these days")
    kept = models.CharField(max_length=3, choices=ReceiptsKept)
    note = models.TextField(help_text="what was compared, and what is missing")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="receipt_review_has_days", condition=Q(until__gte=F("since")) & ~Q(note="")),
            models.UniqueConstraint(name="receipt_review_once", fields=["undertaking", "until"]),
        ]

    def __str__(self) -> str:
        return f"{self.undertaking}: {self.kept}"


class Measure(CoveredModel):
    """Something that is to be done or left: why it is necessary, and why it is just (Employment Rights Act 2025, s.121)."""

    undertaking = models.ForeignKey(Undertaking, on_delete=models.PROTECT, related_name="measures")
    text = models.TextField()
    necessary = models.TextField()
    just = models.TextField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="measure_is_explained", condition=~Q(text="") & ~Q(necessary="") & ~Q(just=""))
        ]

    def __str__(self) -> str:
        return f"{self.undertaking}: {self.text[:40]}"
