"""What anyone may make a table of: counts by every variable for one quarter, frozen, with random keys."""

from django.db import models

from registry.editions.tables import CountedThing
from registry.trail.models.covered import CoveredModel


class KeyedCounts(CoveredModel):
    """The base cells of one quarter. No row is about one person, and nothing here leads back to a case.

    Frozen once: drawn again, the keys would give other noise, and the difference would say something. A trigger keeps it.
    """

    subject = models.CharField(max_length=20, choices=[(one.value, one.value) for one in CountedThing])
    scheme = models.CharField(max_length=60, blank=True, help_text="empty: of all schemes")
    title = models.JSONField(help_text="of the scheme, by language; empty: of all schemes")
    quarter = models.PositiveIntegerField(help_text="counted since the year 0")
    variables = models.JSONField(help_text="code, title by language, and values: each code with its title by language")
    cells = models.JSONField(help_text="a value of each variable in their order, the number, and the key (0 to 255)")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the cells with their keys")
    smallest = models.PositiveSmallIntegerField(help_text="the least number that is shown; 0: all, without noise")
    prints_zero = models.BooleanField()
    frozen_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(name="keyed_counts_frozen_once", fields=["subject", "scheme", "quarter"]),
        ]

    def __str__(self) -> str:
        return f"{self.subject} of {self.scheme or 'all schemes'}, quarter {self.quarter}"
