"""What keeps data beyond its time, and what is left of it after: that it was there."""

from django.db import models
from django.db.models import Q


class HoldQuerySet(models.QuerySet["Hold"]):
    def in_force(self) -> "HoldQuerySet":
        return self.filter(lifted_at=None)


class Hold(models.Model):
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


class Erasure(models.Model):
    """That something was held and is not any more. Whoever kept a copy can show by salt and digest that it is the one."""

    rule = models.CharField(max_length=40, help_text="code of the pack's table by which it was erased")
    kind = models.CharField(max_length=40)
    reference = models.CharField(max_length=20)
    salt = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, help_text="SHA-256 of the salt and what was erased, as canonical JSON")
    things = models.PositiveIntegerField(help_text="how many answers, documents or particulars it was")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(name="erasure_once", fields=["kind", "reference", "rule"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.reference}: {self.rule}"
