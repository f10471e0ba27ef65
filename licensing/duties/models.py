"""How a person is kept informed of the duties of a business: a calendar for its dates, and reminders by email and by text."""

from django.db import models
from django.db.models import Q

from licensing.duties.states import ReminderStage
from registry.accounts.models import User
from registry.memberships.models import Membership
from registry.outbox.models import OutboxItem
from registry.tasks.models import Task
from registry.trail.models.covered import CoveredModel

#: How many days before a day a person can be reminded of it.
DAYS_BEFORE = (1, 3, 7, 14)
USUAL_DAYS_BEFORE = 7


class DutyCalendar(CoveredModel):
    """A private address at which a calendar program reads the dates of a business, for one person who acts for it.

    The address is worked out from the seed and a secret of ours. What finds the row is a keyed digest.
    """

    trail_secrets = frozenset({"seed", "code_digest"})

    membership = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="duty_calendar")
    seed = models.CharField(max_length=32)
    code_digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"calendar of {self.membership}"


class ReminderChoice(models.Model):
    """What a person has chosen about reminders. Without a row: by email alone, a week before and on the day after."""

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="reminder_choice")
    by_email = models.BooleanField(default=True)
    by_text = models.BooleanField(default=False)
    telephone = models.CharField(max_length=20, blank=True, help_text="with its country code, like +447700900123")
    days_before = models.PositiveSmallIntegerField(default=USUAL_DAYS_BEFORE)

    class Meta:
        constraints = [
            # Written out: Django cannot describe an SQLite table whose constraint has a list in it.
            models.CheckConstraint(
                name="reminder_days_can_be_chosen",
                condition=Q(days_before=1) | Q(days_before=3) | Q(days_before=7) | Q(days_before=14),
            ),
            models.CheckConstraint(name="reminder_by_text_has_a_number", condition=Q(by_text=False) | ~Q(telephone="")),
        ]

    def __str__(self) -> str:
        return f"reminders of {self.user}"


class DutyReminder(models.Model):
    """A person was reminded of one duty, for one day and at one time: never twice."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    stage = models.CharField(max_length=10, choices=ReminderStage)
    due_on = models.DateField(help_text="the day that it was about: one that is moved is reminded of again")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="duty_reminded_once", fields=["task", "user", "stage", "due_on"])]

    def __str__(self) -> str:
        return f"{self.task} {self.stage}"


class DutyText(CoveredModel):
    """A text message that reminds one person of the duties of one business: it names the first, and says how many more there are."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="+")
    due_on = models.DateField()
    more = models.PositiveSmallIntegerField(default=0)
    outbox = models.OneToOneField(OutboxItem, on_delete=models.PROTECT, related_name="duty_text")

    def __str__(self) -> str:
        return f"text about {self.task}"
