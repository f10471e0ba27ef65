"""Which officer had which training, and until when it is valid."""

from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from compliance.training.states import RECORDS, TRAINING, TrainingStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User

#: How long before its end a manager has a task for it.
NOTICE = timedelta(days=60)
#: How long after its end the task ends too.
LET_GO = timedelta(days=90)


class TrainingQuerySet(CoveredQuerySet["Training"]):
    def visible_to(self, user: "User") -> "TrainingQuerySet":
        return self.all() if user.has_perm(RECORDS) else self.none()

    def counted(self) -> "TrainingQuerySet":
        return self.exclude(status=TrainingStatus.WITHDRAWN)


class Training(CoveredModel):
    """One training of one officer. A row is not changed but for its status; what was recorded in error is withdrawn."""

    lifecycle = TRAINING

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=TrainingStatus, default=TRAINING.first)
    person = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="trainings")
    kind = models.CharField(max_length=40, help_text="code of the pack (tasks.toml)")
    on = models.DateField()
    valid_until = models.DateField()
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = TrainingQuerySet.as_manager()

    class Meta:
        permissions = [("record_training", "Record which officer had which training")]
        constraints = [
            models.UniqueConstraint(
                name="training_once_a_day", fields=["person", "kind", "on"], condition=~Q(status="training_withdrawn")
            ),
            models.CheckConstraint(name="training_lasts", condition=Q(valid_until__gt=F("on"))),
        ]

    @property
    def remind_after(self) -> date:
        return self.valid_until - NOTICE

    @property
    def let_go_after(self) -> date:
        """Who has left is trained no more: the task about it ends of its own."""
        return self.valid_until + LET_GO
