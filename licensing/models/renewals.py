"""What holders are reminded of."""

from django.db import models

from registry.licences.models import Licence


class Reminder(models.Model):
    """That a holder was reminded to renew a licence which ends on a day: once for each time that the scheme names."""

    licence = models.ForeignKey(Licence, on_delete=models.PROTECT, related_name="reminders")
    valid_until = models.DateField(help_text="the last day of the licence as it was told")
    weeks = models.PositiveSmallIntegerField(help_text="how long before the last day; 0 for the last day itself")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="reminder_once", fields=["licence", "valid_until", "weeks"])]

    def __str__(self) -> str:
        return f"{self.licence}, {self.valid_until}: {self.weeks}"
