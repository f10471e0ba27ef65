"""Bundles of appeals, made by the background worker: printing one can take longer than a page may."""

from django.db import models

from licensing.models.appeals import Appeal
from registry.accounts.models import User


class AppealBundleQuerySet(models.QuerySet["AppealBundle"]):
    def unfinished(self) -> "AppealBundleQuerySet":
        return self.filter(finished_at=None)

    def newest_of(self, appeal: Appeal) -> "AppealBundle | None":
        return self.filter(appeal=appeal).order_by("-asked_at", "-pk").first()


class AppealBundle(models.Model):
    """One bundle that somebody has asked for: waiting, being made, ready, or refused with the reasons."""

    appeal = models.ForeignKey(Appeal, on_delete=models.CASCADE, related_name="bundles")
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    stored_as = models.CharField(max_length=64, blank=True, help_text="empty: not made, or removed after its time")
    sha256 = models.CharField(max_length=64, blank=True)
    contents = models.JSONField(default=dict, help_text="the letters and documents in it, and how much was left out")
    refused = models.JSONField(default=list, help_text="why it could not be made, in sentences")

    objects = AppealBundleQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(name="bundle_newest", fields=["appeal", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.appeal_id} {self.asked_at:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        return self.finished_at is None

    @property
    def is_ready(self) -> bool:
        return bool(self.stored_as)
