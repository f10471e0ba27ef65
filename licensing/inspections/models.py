"""That somebody has said why a reason to inspect is set aside."""

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class WaiverQuerySet(CoveredQuerySet["Waiver"]):
    def standing(self) -> "WaiverQuerySet":
        return self.filter(ended_at=None)


class Waiver(CoveredModel):
    """One trigger of the pack that does not lead to an inspection of this application, with the reason."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="waivers")
    trigger = models.CharField(max_length=60, help_text="code of the trigger in the pack")
    because = models.TextField()
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = WaiverQuerySet.as_manager()

    class Meta:
        permissions = [("waive_inspection", "Set a reason to inspect aside, with a reason")]
        constraints = [
            models.UniqueConstraint(
                name="waiver_one_standing", fields=["application", "trigger"], condition=Q(ended_at=None)
            ),
            models.CheckConstraint(name="waiver_has_a_reason", condition=Q(because__gt="")),
            models.CheckConstraint(
                name="waiver_ended_by_somebody",
                condition=Q(ended_at=None, ended_by=None) | Q(ended_at__isnull=False, ended_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: {self.trigger}"
