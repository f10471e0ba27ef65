"""How the service does, as counted in the night: what the public reads until the next night."""

from django.db import models

from registry.trail.models.covered import CoveredModel


class ServiceFigures(CoveredModel):
    """The figures of one day. They follow from the cases alone, so nothing of them is written into the trail.

    Each day stays, so that anyone can see how a figure went; the file of cases is kept for the newest day only.
    """

    day = models.DateField(unique=True)
    made_at = models.DateTimeField()
    tables = models.JSONField(help_text="as registry/editions/rules/content.py writes a table")
    changes = models.JSONField(help_text="what was changed and from which day, the newest first")
    cases = models.JSONField(help_text="cases without names: a list for each, in the order of CASE_COLUMNS")

    class Meta:
        ordering = ["-day"]

    def __str__(self) -> str:
        return f"service figures of {self.day}"
