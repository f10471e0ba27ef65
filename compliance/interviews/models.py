"""What is taken down on a visit besides the findings: whom the lot falls on, what workers say, signs of forced labour, signatures.

Nobody who is interviewed has a name here: there is no field for one.
"""

import hashlib
import secrets
import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

#: No letter or digit that is taken for another.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
#: The signs of forced labour are two digits at most: `Indicator.code` of the pack.
LONGEST_CODE = 2


def new_seed() -> str:
    return secrets.token_hex(32)


def anonymous(key: uuid.UUID) -> str:
    """How a worker is called who was interviewed: W and five characters of the SHA-256 of the interview's own key.

    A device without a connection comes to the same, and nobody comes from it to a place in a list of workers.
    """
    digest = hashlib.sha256(str(key).encode()).digest()
    return "W-" + "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:5])


class InterviewSeed(CoveredModel):
    """The secret by which the lot falls on workers: made once for each visit, so that nobody draws until they like whom."""

    trail_secrets = frozenset({"seed"})

    inspection = models.OneToOneField(Inspection, on_delete=models.PROTECT, related_name="interview_seed")
    seed = models.CharField(max_length=64, default=new_seed)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.inspection}"


class Sample(CoveredModel):
    """One drawing among the workers who were there: their places in the list of workers, and no names."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="samples")
    number = models.PositiveSmallIntegerField(help_text="the first drawing of this visit, the second …")
    workers_present = models.PositiveIntegerField()
    drawn = models.JSONField(help_text="places in the list of workers, in the order in which the lot fell on them")
    because = models.TextField(blank=True, help_text="why it was drawn once more")
    drawn_at = models.DateTimeField()

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(name="sample_once_a_number", fields=["inspection", "number"]),
            models.CheckConstraint(
                name="sample_drawn_again_says_why", condition=Q(number=1, because="") | Q(number__gt=1) & ~Q(because="")
            ),
            models.CheckConstraint(name="sample_of_somebody", condition=Q(workers_present__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.number}"


class SampleReason(models.TextChoices):
    """How it came that this worker was spoken to."""

    DRAWN = "drawn", _("Selected at random")
    CAME = "came", _("Came to the inspector")
    SEEN = "seen", _("Chosen for what the inspector saw")


class InterviewQuerySet(CoveredQuerySet["Interview"]):
    def visible_to(self, user: "User") -> "InterviewQuerySet":
        """What workers said is for the inspector whose visit it is, and for whoever goes through the report."""
        wanted = Inspection.objects.visible_to(user)
        if not user.has_perm("compliance.confirm_inspection"):
            wanted = wanted.filter(inspector=user)
        return self.filter(inspection__in=wanted)


class Interview(CoveredModel):
    """What one worker said, or that they did not want to talk. There is no field for a name."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="interviews")
    key = models.UUIDField(unique=True, help_text="made where it was written down, with or without a connection")
    reference = models.CharField(max_length=8, help_text="what the worker is called everywhere")
    language = models.CharField(max_length=20)
    interpreted = models.BooleanField(default=False)
    sampled = models.CharField(max_length=10, choices=SampleReason)
    drawn_number = models.PositiveIntegerField(null=True, blank=True, help_text="place in the list of workers")
    explained = models.JSONField(default=list, help_text="codes of what the worker was told first")
    consents = models.BooleanField()
    answers = models.JSONField(default=dict, help_text="by the code of the question: what was said, and a yes or no")
    indicators = models.JSONField(default=list, help_text="codes of the signs of forced labour that the inspector sees")
    notes = models.TextField(blank=True)
    held_at = models.DateTimeField()
    saved_at = models.DateTimeField()

    objects = InterviewQuerySet.as_manager()

    class Meta:
        ordering = ["held_at", "pk"]
        constraints = [
            models.UniqueConstraint(name="interview_once_a_reference", fields=["inspection", "reference"]),
            # Whoever does not want to talk has not talked.
            models.CheckConstraint(
                name="interview_without_consent_is_empty",
                condition=Q(consents=True) | Q(consents=False, answers={}, indicators=[], notes=""),
            ),
            models.CheckConstraint(
                name="interview_drawn_has_number",
                condition=Q(sampled="drawn", drawn_number__gte=1) | ~Q(sampled="drawn") & Q(drawn_number=None),
            ),
        ]


class SeenIndicator(CoveredModel):
    """A sign of forced labour that the inspector saw, and where it shows."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="seen_indicators")
    code = models.CharField(max_length=LONGEST_CODE)
    evidence = models.TextField()
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="seen_indicator_once", fields=["inspection", "code"]),
            models.CheckConstraint(name="seen_indicator_has_evidence", condition=~Q(evidence="")),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.code}"


class SignedHow(models.TextChoices):
    """How somebody signed what the inspector read out to them."""

    TYPED = "typed", _("Typed their name")
    DRAWN = "drawn", _("Signed by hand on the screen")
    REFUSED = "refused", _("Did not want to sign")


class Signature(CoveredModel):
    """Who signed what as what on the visit, or that they would not. Never changed."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="signatures")
    key = models.UUIDField(unique=True)
    name = models.CharField(max_length=200)
    role = models.CharField(max_length=200, help_text="what they are to the business")
    statement = models.TextField(help_text="what was signed, word for word")
    how = models.CharField(max_length=10, choices=SignedHow)
    strokes = models.JSONField(default=list, help_text="what was drawn: lines of points between 0 and 1000")
    because = models.TextField(blank=True, help_text="why they did not sign")
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["signed_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="signature_is_there_or_refused",
                condition=Q(how="refused", strokes=[]) & ~Q(because="")
                | Q(how="typed", strokes=[], because="")
                | Q(how="drawn", because="") & ~Q(strokes=[]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.name}"
