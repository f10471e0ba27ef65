"""Who and what hangs together: people, firms, addresses, telephones, accounts, vehicles; by which intelligence, and how surely."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.models.intelligence import Intelligence
from registry.conflicts.models import Conflict

if TYPE_CHECKING:
    from registry.accounts.models import User


class EntityKind(models.TextChoices):
    PERSON = "person", _("Person")
    ORGANISATION = "organisation", _("Organisation")
    ADDRESS = "address", _("Address")
    TELEPHONE = "telephone", _("Telephone")
    ACCOUNT = "account", _("Bank account")
    VEHICLE = "vehicle", _("Vehicle")


class Strength(models.IntegerChoices):
    SUSPECTED = 1, _("Suspected")
    LIKELY = 2, _("Likely")
    CERTAIN = 3, _("Certain")


class Entity(models.Model):
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


class TieQuerySet(models.QuerySet["Tie"]):
    def visible_to(self, user: "User") -> "TieQuerySet":
        """As far as this person sees the intelligence that each rests on, and has no conflict of interest with either end."""
        barred = Q(first__organisation__in=Conflict.objects.organisations_of(user)) | Q(
            second__organisation__in=Conflict.objects.organisations_of(user)
        )
        return self.filter(intelligence__in=Intelligence.objects.visible_to(user)).exclude(barred)

    def of(self, entities: "list[int]") -> "TieQuerySet":
        return self.filter(Q(first__in=entities) | Q(second__in=entities))


class Tie(models.Model):
    """Two that hang together, how, how surely, and by which intelligence."""

    first = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    second = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    how = models.CharField(max_length=200, help_text="director of, seen at, paid into …")
    strength = models.PositiveSmallIntegerField(choices=Strength)
    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="ties")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    objects = TieQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="tie_once_by_intelligence", fields=["first", "second", "intelligence"]),
            models.CheckConstraint(name="tie_joins_two", condition=Q(first__lt=F("second"))),
            models.CheckConstraint(name="tie_says_how", condition=~Q(how="")),
        ]

    def __str__(self) -> str:
        return f"{self.first}, {self.second}"
