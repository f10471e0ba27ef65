"""A correction of a letter, which two people make."""

from django.db import models
from django.db.models import F, Q

from licensing.letters.states import CORRECTION, NOT_COUNTERSIGNED, SEES, CorrectionStatus
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.letters.models import Letter
from registry.refusals.states import CanBeRefused
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class LetterCorrectionQuerySet(CoveredQuerySet["LetterCorrection"]):
    def visible_to(self, user: User) -> "LetterCorrectionQuerySet":
        """Those who read cases see these, but for organisations they have a conflict of interest with."""
        if not user.has_perm(SEES):
            return self.none()
        return self.exclude(letter__organisation__in=Conflict.objects.organisations_of(user))

    def open(self) -> "LetterCorrectionQuerySet":
        return self.filter(status=CorrectionStatus.PROPOSED)


class LetterCorrection(CanBeRefused, CoveredModel):
    """What is to be otherwise in a letter that was sent: words that were misspelt, or `facts` as the file has them now."""

    lifecycle = CORRECTION
    reason_reading = NOT_COUNTERSIGNED

    reference = models.CharField(max_length=30, unique=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="corrections")
    status = models.CharField(max_length=20, choices=CorrectionStatus, default=CORRECTION.first)
    wrong = models.TextField(blank=True)
    right = models.TextField(blank=True)
    facts = models.JSONField(default=list, blank=True, help_text="keys of what the file has otherwise")
    because = models.TextField(help_text="what was wrong: the receiver reads it")
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)
    refusal_read_at = models.DateTimeField(
        null=True, blank=True, help_text="when the proposer said that they read why it was refused"
    )

    objects = LetterCorrectionQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two people, in the database as well as in the rules (docs/rules.md G7).
            models.CheckConstraint(
                name="correction_countersigned_by_another", condition=Q(ended_by=None) | ~Q(ended_by=F("proposed_by"))
            ),
            models.UniqueConstraint(
                name="correction_one_open_of_a_letter", fields=["letter"], condition=Q(status="proposed")
            ),
        ]

    @property
    def tells_a_decision(self) -> bool:
        """A notice of a proposal, which can still be replied to, tells none."""
        return "decision" in self.letter.facts and "reply_by" not in self.letter.facts

    @property
    def is_of_no_decision(self) -> bool:
        return not self.tells_a_decision
