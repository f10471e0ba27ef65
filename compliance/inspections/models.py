"""Inspections and what they found. A finding is not a decision."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.states import INSPECTION, Finding, InspectionStatus
from registry.conflicts.models import Conflict
from registry.fields import true_when
from registry.overdue import has_passed, passed
from registry.pagination import STILL_OPEN
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class InspectionKind(models.TextChoices):
    APPLICATION = "application", _("Application inspection")
    COMPLIANCE = "compliance", _("Compliance inspection")
    NEW_BUSINESS = "new_business", _("New business compliance inspection")
    CHANGE_OF_PA = "change_of_pa", _("Change of principal authority inspection")
    VERIFICATION = "verification", _("Verification visit for a condition")


OPEN = (InspectionStatus.COMMISSIONED, InspectionStatus.REPORTED)


class InspectionQuerySet(CoveredQuerySet["Inspection"]):
    def visible_to(self, user: "User") -> "InspectionQuerySet":
        """Inspectors see those that are theirs, on which they go along, or of which they have the task; officers, reviewers and
        auditors see all; nobody else sees any.
        """
        if user.has_perm("compliance.view_inspections"):
            return self.open_to(user)
        if user.has_perm("compliance.view_own_inspections"):
            joint = Inspection.objects.filter(plan__joint__officer=user).values("pk")
            tasks = Task.objects.subjects_for(user, "inspection")
            return self.open_to(user).filter(Q(inspector=user) | Q(pk__in=joint) | Q(pk__in=tasks))
        return self.none()

    def open_to(self, officer: "User") -> "InspectionQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))

    def confirmed(self) -> "InspectionQuerySet":
        return self.filter(status=InspectionStatus.CONFIRMED)

    def open(self) -> "InspectionQuerySet":
        return self.filter(status__in=OPEN)

    def overdue_on(self, day: date) -> "InspectionQuerySet":
        """Not yet reported, and due before this day."""
        return self.filter(STILL_OPEN, passed("due_on", day), status=InspectionStatus.COMMISSIONED)


def of_visible(user: "User", inspection: str = "inspection") -> Q | Exists:
    """Of the inspections that this person sees. Who sees nearly all is asked of each row by its key, which soon fills a page; of
    whoever sees few there is a short list."""
    seen = Inspection.objects.visible_to(user)
    if user.has_perm("compliance.view_inspections"):
        return Exists(seen.filter(pk=OuterRef(inspection)))
    return Q(**{f"{inspection}__in": seen})


class Inspection(CoveredModel):
    """One visit to one organisation, scored on the version of the scheme that it was commissioned under."""

    lifecycle = INSPECTION

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(max_length=20, choices=InspectionKind)
    status = models.CharField(max_length=20, choices=InspectionStatus, default=INSPECTION.first)
    # A column of its own, so that an index serves the list that begins with the open ones.
    is_over = true_when(~Q(status__in=list(OPEN)))
    scheme = models.CharField(max_length=60)
    version = models.DateField()
    case = models.CharField(max_length=20, blank=True, help_text="reference of the application that it informs")
    licence_number = models.CharField(max_length=8, blank=True)
    brief = models.TextField()
    facts = models.JSONField(
        default=dict, help_text="what was known when it was commissioned: decides which standards are relevant"
    )
    standards = models.JSONField(default=list, help_text="codes of the relevant standards")
    inspector = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="inspections")
    commissioned_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()
    due_on = models.DateField()
    visited_on = models.DateField(null=True, blank=True)
    summary = models.TextField(blank=True)
    business_comments = models.TextField(blank=True)
    returned_because = models.TextField(blank=True)
    reported_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)

    objects = InspectionQuerySet.as_manager()

    class Meta:
        permissions = [
            ("view_inspections", "See every inspection"),
            ("view_own_inspections", "See the inspections that are one's own"),
            ("commission_inspection", "Commission an inspection or call it off"),
            ("report_inspection", "Report an inspection"),
            ("confirm_inspection", "Confirm a report or return it for correction"),
            ("view_counts", "See the counts for the public, with small numbers left out"),
        ]
        constraints = [
            models.CheckConstraint(
                name="inspection_confirmed_by_another",
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("inspector")),
            ),
            models.CheckConstraint(
                name="inspection_confirmed_has_confirmer",
                condition=Q(status="confirmed", confirmed_by__isnull=False, confirmed_at__isnull=False)
                | (~Q(status="confirmed") & Q(confirmed_by=None, confirmed_at=None)),
            ),
        ]
        indexes = [
            models.Index(name="inspection_open_first", fields=["is_over", "due_on", "id", "status"]),
            models.Index(name="inspection_by_day", fields=["due_on", "id"]),
            models.Index(name="inspection_by_status", fields=["status", "is_over", "due_on", "id"]),
            models.Index(name="inspection_by_kind", fields=["kind", "is_over", "due_on", "id"]),
            models.Index(name="inspection_by_inspector", fields=["inspector", "is_over", "due_on", "id"]),
            models.Index(name="inspection_of_case", fields=["case"]),
            models.Index(name="inspection_of_licence", fields=["licence_number", "commissioned_at"]),
        ]

    @property
    def application_reference(self) -> str:
        return "" if self.follow_up_reference else self.case

    @property
    def follow_up_reference(self) -> str:
        """What is to be put right, for a visit that was sent to see whether it has been."""
        return self.case if self.kind == InspectionKind.VERIFICATION else ""

    @property
    def is_to_be_sent(self) -> bool:
        """Whether the business has not been sent its report: it knows what is found against it (FWA-DEC)."""
        if type(self).sending.is_cached(self):  # read with a list
            return not hasattr(self, "sending")
        return not type(self)._base_manager.filter(pk=self.pk, sending__isnull=False).exists()

    def is_overdue(self, day: date) -> bool:
        return self.status == InspectionStatus.COMMISSIONED and has_passed(self.due_on, day)


class Result(CoveredModel):
    """What was found of one standard, and on what evidence."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="results")
    standard = models.CharField(max_length=10)
    finding = models.CharField(max_length=20, choices=Finding, blank=True, help_text="empty while it is still open")
    evidence = models.TextField(blank=True)
    business_comment = models.TextField(blank=True, help_text="what the business says to this standard")

    class Meta:
        # While the inspection is being carried out anything may be unfinished. Triggers see to it that a report has
        # evidence for whatever is not met, and that its results stay as they were reported.
        constraints = [
            models.UniqueConstraint(name="result_once_a_standard", fields=["inspection", "standard"]),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.standard}: {self.finding}"
