"""What takes long to count, as it was last counted."""

from django.db import models


class StatisticsSubject(models.TextChoices):
    """What it is that was counted."""

    PUBLIC = "public"
    WORK = "work"
    TARGETING = "targeting"
    PREVENTION = "prevention"


class Tabulation(models.Model):
    """What was counted of one scheme: of the counts for the public with small numbers already left out.

    Made anew once a day, and when somebody asks for it, so that a page reads one row. What was left out is not in here.
    """

    what = models.CharField(max_length=20, choices=StatisticsSubject)
    scheme = models.CharField(max_length=60)
    version = models.DateField(help_text="the version of the scheme whose words the rows have")
    counted_at = models.DateTimeField()
    tables = models.JSONField(
        help_text="public: by table and quarter, each row and column with its number; null: left out. Others: as their query keeps it"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="tabulation_once", fields=["what", "scheme"])]

    def __str__(self) -> str:
        return f"{self.what} of {self.scheme}, {self.counted_at:%Y-%m-%d}"
