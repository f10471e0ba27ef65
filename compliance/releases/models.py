"""What a second person answered of a sanitised text, and the marks by which a source is found in one without opening who it is."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.sources import Source
from registry.trail.models.covered import CoveredModel

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class ReadingOutcome(models.TextChoices):
    RELEASED = "released", _("Released")
    REFUSED = "refused", _("Refused")


class TextReading(CoveredModel):
    """One reading of a text by a second person: each answer of the check-list, and what followed. It is never changed."""

    intelligence = models.ForeignKey(Intelligence, on_delete=models.PROTECT, related_name="readings")
    number = models.PositiveSmallIntegerField()
    text = models.TextField(help_text="the sanitised text as it was read")
    outcome = models.CharField(max_length=10, choices=ReadingOutcome)
    answers = models.JSONField(default=dict, help_text="by the code of the check: yes or no, and words")
    because = models.TextField(blank=True, help_text="why it was refused")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="text_reading_number_once", fields=["intelligence", "number"]),
            models.CheckConstraint(
                name="text_reading_refused_says_why", condition=Q(outcome="released") | ~Q(because="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.intelligence}, reading {self.number}"


class MarkKind(models.TextChoices):
    NAME = "name", _("Name")
    NUMBER = "number", _("Telephone number")
    EMAIL = "email", _("Email address")


class SourceMark(models.Model):
    """A keyed digest of a part of a source's name, of a number or of an address: no one reads from it who the source is."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="marks")
    kind = models.CharField(max_length=10, choices=MarkKind)
    digest = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(name="source_mark_once", fields=["source", "kind", "digest"])]
        indexes = [models.Index(name="source_mark_digest", fields=["digest"])]

    def __str__(self) -> str:
        return f"mark of {self.source_id}"
