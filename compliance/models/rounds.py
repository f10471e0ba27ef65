"""Rounds in which it is chosen whom to visit: the seed, the list, the lot, and each choice with its reason."""

from django.db import models
from django.db.models import Q

from compliance.models.inspections import Inspection
from compliance.states import ROUND, ChosenHow, RoundStatus
from registry.licences.models import Licence


class VisitRound(models.Model):
    """One round under one scheme. The seed is secret until the lot is drawn; its digest stands in the trail from the start."""

    lifecycle = ROUND

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme that says which share is drawn")
    status = models.CharField(max_length=20, choices=RoundStatus, default=ROUND.first)
    capacity = models.PositiveIntegerField(help_text="how many visits can be made")
    by_lot = models.PositiveIntegerField(help_text="how many of them are drawn")
    seed = models.CharField(max_length=64)
    commitment = models.CharField(max_length=64, help_text="SHA-256 of the seed")
    listed = models.JSONField(
        default=list, help_text="numbers of the licences of which it is chosen, with their points"
    )
    list_digest = models.CharField(max_length=64, blank=True)
    opened_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    fixed_at = models.DateTimeField(null=True, blank=True)
    drawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        permissions = [("choose_visits", "Open rounds, draw the lot and choose whom to visit")]
        constraints = [
            models.CheckConstraint(
                name="round_draws_some", condition=Q(by_lot__gte=1) & Q(capacity__gte=models.F("by_lot"))
            ),
            models.CheckConstraint(
                name="round_is_drawn_from_a_fixed_list",
                condition=Q(status="opened", list_digest="", drawn_at=None)
                | Q(status="fixed", fixed_at__isnull=False, drawn_at=None) & ~Q(list_digest="")
                | Q(status="drawn", fixed_at__isnull=False, drawn_at__isnull=False) & ~Q(list_digest=""),
            ),
        ]
        indexes = [models.Index(name="round_newest", fields=["-opened_at", "-id"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def numbers(self) -> list[str]:
        return [number for number, _points in self.listed]


class Choice(models.Model):
    """A licence that is visited in a round: drawn by lot, or chosen by somebody who says why."""

    round = models.ForeignKey(VisitRound, on_delete=models.PROTECT, related_name="choices")
    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="choices")
    how = models.CharField(max_length=10, choices=ChosenHow)
    because = models.TextField(blank=True)
    score = models.ForeignKey(
        "compliance.LicenceScore", null=True, blank=True, on_delete=models.PROTECT, related_name="choices"
    )
    chosen_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    chosen_at = models.DateTimeField()
    inspection = models.OneToOneField(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="choice"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(name="choice_once_in_a_round", fields=["round", "licence"]),
            models.CheckConstraint(
                name="choice_says_why",
                condition=Q(how="random", chosen_by=None) | Q(how="targeted", chosen_by__isnull=False) & ~Q(because=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.round} {self.licence}"
