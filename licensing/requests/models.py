"""What is applied for, what was answered, and what is asked of the applicant."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.applications.states import ApplicationStatus
from registry.accounts.models import User
from registry.memberships.states import Act
from registry.trail.models.covered import CoveredModel
from registry.waits import holder_wait


class InformationRequest(CoveredModel):
    """Something asked of the applicant, by when, and what was answered."""

    waits = (
        holder_wait(
            "answer",
            (),
            _("Answer our question"),
            Act.ANSWER,
            organisation="application.organisation",
            due="due_on",
            when="is_open",
            page="answer_request",
            args=("application.reference", "reference"),
            missed=_("We may decide without your answer."),
        ),
    )

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

    @property
    def is_open(self) -> bool:
        """Whether the application waits for the answer."""
        return self.answered_at is None and self.application.status == ApplicationStatus.AWAITING_APPLICANT
