"""What a decision maker asks before deciding: a proposal returned with comments, or advice on it."""

from django.db import models
from django.db.models import F, Q

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.reviews import REVIEW, ReviewKind, ReviewStatus
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class DecisionReviewQuerySet(CoveredQuerySet["DecisionReview"]):
    def visible_to(self, user: User) -> "DecisionReviewQuerySet":
        """Those of every decision that this member of staff sees; no one else sees any."""
        if not user.has_perm("licensing.view_decisions"):
            return self.none()
        return self.filter(decision__in=Decision.objects.open_to(user))

    def open(self) -> "DecisionReviewQuerySet":
        return self.filter(status=ReviewStatus.OPEN)


class DecisionReview(CoveredModel):
    """A question about a proposal, from the person who is to decide it to one other person, and the answer."""

    lifecycle = REVIEW
    waits_with = ("decision",)

    reference = models.CharField(max_length=30, unique=True)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="reviews")
    kind = models.CharField(max_length=10, choices=ReviewKind)
    status = models.CharField(max_length=20, choices=ReviewStatus, default=REVIEW.first)
    comments = models.TextField()
    to = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = DecisionReviewQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="review_asks_another", condition=~Q(to=F("asked_by"))),
            models.CheckConstraint(
                name="review_answered_has_answer", condition=~Q(status="answered") | Q(answer__gt="")
            ),
            models.UniqueConstraint(
                name="decision_returned_once_at_a_time",
                fields=["decision"],
                condition=Q(kind="return", status="open"),
            ),
        ]

    @property
    def is_return(self) -> bool:
        return self.kind == ReviewKind.RETURN

    @property
    def is_advice(self) -> bool:
        return self.kind == ReviewKind.ADVICE
