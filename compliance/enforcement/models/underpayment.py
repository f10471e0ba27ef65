"""Notices of underpayment: what is owed to workers, and a penalty (Employment Rights Act 2025, ss.103-115)."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.states.sanctions import UNDERPAYMENT, UnderpaymentStatus
from compliance.inspections.models import Inspection
from registry.conflicts.models import Conflict
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

U = UnderpaymentStatus
STATUSES: list[tuple[str, str | Promise]] = [
    (U.DRAFTED.value, _("Drafted, to be served")),
    (U.LEFT.value, _("Not served")),
    (U.TO_PAY.value, _("Served, to be paid")),
    (U.PAID.value, _("Paid")),
    (U.UNPAID.value, _("Not paid in time")),
    (U.IN_COURT.value, _("Before the court")),
    (U.WITHDRAWN.value, _("Withdrawn")),
]


class UnderpaymentQuerySet(CoveredQuerySet["UnderpaymentNotice"]):
    def visible_to(self, user: "User") -> "UnderpaymentQuerySet":
        """As cases of supply without a licence: all of them, or one's own and those of which one has the task; nobody what they
        have a conflict with.
        """
        if user.has_perm("compliance.view_enforcement"):
            return self.open_to(user)
        if user.has_perm("compliance.work_enforcement"):
            tasks = Task.objects.subjects_for(user, "underpaymentnotice")
            return self.open_to(user).filter(Q(drafted_by=user) | Q(pk__in=tasks))
        return self.none()

    def open_to(self, officer: "User") -> "UnderpaymentQuerySet":
        return self.exclude(organisation__in=Conflict.objects.organisations_of(officer))

    def to_pay(self) -> "UnderpaymentQuerySet":
        return self.filter(status=U.TO_PAY)

    def run_out(self, day: date) -> "UnderpaymentQuerySet":
        return self.to_pay().filter(pay_by__lt=day)


class UnderpaymentNotice(CoveredModel):
    """One notice. What it says is counted from its sums when it is served, and stays."""

    lifecycle = UNDERPAYMENT

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey(
        "registry.Organisation", on_delete=models.PROTECT, related_name="underpayment_notices"
    )
    inspection = models.ForeignKey(
        Inspection, null=True, blank=True, on_delete=models.PROTECT, related_name="underpayment_notices"
    )
    scheme = models.CharField(max_length=60)
    version = models.DateField()
    status = models.CharField(max_length=20, choices=STATUSES, default=UNDERPAYMENT.first)
    reasons = models.TextField()
    drafted_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    served_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    served_at = models.DateTimeField(null=True, blank=True)
    penalty_pence = models.PositiveBigIntegerField(null=True, blank=True)
    pay_by = models.DateField(null=True, blank=True)
    reduced_by = models.DateField(
        null=True, blank=True, help_text="whoever pays all until then pays less of the penalty"
    )
    reduced_pence = models.PositiveBigIntegerField(null=True, blank=True, help_text="the penalty for whoever does")
    paid_on = models.DateField(null=True, blank=True)
    shown_by = models.TextField(blank=True, help_text="what shows that workers and penalty were paid")
    because = models.TextField(blank=True, help_text="why it was last moved: not served, withdrawn …")
    court = models.CharField(max_length=200, blank=True)
    enforced_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = UnderpaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="underpayment_served_by_another", condition=Q(served_by=None) | ~Q(served_by=F("drafted_by"))
            ),
            models.CheckConstraint(
                name="underpayment_enforced_by_another",
                condition=Q(enforced_by=None) | ~Q(enforced_by=F("drafted_by")),
            ),
            models.CheckConstraint(
                name="underpayment_served_has_a_clock",
                condition=Q(status__in=["drafted", "left"])
                | Q(
                    served_by__isnull=False,
                    served_at__isnull=False,
                    pay_by__isnull=False,
                    penalty_pence__isnull=False,
                    reduced_by__isnull=False,
                    reduced_pence__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="underpayment_paid_is_shown",
                condition=~Q(status="paid") | Q(paid_on__isnull=False, shown_by__gt=""),
            ),
            models.CheckConstraint(
                name="underpayment_in_court_says_which",
                condition=~Q(status="in_court") | Q(enforced_by__isnull=False, court__gt=""),
            ),
        ]
        indexes = [
            models.Index(name="underpayment_newest", fields=["-drafted_at", "-id"]),
            models.Index(name="underpayment_by_status", fields=["status", "-drafted_at", "-id"]),
        ]

    @property
    def penalty_pounds(self) -> Decimal | None:
        return None if self.penalty_pence is None else Decimal(self.penalty_pence) / 100

    @property
    def reduced_pounds(self) -> Decimal | None:
        return None if self.reduced_pence is None else Decimal(self.reduced_pence) / 100


class OwedSum(CoveredModel):
    """What is owed to some workers for one reason and one time: how many, never who."""

    notice = models.ForeignKey(UnderpaymentNotice, on_delete=models.PROTECT, related_name="owed")
    what = models.CharField(max_length=200)
    workers = models.PositiveIntegerField()
    pence = models.PositiveBigIntegerField()
    since = models.DateField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="owed_to_somebody", condition=Q(workers__gte=1, pence__gte=1, until__gte=F("since")) & ~Q(what="")
            )
        ]

    def __str__(self) -> str:
        return f"{self.notice}: {self.what}"

    @property
    def pounds(self) -> Decimal:
        return Decimal(self.pence) / 100
