"""Labour market enforcement orders that a court makes when it convicts: written down by one, compared by another."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.states.sanctions import CONVICTION_ORDER, ConvictionOrderStatus
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

STATUSES: list[tuple[str, str | Promise]] = [
    (ConvictionOrderStatus.WRITTEN.value, _("To be compared with the order of the court")),
    (ConvictionOrderStatus.STRUCK.value, _("Written down by mistake")),
    (ConvictionOrderStatus.HOLDS.value, _("Order in force")),
    (ConvictionOrderStatus.LIFTED.value, _("Order discharged")),
    (ConvictionOrderStatus.OVER.value, _("Order ended with its term")),
]


class ConvictionOrderQuerySet(CoveredQuerySet["ConvictionOrder"]):
    def visible_to(self, user: "User") -> "ConvictionOrderQuerySet":
        return self.filter(case__in=UnlicensedCase.objects.visible_to(user))

    def open_to(self, officer: "User") -> "ConvictionOrderQuerySet":
        return self.exclude(case__organisation__in=Conflict.objects.organisations_of(officer))

    def in_force(self) -> "ConvictionOrderQuerySet":
        return self.filter(status=ConvictionOrderStatus.HOLDS)

    def run_out(self, day: date) -> "ConvictionOrderQuerySet":
        return self.in_force().filter(until__lt=day)


class ConvictionOrder(CoveredModel):
    """One order. What another person has compared with the paper of the court changes only as the court varies it."""

    lifecycle = CONVICTION_ORDER

    reference = models.CharField(max_length=20, unique=True)
    case = models.ForeignKey(UnlicensedCase, on_delete=models.PROTECT, related_name="conviction_orders")
    status = models.CharField(max_length=20, choices=STATUSES, default=CONVICTION_ORDER.first)
    on_whom = models.CharField(max_length=200, help_text="whom the court convicted, as the order names them")
    is_adult = models.BooleanField(help_text="18 or over, or no person of flesh and blood")
    court = models.CharField(max_length=200)
    starts_on = models.DateField()
    until = models.DateField()
    terms = models.TextField()
    written_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    compared_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    compared_at = models.DateTimeField(null=True, blank=True)

    objects = ConvictionOrderQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="conviction_order_on_nobody_under_18", condition=Q(is_adult=True)),
            models.CheckConstraint(name="conviction_order_has_a_term", condition=Q(until__gte=F("starts_on"))),
            models.CheckConstraint(
                name="conviction_order_says_what", condition=~Q(on_whom="") & ~Q(court="") & ~Q(terms="")
            ),
            models.CheckConstraint(
                name="conviction_order_compared_by_another",
                condition=Q(compared_by=None) | ~Q(compared_by=F("written_by")),
            ),
            models.CheckConstraint(
                name="conviction_order_holds_once_compared",
                condition=Q(status__in=["written", "struck"]) | Q(compared_by__isnull=False, compared_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="conviction_order_newest", fields=["-written_at", "-id"])]
