"""What the authority changed because of what followed after a preventive measure."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from compliance.prevention.states import FollowedOutcome, PreventiveMeasure
from registry.trail.models.covered import CoveredModel

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class PreventionChange(CoveredModel):
    """One change, with the result that it rests on as it was then. It is never changed."""

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60)
    measure = models.CharField(max_length=20, choices=PreventiveMeasure)
    outcome = models.CharField(max_length=20, choices=FollowedOutcome)
    months = models.PositiveSmallIntegerField()
    result = models.JSONField(help_text="the result on which it rests, as it was counted then")
    text = models.TextField(help_text="what was changed; the public reads it")
    holds_from = models.DateField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        permissions = [("record_prevention_change", "Record what was changed because of what followed after a measure")]
        constraints = [models.CheckConstraint(name="prevention_change_says_what", condition=~Q(text=""))]
        indexes = [models.Index(name="prevention_change_newest", fields=["scheme", "-at"])]
