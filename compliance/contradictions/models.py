"""What in the report of a visit contradicts itself, and each answer to it with who gave it, when, and of which version."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.contradictions.states import CONTRADICTION, UNSETTLED, ContradictionStatus
from compliance.inspections.models import Inspection, of_visible
from compliance.inspections.states import InspectionStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class ContradictionQuerySet(CoveredQuerySet["Contradiction"]):
    def visible_to(self, user: "User") -> "ContradictionQuerySet":
        """Those of the inspections that this person may see."""
        return self.filter(of_visible(user))

    def unsettled(self) -> "ContradictionQuerySet":
        return self.filter(status__in=UNSETTLED)


class Contradiction(CoveredModel):
    """One contradiction, as long as it rests on the same. What rests on anything else is another, and is answered again."""

    lifecycle = CONTRADICTION

    reference = models.CharField(max_length=20, unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="contradictions")
    status = models.CharField(max_length=20, choices=ContradictionStatus, default=CONTRADICTION.first)
    code = models.CharField(max_length=40, help_text="of the rule in the pack")
    standard = models.CharField(
        max_length=10, blank=True, help_text="code of the standard; empty: it is about the visit"
    )
    rests_on = models.JSONField(default=list, help_text="signs, exhibits, interviews and places, by kind and name")
    digest = models.CharField(max_length=64, help_text="of all that it rests on")
    must_answer = models.BooleanField(help_text="the report is not confirmed before it has been accepted")
    first_version = models.PositiveSmallIntegerField(
        help_text="of the report in which it was found; 0: before the first"
    )
    last_version = models.PositiveSmallIntegerField(help_text="of the report in which it was last found")
    answer_by = models.DateField(null=True, blank=True)
    found_at = models.DateTimeField()

    objects = ContradictionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="contradiction_once",
                fields=["inspection", "code", "standard"],
                condition=~Q(status="resolved"),
            ),
            models.CheckConstraint(
                name="contradiction_versions_in_order", condition=Q(last_version__gte=F("first_version"))
            ),
            models.CheckConstraint(
                name="contradiction_asked_has_day", condition=~Q(status="asked") | Q(answer_by__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_with_inspector(self) -> bool:
        return self.inspection.status == InspectionStatus.COMMISSIONED


class AnswerKind(models.TextChoices):
    ASKED = "asked", _("Asked the inspector")
    EXPLAINED = "explained", _("Explained")
    ACCEPTED = "accepted", _("Accepted")
    CHANGED = "changed", _("Changed the report")


class ContradictionAnswer(CoveredModel):
    """One answer. It is never changed; it says which version of the report was seen."""

    contradiction = models.ForeignKey(Contradiction, on_delete=models.PROTECT, related_name="answers")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=AnswerKind)
    text = models.TextField(blank=True, help_text="in words; of a change, what was changed")
    changed = models.JSONField(
        default=list, help_text="codes of the standards of which another thing was found or said"
    )
    version = models.PositiveSmallIntegerField(help_text="of the report that was seen; 0: before the first")
    seen_digest = models.CharField(max_length=64, help_text="of the report that was seen")
    answered_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="contradiction_answer_number_once", fields=["contradiction", "number"]),
            models.CheckConstraint(
                name="contradiction_answer_says_something", condition=Q(kind="changed") | ~Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contradiction}, answer {self.number}"
