"""What is applied for, what was answered, and what is asked of the applicant."""

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel


class InformationRequest(CoveredModel):
    """Something asked of the applicant, by when, and what was answered."""

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="requests")
    question = models.TextField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_on = models.DateField()
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="request_one_open_each", fields=["application"], condition=Q(answered_at=None))
        ]
        indexes = [models.Index(name="request_open_by_due", fields=["due_on", "id"], condition=Q(answered_at=None))]

    def __str__(self) -> str:
        return self.reference
