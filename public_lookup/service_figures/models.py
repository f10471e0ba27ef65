"""How the look-up answers us, who ask it ourselves: no question of anyone else is counted or timed."""

from django.db import models


class LookUpDay(models.Model):
    """The questions that we asked the look-up on one day, in totals. They say nothing of any visitor."""

    day = models.DateField(unique=True)
    asked_at = models.DateTimeField(help_text="the last of them")
    asked = models.PositiveIntegerField(default=0)
    answered = models.PositiveIntegerField(default=0, help_text="in time, and with what the register says")
    times = models.JSONField(default=dict, help_text="how many answers took up to so many milliseconds")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"{self.day}: {self.answered} of {self.asked}"
