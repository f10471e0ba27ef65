"""What those who work on a case write down for each other."""

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel


class Note(CoveredModel):
    """A note on a case, read by whoever of the authority reads the case; its applicant is not shown it.

    Append-only: triggers refuse every change and every deletion. What was wrong is said in another note.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="notes")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        permissions = [("write_note", "Write a note on a case")]
        constraints = [models.CheckConstraint(name="note_says_something", condition=~Q(text=""))]
        indexes = [models.Index(name="note_of_case", fields=["application", "-at", "-id"])]

    def __str__(self) -> str:
        return f"{self.application}, {self.at:%Y-%m-%d %H:%M}"
