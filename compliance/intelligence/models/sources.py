"""Who tells, by a pseudonym: sealed, and opened by the handler alone."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class SourceQuerySet(CoveredQuerySet["Source"]):
    def visible_to(self, user: "User") -> "SourceQuerySet":
        """A source handler sees the pseudonyms of the sources that are theirs; nobody else sees any."""
        return self.filter(handler=user) if user.has_perm("compliance.handle_sources") else self.none()


class Source(CoveredModel):
    """Somebody who tells, by a pseudonym. Nothing here says who, and no other table leads from here to a person."""

    reference = models.CharField(max_length=20, unique=True)
    handler = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    about = models.TextField(blank=True, help_text="how far the source has proved right; nothing that says who it is")
    opened_at = models.DateTimeField()

    objects = SourceQuerySet.as_manager()

    class Meta:
        permissions = [("handle_sources", "Keep the identities of sources, and open those that are one's own")]

    def __str__(self) -> str:
        return self.reference


class SealedIdentity(models.Model):
    """Who a source is, sealed with a key that is not in the database. Read by `compliance.vault` alone."""

    source = models.OneToOneField(Source, primary_key=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"sealed identity of {self.source_id}"


class IdentityLook(models.Model):
    """Somebody opened an identity: written before it is handed out, and never changed."""

    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="looks")
    by = models.CharField(max_length=20, help_text="reference of the user")
    because = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="look_says_why", condition=~Q(because=""))]

    def __str__(self) -> str:
        return f"{self.source_id} by {self.by}"
