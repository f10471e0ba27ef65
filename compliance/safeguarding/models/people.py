"""Who a person is, in a sealed table of its own; each look at it, that it was erased, and the help that was offered."""

from django.db import models
from django.db.models import Q

from compliance.safeguarding.models.codes import WhyErased
from compliance.safeguarding.models.referrals import Referral
from registry.trail.models.covered import CoveredModel


class SealedPerson(models.Model):
    """Who the person is, by name and day of birth, and the people they suspect: sealed, and only of those who may be identified."""

    referral = models.OneToOneField(Referral, primary_key=True, on_delete=models.PROTECT, related_name="+")
    sealed = models.TextField()

    def __str__(self) -> str:
        return f"sealed identity of {self.referral_id}"


class PersonLook(models.Model):
    """Somebody opened who a person is: written before it is handed out, and never changed."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="looks")
    by = models.CharField(max_length=20, help_text="reference of the user")
    because = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="person_look_says_why", condition=~Q(because=""))]

    def __str__(self) -> str:
        return f"{self.referral_id} by {self.by}"


class PersonErased(CoveredModel):
    """That there was an identity, and when and why it was erased; nothing of it."""

    referral = models.OneToOneField(Referral, primary_key=True, on_delete=models.PROTECT, related_name="erased")
    why = models.CharField(max_length=10, choices=WhyErased)
    by = models.ForeignKey(
        "registry.User",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="none: the time was over",
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.referral_id}: {self.why}"


class Support(CoveredModel):
    """Help that a person was offered: which, when, and whether they took it."""

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="support")
    service = models.CharField(max_length=30)
    offered_on = models.DateField()
    accepted = models.BooleanField()
    by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "support"

    def __str__(self) -> str:
        return f"{self.referral}: {self.service}"
