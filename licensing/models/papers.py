"""An application that came on paper."""

from django.db import models

from licensing.models.applications import Application
from registry.accounts.models import User


class Paper(models.Model):
    """That an application was typed in for its applicant: by whom, when the paper arrived, and where it is kept."""

    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="paper")
    received_on = models.DateField()
    file_reference = models.CharField(max_length=60)
    entered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.application} {self.file_reference}"
