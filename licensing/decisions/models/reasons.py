"""A published reason that one person proposes to correct, and another agrees to."""

from django.db import models
from django.db.models import F, Q

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.reviews import REASON_CORRECTION, ReasonCorrectionStatus
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.register.models import PublicReason
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ReasonCorrectionQuerySet(CoveredQuerySet["ReasonCorrection"]):
    def visible_to(self, user: User) -> "ReasonCorrectionQuerySet":
        """To the officers who see the decision."""
        if not user.has_perm("licensing.view_decisions"):
            return self.none()
        return self.filter(decision__in=Decision.objects.open_to(user))


class ReasonCorrection(CoveredModel):
    """Another sentence for a reason that is published or held back."""

    lifecycle = REASON_CORRECTION

    reference = models.CharField(max_length=20, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reason_corrections")
    reason = models.ForeignKey(PublicReason, on_delete=models.PROTECT, related_name="+")
    sentence = models.CharField(max_length=300)
    because = models.TextField(help_text="what is wrong with the sentence before")
    status = models.CharField(max_length=20, choices=ReasonCorrectionStatus, default=REASON_CORRECTION.first)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = ReasonCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reason_correction_by_two", condition=Q(ended_by=None) | ~Q(ended_by=F("proposed_by"))
            ),
            models.CheckConstraint(
                name="reason_correction_agreed_by_someone",
                condition=~Q(status="agreed") | Q(ended_by__isnull=False, ended_at__isnull=False),
            ),
            models.UniqueConstraint(
                name="reason_correction_one_open", fields=["reason"], condition=Q(status="proposed")
            ),
        ]

    @property
    def organisation(self) -> Organisation:
        return self.decision.organisation
