"""The counts for the public as they were last made."""

from django.db import models


class Tabulation(models.Model):
    """The tables of one scheme, of every quarter that was over, with small numbers already left out.

    Made anew once a day, and when somebody asks for it, so that a page reads one row. What was left out is not in here.
    """

    scheme = models.CharField(max_length=60, unique=True)
    version = models.DateField(help_text="the version of the scheme whose words the rows have")
    counted_at = models.DateTimeField()
    tables = models.JSONField(help_text="by table and quarter, each row and column with its number; null: left out")

    def __str__(self) -> str:
        return f"{self.scheme}, {self.counted_at:%Y-%m-%d}"
