"""A report that was spoken."""

from django.db import models

from registry.trail.models.covered import CoveredModel


class ReportRecording(CoveredModel):
    """What the reporter said instead of writing it: sealed, as a voice says who somebody is. `compliance.vault` opens it."""

    trail_omits = frozenset({"sealed"})

    report = models.OneToOneField("Report", on_delete=models.CASCADE, related_name="recording")
    sealed = models.BinaryField()
    seconds = models.PositiveIntegerField()
    is_masked = models.BooleanField(help_text="the voice was changed on the device of the reporter")
    digest = models.CharField(max_length=64, help_text="of the sound as it is heard")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report}: recording"
