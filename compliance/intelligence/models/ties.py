"""What is connected: people and things as they are compared, and each connection by the intelligence that it rests on."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from compliance.intelligence.models.intelligence import Intelligence, IntelligenceSubject
from compliance.intelligence.states import (
    EntityKind,
    Strength,
)
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation


class Entity(CoveredModel):
    """Somebody or something, once, by what it is compared by. Of an account the number is nowhere: a keyed digest, and its end."""

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=15, choices=EntityKind)
    key = models.CharField(max_length=120, help_text="as it is compared")
    label = models.CharField(max_length=200, help_text="as it was written first")
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        verbose_name_plural = "entities"
        constraints = [models.UniqueConstraint(name="entity_once", fields=["kind", "key"])]

    def __str__(self) -> str:
        return self.label


class TieQuerySet(CoveredQuerySet["Tie"]):
    def visible_to(self, user: "User") -> "TieQuerySet":
        """As far as this person sees the intelligence that each rests on, and has no conflict of interest with either end."""
        return self.filter(intelligence__in=Intelligence.objects.visible_to(user)).without_conflicts(user)

    def without_conflicts(self, user: "User") -> "TieQuerySet":
        barred = Q(first__organisation__in=Conflict.objects.organisations_of(user)) | Q(
            second__organisation__in=Conflict.objects.organisations_of(user)
        )
        return self.exclude(barred)

    def around(self, organisation: "Organisation") -> "TieQuerySet":
        """Those that the organisation is an end of, and those by intelligence about it."""
        known = IntelligenceSubject.objects.filter(organisation=organisation).values("intelligence")
        ends = Q(first__organisation=organisation) | Q(second__organisation=organisation)
        return self.filter(ends | Q(intelligence__in=known))

    def of(self, entities: "list[int]") -> "TieQuerySet":
        return self.filter(Q(first__in=entities) | Q(second__in=entities))


class Tie(CoveredModel):
    """The first is connected with the second: how, how surely, from when until when, and by which intelligence."""

    first = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    is_directed = models.BooleanField(
        default=True, help_text="from the first to the second; not of those from before the direction was kept"
    )
    how = models.CharField(max_length=200, help_text="is director of, was seen at, paid into …")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    strength = models.PositiveSmallIntegerField(choices=Strength)
    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="ties")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tie_once_by_intelligence", fields=["first", "second", "intelligence"]),
            models.CheckConstraint(name="tie_joins_two", condition=~Q(first=F("second"))),
            models.CheckConstraint(
                name="tie_ends_after_it_began",
                condition=Q(since=None) | Q(until=None) | Q(until__gte=F("since")),
            ),
            models.CheckConstraint(name="tie_says_how", condition=~Q(how="")),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"
