"""Text messages to telephones, and the codes by which somebody shows that a telephone is in their hand."""

from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from registry.outbox.models import OutboxItem

if TYPE_CHECKING:
    from typing import Self


class TextMessageQuerySet(models.QuerySet["TextMessage"]):
    def to(self, number: str, *, since: datetime) -> "Self":
        return self.filter(number=number, at__gt=since)


class TextMessage(models.Model):
    """One message to one telephone: written down with what it tells of, sent after it. Its words are gone once it is sent."""

    number = models.CharField(max_length=20, help_text="with its country code, like +447700900123")
    words = models.CharField(max_length=160, blank=True)
    is_code = models.BooleanField(default=False)
    at = models.DateTimeField()
    outbox = models.OneToOneField(
        OutboxItem, on_delete=models.PROTECT, help_text="when it is sent, and how often that was tried"
    )

    objects = TextMessageQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(name="text_to_number", fields=["number", "at"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.at:%Y-%m-%d %H:%M}"


class TextCode(models.Model):
    """The last code that was sent to a telephone: only a keyed digest of it, and how often somebody has tried."""

    number = models.CharField(max_length=20, unique=True)
    digest = models.CharField(max_length=64)
    at = models.DateTimeField()
    tries = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return self.number
