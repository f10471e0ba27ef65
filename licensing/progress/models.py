"""How long cases take, and what applicant and authority write to each other about one."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Milestone(models.TextChoices):
    """From where the days until a decision are counted: the further a case has come, the better it can be foreseen."""

    HANDED_IN = "handed_in", _("Handed in")
    ASSESSING = "assessing", _("Assessment begun")
    ANSWERED = "answered", _("Our last question answered")


class Pace(models.Model):
    """How many working days the cases that were decided in a year took, from a milestone on.

    Worked out anew once a day from the cases themselves, so that a page asks for one row: nothing else is stored of it.
    """

    scheme = models.CharField(max_length=60)
    kind = models.CharField(max_length=20, help_text="application or renewal")
    milestone = models.CharField(max_length=20, choices=Milestone)
    worked_out_on = models.DateField()
    days = models.JSONField(default=dict, help_text="how many cases took so many working days")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="pace_once", fields=["scheme", "kind", "milestone"]),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.kind} {self.milestone}"
