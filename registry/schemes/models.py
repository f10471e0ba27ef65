"""What each version of a scheme said when the first case was pinned to it."""

from django.db import models
from django.db.models import F, Q

from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class PackEditionQuerySet(CoveredQuerySet["PackEdition"]):
    def in_use(self) -> "PackEditionQuerySet":
        """Those that count: what was frozen, and corrections that a second person has accepted."""
        return self.filter(Q(edition=1) | Q(accepted_at__isnull=False))

    def proposed(self) -> "PackEditionQuerySet":
        return self.exclude(edition=1).filter(accepted_at=None)


class PackEdition(CoveredModel):
    """What one version of a scheme said when the first case was pinned to it, and each correction of it that was accepted.

    `said` is canonical JSON: each key of the version with its value, without what only a default says.
    """

    scheme = models.CharField(max_length=60)
    version = models.DateField()
    edition = models.PositiveSmallIntegerField(help_text="1: frozen with the first case; later ones are corrections")
    digest = models.CharField(max_length=64, help_text="SHA-256 of `said`")
    said = models.TextField()
    at = models.DateTimeField(help_text="when it was frozen, or the correction proposed")
    because = models.TextField(blank=True)
    proposed_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = PackEditionQuerySet.as_manager()

    class Meta:
        default_permissions = ()
        permissions = [("correct_packs", "Propose and accept corrections of scheme packs that cases are pinned to")]
        constraints = [
            models.UniqueConstraint(name="pack_edition_once", fields=["scheme", "version", "edition"]),
            models.CheckConstraint(
                name="pack_edition_by_two", condition=Q(accepted_by=None) | ~Q(accepted_by=F("proposed_by"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.version}, edition {self.edition}"

    @property
    def reference(self) -> str:
        return f"{self.scheme}/{self.version}"
