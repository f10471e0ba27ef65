"""What keeps data beyond its time, and what is left of it after: that it was there."""

from django.db import models
from django.db.models import Q

from registry.trail.models.covered import CoveredModel, CoveredQuerySet
from registry.trail.models.events import reference_of

#: What a column holds in place of the words that were erased: columns that were empty stay so.
ERASED = "[erased]"


class HoldQuerySet(CoveredQuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        return self.filter(lifted_at=None)


class Hold(CoveredModel):
    """Somebody has said why nothing of an organisation may be erased, until it is lifted."""

    reference = models.CharField(max_length=20, unique=True)
    organisation = models.ForeignKey("registry.Organisation", on_delete=models.PROTECT, related_name="holds")
    because = models.TextField()
    placed_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True, blank=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        permissions = [
            ("hold_data", "Keep the data of an organisation beyond its time"),
            ("answer_subject_access", "Give a person what is held about them"),
        ]
        constraints = [
            models.UniqueConstraint(name="hold_one_in_force", fields=["organisation"], condition=Q(lifted_at=None)),
            models.CheckConstraint(
                name="hold_lifted_by_somebody",
                condition=Q(lifted_at=None, lifted_by=None) | Q(lifted_at__isnull=False, lifted_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.reference


class ErasureQuerySet(CoveredQuerySet["Erasure"]):
    def references(self, kind: str, *rules: str) -> set[str]:
        """What the things of this kind are called of which something was erased under any of these rules."""
        return set(self.filter(kind=kind, rule__in=rules).values_list("reference", flat=True))

    def of(self, thing: models.Model, *rules: str) -> "ErasureQuerySet":
        return self.filter(kind=thing._meta.model_name, reference=reference_of(thing), rule__in=rules)


class Erasure(CoveredModel):
    """That something was held and is not any more. A person who has a copy can show by salt and digest that it is the same.

    Written before anything is erased, because triggers let rows go that have such a trace. Append-only.
    """

    rule = models.CharField(max_length=40, help_text="code of the pack's table by which it was erased")
    kind = models.CharField(max_length=40, help_text="name of the model; of a day, of the rows of that day")
    reference = models.CharField(max_length=20)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the salt and what was erased, as canonical JSON")
    things = models.PositiveIntegerField(help_text="how many answers, documents or particulars it was")
    at = models.DateTimeField()

    objects = ErasureQuerySet.as_manager()

    class Meta:
        # Not once: a person comes back, has a role again, and is forgotten again.
        indexes = [models.Index(name="erasure_of", fields=["kind", "reference", "rule"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}: {self.rule}"


class ReadingSeal(CoveredModel):
    """A digest of the record of who read what, of a run of its rows of one day, on the trail. Of one run the newest holds. Append-only."""

    reference = models.CharField(max_length=20, unique=True)
    day = models.DateField(help_text="of UTC")
    first = models.BigIntegerField(help_text="number of the first row; each run begins after the one before")
    last = models.BigIntegerField(help_text="number of the last row")
    rows = models.PositiveIntegerField(help_text="how many there were")
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the salt and the rows, as canonical JSON")
    sealed_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(name="reading_seal_of_day", fields=["day"]),
            models.Index(name="reading_seal_end", fields=["-last"]),
        ]
