"""Verifications of the whole history: asked for, begun and finished."""

from django.db import models

from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class VerificationQuerySet(CoveredQuerySet["TrailVerification"]):
    def waiting(self) -> "VerificationQuerySet":
        return self.filter(started_at=None)

    def unfinished(self) -> "VerificationQuerySet":
        return self.filter(finished_at=None)


class TrailVerification(CoveredModel):
    """One reading of the whole history by the background worker: asked for by a person, due each day, or after an action was refused."""

    asked_by = models.ForeignKey(
        "registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+", help_text="empty: daily"
    )
    because = models.TextField(blank=True, help_text="the rewritten rows for which an action was refused")
    asked_at = models.DateTimeField()
    published_number = models.BigIntegerField(null=True, blank=True, help_text="of a printed head, to compare with")
    published_hash = models.CharField(max_length=64, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    events = models.BigIntegerField(default=0)
    entries = models.BigIntegerField(default=0)
    rows = models.BigIntegerField(default=0)
    head_number = models.BigIntegerField(default=0)
    head_hash = models.CharField(max_length=64, blank=True)
    fault_count = models.PositiveIntegerField(default=0)
    faults = models.JSONField(default=list, help_text="the first of them")

    objects = VerificationQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="verification_newest", fields=["-asked_at", "-id"])]

    def __str__(self) -> str:
        return f"{self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def published(self) -> tuple[int, str] | None:
        return (self.published_number, self.published_hash) if self.published_number else None

    @property
    def holds(self) -> bool:
        return self.finished_at is not None and not self.fault_count
