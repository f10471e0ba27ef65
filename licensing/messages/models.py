"""How long cases take, and what applicant and authority write to each other about one."""

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class MessageQuerySet(CoveredQuerySet["Message"]):
    def unread_by_applicants(self) -> "MessageQuerySet":
        return self.filter(read_at=None, from_authority=True)

    def unread_by_authority(self) -> "MessageQuerySet":
        return self.filter(read_at=None, from_authority=False)


class Message(CoveredModel):
    """Something that the applicant and the authority wrote to each other about an application; it moves nothing.

    Append-only: triggers refuse a deletion and every change but that it was read, once.
    """

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="messages")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    from_authority = models.BooleanField()
    text = models.TextField()
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="message_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="message_read_by_somebody",
                condition=Q(read_at=None, read_by=None) | Q(read_at__isnull=False, read_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="message_of_case", fields=["application", "at", "id"]),
            models.Index(name="message_unread", fields=["from_authority", "at", "id"], condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.application}, {self.at:%Y-%m-%d %H:%M}"
