"""Where an officer is while on a visit: from when, until when they are expected back, and when they checked out."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.check_ins.states import STAY, StayStatus
from compliance.inspections.models import Inspection
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

STATUSES: list[tuple[str, str | Promise]] = [
    (StayStatus.ON_SITE.value, _("On the visit")),
    (StayStatus.OVERDUE.value, _("Has not checked out")),
    (StayStatus.LEFT.value, _("Checked out")),
]


class StayQuerySet(CoveredQuerySet["Stay"]):
    def of(self, officer: "User") -> "StayQuerySet":
        return self.filter(officer=officer)

    def going_on(self) -> "StayQuerySet":
        return self.exclude(status=StayStatus.LEFT)


class Stay(CoveredModel):
    """The stay of one officer on one visit. An officer has one at a time that is not over."""

    lifecycle = STAY

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="stays")
    officer = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=10, choices=STATUSES, default=STAY.first)
    arrived_at = models.DateTimeField()
    expected_at = models.DateTimeField(help_text="when the officer expects to check out")
    missed_at = models.DateTimeField(null=True, blank=True, help_text="when the alarm was raised")
    left_at = models.DateTimeField(null=True, blank=True)
    key = models.UUIDField(null=True, blank=True, help_text="of the check-in on a device")
    left_key = models.UUIDField(null=True, blank=True, help_text="of the check-out on a device")

    objects = StayQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="stay_by_key", fields=["officer", "key"]),
            models.UniqueConstraint(name="stay_by_left_key", fields=["officer", "left_key"]),
            models.UniqueConstraint(name="stay_one_at_a_time", fields=["officer"], condition=~Q(status="left")),
            models.CheckConstraint(name="stay_expected_after_arrival", condition=Q(expected_at__gt=F("arrived_at"))),
            models.CheckConstraint(
                name="stay_left_has_a_time",
                condition=Q(status="left", left_at__isnull=False) | (~Q(status="left") & Q(left_at=None)),
            ),
        ]
        indexes = [models.Index(name="stay_by_status", fields=["status", "expected_at", "id"])]

    def __str__(self) -> str:
        return f"{self.inspection}, {self.pk}"

    @property
    def reference(self) -> str:
        return str(self)
