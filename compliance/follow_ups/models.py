"""What a business is to put right after an inspection, what it sends to show it, and what workers got back."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.exhibits.models import EvidenceItem
from compliance.follow_ups.states import FOLLOW_UP, FollowUpStatus
from compliance.inspections.models import Inspection, of_visible
from registry.fields import true_when
from registry.overdue import has_passed, passed
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User
    from registry.organisations.models import Organisation

TO_DO = (FollowUpStatus.OPEN, FollowUpStatus.ANSWERED)


class FollowUpQuerySet(CoveredQuerySet["FollowUp"]):
    def visible_to(self, user: "User") -> "FollowUpQuerySet":
        """Those of the inspections that this person sees, and of which they have the task; none with a conflict of interest."""
        seen = of_visible(user)
        if not user.has_perm("compliance.view_inspections"):
            seen |= Q(pk__in=Task.objects.subjects_for(user, "followup"))
        return self.filter(seen)

    def of(self, organisations: "models.QuerySet[Organisation]") -> "FollowUpQuerySet":
        return self.filter(inspection__organisation__in=organisations)

    def open(self) -> "FollowUpQuerySet":
        return self.filter(status__in=TO_DO)

    def overdue_on(self, day: date) -> "FollowUpQuerySet":
        """The business has not shown it by its day."""
        return self.filter(passed("due_on", day), status=FollowUpStatus.OPEN)


class FollowUp(CoveredModel):
    """One thing that a business is to put right, of one standard that a confirmed inspection found not to be met."""

    lifecycle = FOLLOW_UP

    reference = models.CharField(max_length=20, unique=True)
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="follow_ups")
    standard = models.CharField(max_length=10)
    action = models.TextField(help_text="what is to be put right, and how the business can show it")
    due_on = models.DateField()
    status = models.CharField(max_length=20, choices=FollowUpStatus, default=FOLLOW_UP.first)
    is_over = true_when(~Q(status__in=list(TO_DO)))
    asked_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    sent_back_because = models.TextField(blank=True)
    verification = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="verifies"
    )
    judged_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(null=True, blank=True)
    judged_because = models.TextField(blank=True)
    reminded_for = models.DateField(null=True, blank=True, help_text="the day of which the business was reminded")
    chased_for = models.DateField(null=True, blank=True, help_text="the day that the business was told it missed")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        permissions = [
            ("ask_follow_up", "Say what a business is to put right, and by when"),
            ("judge_follow_ups", "Judge whether a business has put it right"),
        ]
        constraints = [
            models.CheckConstraint(
                name="follow_up_is_judged_by_somebody",
                condition=Q(status__in=["met", "not_met"], judged_by__isnull=False, judged_at__isnull=False)
                | (~Q(status__in=["met", "not_met"]) & Q(judged_by=None, judged_at=None)),
            ),
        ]
        indexes = [
            models.Index(name="follow_up_open_first", fields=["is_over", "due_on", "id"]),
            models.Index(name="follow_up_in_status", fields=["status", "is_over", "due_on", "id"]),
            models.Index(name="follow_up_by_due", fields=["due_on", "id"]),
        ]

    def is_overdue(self, day: date) -> bool:
        return self.status == FollowUpStatus.OPEN and has_passed(self.due_on, day)


class FollowUpAnswer(CoveredModel):
    """What a business sent to show that it has put it right. Its files are documents about the follow-up."""

    follow_up = models.ForeignKey(FollowUp, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField()
    answered_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Answer to {self.follow_up}"


class RemedyKind(models.TextChoices):
    """What workers got back."""

    WAGES = "wages", _("Wages paid")
    HOLIDAY_PAY = "holiday_pay", _("Holiday pay paid")
    DEDUCTIONS = "deductions", _("Deductions paid back")
    FEES = "fees", _("Fees for finding work paid back")
    HOUSING = "housing", _("Charges for housing or transport paid back")
    OTHER = "other", _("Something else paid")


class RemedyQuerySet(CoveredQuerySet["Remedy"]):
    def visible_to(self, user: "User") -> "RemedyQuerySet":
        return self.filter(of_visible(user))

    def standing(self) -> "RemedyQuerySet":
        return self.filter(turned_down_because="")

    def confirmed(self) -> "RemedyQuerySet":
        """What is counted: a second person has seen that it was paid."""
        return self.filter(confirmed_at__isnull=False)

    def unconfirmed(self) -> "RemedyQuerySet":
        return self.standing().filter(confirmed_at=None)


class Remedy(CoveredModel):
    """Money that workers got because of an inspection. It counts once somebody else has seen that it was paid."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="remedies")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=RemedyKind)
    workers = models.PositiveIntegerField(help_text="how many workers got it; never who")
    pence = models.PositiveBigIntegerField()
    shown_by = models.TextField(help_text="how it is known that it was paid")
    exhibit = models.ForeignKey(EvidenceItem, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    follow_up = models.ForeignKey(FollowUp, null=True, blank=True, on_delete=models.PROTECT, related_name="remedies")
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    confirmed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    turned_down_because = models.TextField(blank=True)

    objects = RemedyQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "remedies"
        permissions = [
            ("record_remedies", "Write down what workers got back"),
            ("confirm_remedies", "Confirm that workers got it back"),
        ]
        constraints = [
            models.UniqueConstraint(name="remedy_number_once", fields=["inspection", "number"]),
            models.CheckConstraint(name="remedy_is_of_somebody", condition=Q(workers__gte=1, pence__gte=1)),
            models.CheckConstraint(
                name="remedy_confirmed_by_another", condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("recorded_by"))
            ),
            models.CheckConstraint(
                name="remedy_confirmed_whole",
                condition=Q(confirmed_by=None, confirmed_at=None)
                | Q(confirmed_by__isnull=False, confirmed_at__isnull=False, turned_down_because=""),
            ),
        ]
        indexes = [
            models.Index(name="remedy_newest", fields=["-recorded_at", "-id"]),
            models.Index(name="remedy_by_pence", fields=["pence", "id"]),
        ]

    @property
    def reference(self) -> str:
        return f"{self.inspection.reference}/R{self.number}"

    @property
    def pounds(self) -> Decimal:
        return Decimal(self.pence) / 100
