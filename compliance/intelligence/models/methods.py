"""By which methods of offenders a piece of intelligence is tagged."""

from django.db import models

from compliance.intelligence.models.intelligence import Intelligence
from registry.trail.models.covered import CoveredModel


class IntelligenceMethod(CoveredModel):
    """One method of the pack that a piece of intelligence speaks of, as an analyst reads it."""

    intelligence = models.ForeignKey(Intelligence, on_delete=models.CASCADE, related_name="methods")
    code = models.CharField(max_length=10)

    class Meta:
        constraints = [models.UniqueConstraint(name="intelligence_method_once", fields=["intelligence", "code"])]

    def __str__(self) -> str:
        return f"{self.intelligence}: {self.code}"
