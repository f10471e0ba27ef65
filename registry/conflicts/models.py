"""Who of the authority may have nothing to do with which organisation, and why."""

from django.db import models
from django.db.models import F, Q

from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class ConflictQuerySet(CoveredQuerySet["Conflict"]):
    def in_force(self) -> "ConflictQuerySet":
        """Those that nobody has declared to be over."""
        return self.filter(until=None)

    def organisations_of(self, user: User) -> "models.QuerySet[Conflict, int]":
        """The keys of the organisations with which this officer may have nothing to do."""
        return self.in_force().filter(officer=user).values_list("organisation", flat=True)


class Conflict(CoveredModel):
    """A declared conflict of interest: this officer takes no part in anything about this organisation (docs/rules.md G7, T10).

    It holds from the day on which it is declared until somebody else says that it is over; `since` is for how long there
    has been one.
    """

    reference = models.CharField(max_length=20, unique=True)
    officer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="conflicts")
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="conflicts")
    because = models.TextField()
    since = models.DateField()
    declared_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    declared_at = models.DateTimeField()
    until = models.DateField(null=True, blank=True, help_text="the day on which somebody said that it is over")
    ended_because = models.TextField(blank=True)
    ended_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    objects = ConflictQuerySet.as_manager()

    class Meta:
        permissions = [("manage_conflicts", "Declare conflicts of interest of others, and say when one is over")]
        constraints = [
            models.UniqueConstraint(
                name="conflict_declared_once", fields=["officer", "organisation"], condition=Q(until=None)
            ),
            models.CheckConstraint(name="conflict_says_why", condition=Q(because__gt="")),
            # Nobody frees themselves.
            models.CheckConstraint(
                name="conflict_ended_by_another", condition=Q(ended_by=None) | ~Q(ended_by=F("officer"))
            ),
            models.CheckConstraint(
                name="conflict_ended_says_why",
                condition=Q(until=None, ended_by=None)
                | Q(until__isnull=False, ended_by__isnull=False, ended_because__gt=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.officer}, {self.organisation}"
