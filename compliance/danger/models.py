"""That someone may be in danger: where the sign came from, and how it was dealt with. No word of what was said."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.danger.states import DANGER, ON_DUTY, DangerStatus
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from registry.accounts.models import User


class DangerSource(models.TextChoices):
    REPORT = "report", _("A report")
    INTERVIEW = "interview", _("What a worker said in an interview")
    INDICATOR = "indicator", _("A sign of forced labour seen on a visit")
    OFFICER = "officer", _("An officer raised the alarm")
    CHECK_OUT = "check_out", _("An officer has not checked out of a visit")


class DangerOutcome(models.TextChoices):
    EMERGENCY = "emergency", _("The emergency services were called")
    SAFE = "safe", _("The person is safe")
    AUTHORITY = "authority", _("Another authority has taken it on")
    NONE = "none", _("There was no danger")


STATUSES: list[tuple[str, str | Promise]] = [
    (DangerStatus.RAISED.value, _("Danger: respond now")),
    (DangerStatus.DEALT_WITH.value, _("Dealt with")),
]


class DangerSignQuerySet(CoveredQuerySet["DangerSign"]):
    def visible_to(self, user: "User") -> "DangerSignQuerySet":
        """Those who may be on duty see all but those about an organisation they have a conflict of interest with."""
        if not user.has_perm(ON_DUTY):
            return self.none()
        return self.exclude(organisation__in=Conflict.objects.organisations_of(user))

    def raised(self) -> "DangerSignQuerySet":
        return self.filter(status=DangerStatus.RAISED)


class DangerSign(CoveredModel):
    """One sign of danger, raised once for each report, and once at a time for each inspection; for each missing officer apart."""

    lifecycle = DANGER

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=STATUSES, default=DANGER.first)
    source = models.CharField(max_length=10, choices=DangerSource)
    report = models.ForeignKey(
        "compliance.Report", null=True, blank=True, on_delete=models.PROTECT, related_name="dangers"
    )
    inspection = models.ForeignKey(
        "compliance.Inspection", null=True, blank=True, on_delete=models.PROTECT, related_name="dangers"
    )
    officer = models.ForeignKey(
        "registry.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="who has not checked out of the visit",
    )
    organisation = models.ForeignKey(
        "registry.Organisation", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    raised_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    pressed_at = models.DateTimeField(null=True, blank=True, help_text="on the device, perhaps without a connection")
    device_key = models.UUIDField(null=True, blank=True, unique=True, help_text="of the alarm on the device")
    acknowledge_by = models.DateTimeField(help_text="after it, the next person is alerted")
    outcome = models.CharField(max_length=10, choices=DangerOutcome, blank=True)
    dealt_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    dealt_at = models.DateTimeField(null=True, blank=True)

    objects = DangerSignQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="danger_once_a_report", fields=["report"]),
            models.UniqueConstraint(
                name="danger_once_an_inspection",
                fields=["inspection"],
                condition=Q(status="raised") & ~Q(source="check_out"),
            ),
            models.UniqueConstraint(
                name="danger_once_for_each_missing_officer",
                fields=["inspection", "officer"],
                condition=Q(status="raised", source="check_out"),
            ),
            models.CheckConstraint(
                name="danger_dealt_with_says_how",
                condition=Q(status="raised", outcome="", dealt_by=None, dealt_at=None)
                | Q(status="dealt_with", outcome__gt="", dealt_by__isnull=False, dealt_at__isnull=False),
            ),
        ]
        indexes = [models.Index(name="danger_by_status", fields=["status", "raised_at", "id"])]

    def __str__(self) -> str:
        return self.reference

    @property
    def came_late(self) -> bool:
        """Whether it waited on a device for a connection: by the minute, as its page says both."""
        return self.pressed_at is not None and self.raised_at - self.pressed_at >= timedelta(minutes=1)

    @property
    def task_priority(self) -> TaskPriority:
        return TaskPriority.DANGER
