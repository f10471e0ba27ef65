"""Monthly bulletins of patterns for other authorities: one text, drafted from published tables, released by a second person."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q

from compliance.bulletins.states import BULLETIN, READS, BulletinStatus
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class BulletinQuerySet(CoveredQuerySet["Bulletin"]):
    def visible_to(self, user: "User") -> "BulletinQuerySet":
        return self.all() if any(map(user.has_perm, READS)) else self.none()

    def released(self) -> "BulletinQuerySet":
        return self.filter(status=BulletinStatus.RELEASED)


class Bulletin(CoveredModel):
    """What one month's bulletin says. Its text is fixed when it is written; a refused one is written again as another."""

    lifecycle = BULLETIN

    reference = models.CharField(max_length=20, unique=True)
    status = models.CharField(max_length=20, choices=BulletinStatus, default=BULLETIN.first)
    month = models.DateField(help_text="its first day")
    version = models.ForeignKey(
        "registry.EditionVersion",
        on_delete=models.PROTECT,
        related_name="+",
        help_text="from whose tables it was drafted",
    )
    drafted = models.TextField(help_text="as it was drafted from the tables")
    text = models.TextField(help_text="as it was edited, and is read")
    written_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    decided_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.TextField(blank=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        permissions = [
            ("write_bulletins", "Write the monthly bulletin for other authorities"),
            ("release_bulletins", "Release a bulletin that someone else wrote"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="bulletin_once_a_month", fields=["month"], condition=~Q(status="bulletin_refused")
            ),
            models.CheckConstraint(name="bulletin_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="bulletin_decided_by_another",
                condition=Q(status="bulletin_written", decided_by=None, decided_at=None)
                | ~Q(status="bulletin_written")
                & Q(decided_by__isnull=False, decided_at__isnull=False)
                & ~Q(decided_by=F("written_by")),
            ),
        ]
