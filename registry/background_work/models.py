"""One row for each lane of the background worker: when it last ended a round, and what failed in it."""

from django.db import models


class Heartbeat(models.Model):
    """Written by the worker alone. Nothing about a case is in it, so nothing of it is written into the trail."""

    lane = models.CharField(max_length=10, unique=True)
    beat_at = models.DateTimeField(help_text="when it last ended a round")
    due_at = models.DateTimeField(null=True, help_text="when it last did what is due by the clock")
    failed = models.JSONField(default=list, help_text="jobs that failed then, by name")

    class Meta:
        default_permissions = ()

    def __str__(self) -> str:
        return self.lane
