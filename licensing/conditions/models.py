"""What a holder tells while it holds a licence: what has changed, that it has begun to supply, how it meets a condition."""

from django.db import models
from django.db.models import Q

from registry.accounts.models import User
from registry.licences.models import Condition
from registry.trail.models.covered import CoveredModel


class DeskCheck(CoveredModel):
    """That an officer has looked, without a visit, at whether a condition is met. What follows is a decision of its own."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="desk_checks")
    is_met = models.BooleanField()
    text = models.TextField(help_text="what was looked at, and what it shows")
    checked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="desk_checks")
    checked_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="desk_check_says_something", condition=Q(text__gt=""))]

    def __str__(self) -> str:
        return f"{self.condition}, {self.checked_at:%Y-%m-%d}"


class Evidence(CoveredModel):
    """What a holder sends to show that it meets a condition. Whether it does is a decision of its own."""

    condition = models.ForeignKey(Condition, on_delete=models.PROTECT, related_name="evidence")
    text = models.TextField()
    sent_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="evidence_says_something", condition=Q(text__gt=""))]
        indexes = [models.Index(name="evidence_of_condition", fields=["condition", "sent_at"])]

    def __str__(self) -> str:
        return f"{self.condition}, {self.sent_at:%Y-%m-%d}"
