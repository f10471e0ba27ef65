"""Complaints about our own service: what was said, what we answered, and the second look of someone else."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from registry import signing
from registry.accounts.models import User
from registry.complaints import states
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ComplaintQuerySet(CoveredQuerySet["Complaint"]):
    def visible_to(self, user: User) -> "ComplaintQuerySet":
        return self.all() if user.has_perm(states.ANSWERS) or user.has_perm(states.REVIEWS_ANSWERS) else self.none()


class Complaint(CoveredModel):
    """One complaint. What was said and what was answered never changes; it is erased when its time is over."""

    lifecycle = states.COMPLAINT
    #: What says something about the person, and is erased.
    PRIVATE = ("text", "name", "email", "answer", "review_because", "review_answer")

    reference = models.CharField(max_length=20, unique=True)
    once = models.CharField(max_length=22, unique=True, help_text="of the form: sent twice, it is kept once")
    status = models.CharField(max_length=30, choices=states.ComplaintStatus, default=states.COMPLAINT.first)
    kind = models.CharField(max_length=20, choices=states.ComplaintKind)
    about = models.CharField(max_length=20, choices=states.ServicePart)
    channel = models.CharField(max_length=20, choices=states.ComplaintChannel)
    language = models.CharField(max_length=10)
    text = models.TextField()
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    received_at = models.DateTimeField()
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=20, choices=states.ComplaintOutcome, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    review_because = models.TextField(blank=True, help_text="why a second look was asked for")
    review_asked_at = models.DateTimeField(null=True, blank=True)
    review_outcome = models.CharField(max_length=20, choices=states.ComplaintOutcome, blank=True)
    review_answer = models.TextField(blank=True)
    reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True, blank=True)

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        permissions = [
            ("record_complaints", "Record a complaint about our service"),
            ("answer_complaints", "Read and answer complaints about our service"),
            ("review_complaints", "Look again at a complaint that someone else answered"),
        ]
        constraints = [
            models.CheckConstraint(name="complaint_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="complaint_answered_whole",
                condition=Q(status="complaint_received", outcome="", answered_by=None, answered_at=None)
                | ~Q(status="complaint_received")
                & Q(outcome__gt="", answer__gt="", answered_by__isnull=False, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="complaint_reviewed_by_another",
                condition=Q(reviewed_by=None, review_outcome="")
                | Q(reviewed_by__isnull=False, review_outcome__gt="", review_answer__gt="")
                & ~Q(reviewed_by=F("answered_by")),
            ),
        ]
        indexes = [models.Index(name="complaint_newest", fields=["-received_at", "-id"])]

    @property
    def key(self) -> str:
        """At the end of the address of its page: who has it reads the answer, and no one can guess it."""
        return f"{self.pk}-{signing.keyed_digest(settings.SECRET_KEY, f'complaint {self.pk}')[:32]}"
