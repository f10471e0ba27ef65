"""Formal checks: a labour user says who they are, and the labour provider is told that they checked."""

from django.db import models
from django.db.models import Q


class FormalCheck(models.Model):
    """Who checked, as they said it themselves, and why. The holder is told who; never why.

    Kept apart from the look-up of workers, which leaves no row at all.
    """

    receipt = models.OneToOneField("public_lookup.Receipt", on_delete=models.PROTECT, related_name="formal_check")
    business = models.CharField(max_length=200)
    name = models.CharField(max_length=200)
    telephone = models.CharField(max_length=40, blank=True)
    because = models.CharField(max_length=500)
    told_until = models.DateField(
        null=True, help_text="the last day on which changes are told by email; none: not told"
    )
    follow = models.ForeignKey(
        "public_lookup.Follow",
        null=True,
        on_delete=models.SET_NULL,
        related_name="formal_checks",
        help_text="made for this check, and stopped after its last day",
    )

    class Meta:
        constraints = [models.CheckConstraint(name="formal_check_says_who", condition=Q(business__gt="", name__gt=""))]
        permissions = [("make_formal_check", "Make a formal check, of which the labour provider is told")]

    def __str__(self) -> str:
        return f"{self.receipt_id}: {self.business}"

    @property
    def reference(self) -> str:
        return self.receipt.number
