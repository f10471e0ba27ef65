"""Campaigns, and how many came by each: totals of a week, from which no one can be told."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from registry.campaigns import states
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class CampaignQuerySet(CoveredQuerySet["Campaign"]):
    def visible_to(self, user: "User") -> "CampaignQuerySet":
        return self.all() if any(map(user.has_perm, states.SEES)) else self.none()

    def approved(self) -> "CampaignQuerySet":
        return self.filter(status=states.CampaignStatus.APPROVED)

    def begun_by(self, day: date) -> "CampaignQuerySet":
        """Approved, and running on that day or over. Posters hang longer than planned, so that a word leads on."""
        return self.approved().filter(starts_on__lte=day)


class Campaign(CoveredModel):
    """One campaign: where, in which language and how it is told, what it costs, and what is expected of it."""

    lifecycle = states.CAMPAIGN

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=states.CampaignStatus, default=states.CAMPAIGN.first)
    scheme = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    word = models.CharField(max_length=7, unique=True, help_text="at the end of its short address")
    places = models.JSONField(default=list, help_text="towns or counties; none: everywhere")
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, choices=states.CampaignChannel)
    pence = models.PositiveBigIntegerField()
    starts_on = models.DateField()
    until = models.DateField(help_text="the last day")
    hypothesis = models.TextField(help_text="what is expected, and why: written before it begins")
    follows_from = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="next_ones")
    planned_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    planned_at = models.DateTimeField()
    decided_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    objects = CampaignQuerySet.as_manager()

    class Meta:
        permissions = [
            ("plan_campaigns", "Plan campaigns, and see how many came by them"),
            ("approve_campaigns", "Approve a campaign that someone else planned"),
        ]
        constraints = [
            models.CheckConstraint(name="campaign_runs_forward", condition=Q(until__gte=F("starts_on"))),
            models.CheckConstraint(name="campaign_expects_something", condition=~Q(hypothesis="")),
            models.CheckConstraint(
                name="campaign_decided_by_another",
                condition=Q(status="planned", decided_by=None, decided_at=None)
                | ~Q(status="planned")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("planned_by")),
            ),
        ]


class CampaignWeek(CoveredModel):
    """How many came in one week by one word, or in all where there is none.

    `counted` grows once an hour by what is an hour old. When the week is over, `shown` is that number with noise, and the
    number itself is forgotten. Nothing here says who came, from where, when, or what was asked.
    """

    trail_omits = frozenset({"counted"})

    word = models.CharField(max_length=7, blank=True)
    week = models.DateField(help_text="its Monday")
    what = models.CharField(max_length=10, choices=states.CampaignTotal)
    counted = models.PositiveIntegerField(default=0)
    shown = models.IntegerField(null=True, blank=True, help_text="with noise; may be below zero")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="campaign_week_once", fields=["word", "week", "what"]),
            models.CheckConstraint(name="campaign_week_forgets", condition=Q(shown=None) | Q(counted=0)),
        ]

    def __str__(self) -> str:
        return f"{self.word or 'all'}, {self.week}: {self.what}"
