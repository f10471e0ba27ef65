"""Advice to a business on how it can meet a standard: what was said at a visit, or written after it."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from compliance.advice.states import AdviceWay
from compliance.inspections.models import Inspection
from registry.trail.models.covered import CoveredModel

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class Advice(CoveredModel):
    """Advice on one standard after one visit. It asks for nothing and sets no day; it is never changed."""

    reference = models.CharField(max_length=20, unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="advice")
    way = models.CharField(max_length=10, choices=AdviceWay)
    standard = models.CharField(max_length=20)
    text = models.TextField()
    given_on = models.DateField()
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="advice_says_something", condition=~Q(text="")),
            models.UniqueConstraint(name="advice_once", fields=["inspection", "standard", "way"]),
        ]
