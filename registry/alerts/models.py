"""Who is on duty for danger, how each person is alerted, and what was sent about which task."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from registry.accounts.models import User
from registry.alerts.states import AlertWay
from registry.outbox.models import OutboxItem
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.waits import TaskPriority

if TYPE_CHECKING:
    from typing import Self


class DutyShiftQuerySet(CoveredQuerySet["DutyShift"]):
    def at(self, at: datetime) -> "DutyShift | None":
        """The shift of this instant; none where the rota is empty."""
        return self.filter(starts__lte=at, until__gt=at).select_related("officer", "deputy").first()

    def overlapping(self, starts: datetime, until: datetime) -> "Self":
        return self.filter(starts__lt=until, until__gt=starts)


class DutyShift(CoveredModel):
    """From one time to another this officer is on duty for danger, and this deputy is next."""

    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    deputy = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    starts = models.DateTimeField()
    until = models.DateTimeField()

    objects = DutyShiftQuerySet.as_manager()

    class Meta:
        permissions = [
            ("be_on_duty", "Be on duty for danger: is alerted, and responds"),
            ("receive_alerts", "Is alerted of every danger, on duty or not"),
            ("edit_rota", "Say who is on duty for danger; is alerted where no one is"),
        ]
        constraints = [
            models.CheckConstraint(name="duty_shift_runs_forward", condition=Q(until__gt=F("starts"))),
            models.CheckConstraint(
                name="duty_shift_has_another_deputy", condition=Q(deputy=None) | ~Q(deputy=F("officer"))
            ),
        ]
        indexes = [models.Index(name="duty_shift_by_end", fields=["until", "starts", "id"])]

    def __str__(self) -> str:
        return f"{self.officer}, {self.starts:%Y-%m-%d %H:%M} to {self.until:%Y-%m-%d %H:%M}"

    @property
    def reference(self) -> str:
        return f"{self.officer.reference} {self.starts:%Y-%m-%d %H:%M}"


class AlertSettingsQuerySet(CoveredQuerySet["AlertSettings"]):
    def of(self, person: User) -> "AlertSettings":
        """What the person has chosen; what holds for all where they have chosen nothing, not saved."""
        return self.filter(person=person).first() or AlertSettings(person=person)


class AlertSettings(CoveredModel):
    """How one person is alerted. No one can turn off alerts about danger."""

    person = models.OneToOneField(User, primary_key=True, on_delete=models.CASCADE, related_name="+")
    telephone = models.CharField(max_length=20, blank=True, help_text="with its country code, like +447700900123")
    gets_urgent_mail = models.BooleanField(default=True)
    gets_morning_mail = models.BooleanField(default=True)

    objects = AlertSettingsQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "alert settings"

    def __str__(self) -> str:
        return f"alert settings of {self.person}"


class AlertQuerySet(models.QuerySet["Alert"]):
    def due(self, at: datetime) -> "Self":
        """Those whose next step is to be taken: no one has acknowledged the task, and it is still open."""
        return self.filter(next_at__lte=at, task__done_at=None, task__acknowledged_at=None)


class Alert(models.Model):
    """How far the alert about one task has gone. An urgent task has one step, danger one after the other."""

    task = models.OneToOneField(Task, primary_key=True, on_delete=models.CASCADE, related_name="alert")
    step = models.PositiveSmallIntegerField()
    last_at = models.DateTimeField()
    next_at = models.DateTimeField(null=True, blank=True, help_text="none: there is no further step")

    objects = AlertQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="alert_by_next", fields=["next_at", "task"], condition=Q(next_at__isnull=False))]

    def __str__(self) -> str:
        return f"{self.task}, step {self.step}"


class AlertNotice(models.Model):
    """One mail or text message of an alert to one person. It holds no words: those of a mail are in its letter."""

    alert = models.ForeignKey(Alert, on_delete=models.CASCADE, related_name="notices")
    step = models.PositiveSmallIntegerField()
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=4, choices=AlertWay)
    at = models.DateTimeField()
    outbox = models.OneToOneField(OutboxItem, on_delete=models.PROTECT, related_name="alert_notice")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="alert_notice_once_a_step", fields=["alert", "step", "person", "way"])
        ]

    def __str__(self) -> str:
        return f"{self.alert}: {self.way} to {self.person}"


class MorningMailManager(models.Manager["MorningMail"]):
    def missing(self, day: date) -> "models.QuerySet[User]":
        """Those who work for the authority and of whom no one has looked yet what is due on that day."""
        seen = self.filter(day=day).values("person")
        return User.objects.who_may("registry.work_for_authority").filter(agency=None).exclude(pk__in=seen)


class MorningMail(models.Model):
    """That the morning mail of one person and day was considered, whether or not there was anything to say."""

    person = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    day = models.DateField()

    objects = MorningMailManager()

    class Meta:
        constraints = [models.UniqueConstraint(name="morning_mail_once_a_day", fields=["day", "person"])]

    def __str__(self) -> str:
        return f"{self.person}, {self.day}"


def tasks_without_alert(priority: TaskPriority) -> "models.QuerySet[Task]":
    """Open tasks of the authority with this priority of which no one has been told since they were raised or released."""
    unknown = Q(alert=None) | Q(alert__last_at__lt=F("released_at"))
    found: models.QuerySet[Task] = Task.objects.open().filter(unknown, priority=priority, agency=None)
    return found
