"""Weights of the authority's own: proposed by one person with what they would have found, adopted by another."""

from datetime import date

from django.db import models
from django.db.models import F, Q


class WeightingQuerySet(models.QuerySet["Weighting"]):
    def waiting(self) -> "WeightingQuerySet":
        """Those that nobody has adopted or dropped yet."""
        return self.filter(adopted_at=None, dropped_at=None)

    def holding(self, scheme: str, day: date) -> "WeightingQuerySet":
        """Those adopted that hold on that day, the one in force first."""
        return self.filter(scheme=scheme, holds_from__lte=day).order_by("-holds_from", "-adopted_at", "-pk")


class Weighting(models.Model):
    """Other steps from value to points than the scheme is written with, or the way back to those.

    What is proposed, and what it came to on past years, never changes; it is adopted by somebody else, or dropped.
    """

    number = models.PositiveIntegerField(unique=True, help_text="what scores say they were worked out by")
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme whose signals were weighed")
    against = models.PositiveIntegerField(
        help_text="number of the weights in force when it was tried; 0: the scheme's own"
    )
    back_to_scheme = models.BooleanField(
        default=False, help_text="return to whatever weights the scheme is written with"
    )
    because = models.TextField()
    tried = models.JSONField(help_text="past years with the weights then in force and with these, as it was worked out")
    proposed_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    adopted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    adopted_at = models.DateTimeField(null=True, blank=True)
    holds_from = models.DateField(null=True, blank=True)
    dropped_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dropped_at = models.DateTimeField(null=True, blank=True)

    objects = WeightingQuerySet.as_manager()

    class Meta:
        permissions = [
            ("propose_weights", "Propose other weights for the signals of a scheme, tried on past years"),
            ("adopt_weights", "Adopt weights that somebody else has proposed"),
        ]
        constraints = [
            models.CheckConstraint(name="weighting_says_why", condition=~Q(because="")),
            models.CheckConstraint(
                name="weighting_adopted_by_somebody_else",
                condition=Q(adopted_at=None, adopted_by=None, holds_from=None)
                | Q(adopted_at__isnull=False, adopted_by__isnull=False, holds_from__isnull=False)
                & ~Q(adopted_by=F("proposed_by")),
            ),
            models.CheckConstraint(
                name="weighting_adopted_or_dropped",
                condition=Q(dropped_at=None, dropped_by=None)
                | Q(dropped_at__isnull=False, dropped_by__isnull=False, adopted_at=None),
            ),
            models.UniqueConstraint(
                name="weighting_one_waits", fields=["scheme"], condition=Q(adopted_at=None, dropped_at=None)
            ),
        ]
        indexes = [models.Index(name="weighting_in_force", fields=["scheme", "-holds_from"])]

    def __str__(self) -> str:
        return f"{self.scheme} {self.number}"

    @property
    def is_waiting(self) -> bool:
        return self.adopted_at is None and self.dropped_at is None


class WeightStep(models.Model):
    """From this value of a signal on, so many points."""

    weighting = models.ForeignKey(Weighting, on_delete=models.PROTECT, related_name="steps")
    signal = models.CharField(max_length=60)
    at_least = models.PositiveIntegerField()
    points = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="weight_step_once", fields=["weighting", "signal", "at_least"]),
            models.CheckConstraint(name="weight_step_as_in_packs", condition=Q(at_least__gte=1, points__lte=100)),
        ]

    def __str__(self) -> str:
        return f"{self.weighting} {self.signal} {self.at_least}: {self.points}"
