"""What was passed on to another authority, word for word, and on which conditions."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from compliance.models.intelligence import Intelligence

if TYPE_CHECKING:
    from registry.accounts.models import User


class DisseminationQuerySet(models.QuerySet["Dissemination"]):
    def for_partner(self, user: "User") -> "DisseminationQuerySet":
        """What the authority that this person answers for was given."""
        if not user.has_perm("compliance.receive_intelligence") or user.agency_id is None:
            return self.none()
        return self.filter(agency=user.agency_id)


class Dissemination(models.Model):
    """Sanitised intelligence as another authority got it. What is graded or written anew later does not change it."""

    reference = models.CharField(max_length=20, unique=True)
    intelligence = models.ForeignKey(Intelligence, on_delete=models.PROTECT, related_name="passed_on")
    agency = models.ForeignKey("registry.Agency", on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    grade = models.CharField(max_length=8, help_text="as it is written: 2B/P")
    conditions = models.JSONField(default=list)
    conditions_said = models.TextField(blank=True)
    purpose = models.TextField(help_text="what the authority may use it for, and under which power it is shared")
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    accepted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    accepted_at = models.DateTimeField(null=True, blank=True)

    objects = DisseminationQuerySet.as_manager()

    class Meta:
        permissions = [("receive_intelligence", "Read what is passed on to one's own authority")]
        constraints = [
            models.CheckConstraint(name="dissemination_says_what_for", condition=~Q(purpose="")),
            models.CheckConstraint(
                name="dissemination_accepted_by_somebody",
                condition=Q(accepted_at=None, accepted_by=None)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference
