"""The register of exhibits of an inspection, and in whose hands each of them has been."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User  # noqa: F401


class EvidenceKind(models.TextChoices):
    PHOTOGRAPH = "photograph", _("Photograph")
    DOCUMENT = "document", _("Document")
    OBJECT = "object", _("Object")
    RECORDING = "recording", _("Recording")


class CustodyAct(models.TextChoices):
    """What was done with an exhibit."""

    TAKEN = "taken", _("Taken")
    HANDED = "handed", _("Handed to a person")
    STORED = "stored", _("Put into the store")
    SENT = "sent", _("Sent away")
    RETURNED = "returned", _("Given back to its owner")
    DESTROYED = "destroyed", _("Destroyed")


#: After these nobody holds it any more.
ENDS_CUSTODY = (CustodyAct.RETURNED, CustodyAct.DESTROYED)


class EvidenceQuerySet(CoveredQuerySet["EvidenceItem"]):
    def in_order(self) -> "EvidenceQuerySet":
        return self.select_related("inspection", "document", "taken_by").order_by("number")

    def standing(self) -> "EvidenceQuerySet":
        """What is relied on: all but what was struck out."""
        return self.filter(struck_out_because="")

    def disclosable(self) -> "EvidenceQuerySet":
        before = Q(for_business="", withheld_because="")
        return self.standing().filter(before | Q(for_business=ForBusiness.YES))


class ForBusiness(models.TextChoices):
    """Whether the business may have an exhibit. It may not until someone has said so."""

    NO = "no", _("No")
    YES = "yes", _("Yes, it is part of the report that they are given")


class EvidenceItem(CoveredModel):
    """One exhibit. Its number is never given again: what was entered by mistake is struck out, and stays to be read."""

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="exhibits")
    number = models.PositiveSmallIntegerField()
    uuid = models.CharField(max_length=36, blank=True, help_text="made by the device, so that it is taken in once")
    kind = models.CharField(max_length=20, choices=EvidenceKind)
    description = models.TextField()
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the original, as it was made")
    document = models.OneToOneField(
        "registry.Document",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="exhibit",
        help_text="the bytes, made anew; none: it is a thing, or kept elsewhere",
    )
    standards = models.JSONField(default=list, help_text="codes of the standards whose finding it bears out")
    for_business = models.CharField(
        max_length=3,
        choices=ForBusiness,
        blank=True,
        help_text="whether the business may have it; empty: entered before it was asked, and decided by the reason",
    )
    withheld_because = models.TextField(blank=True, help_text="why the business may not have it")
    struck_out_because = models.TextField(blank=True)
    logged_at = models.DateTimeField()

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        permissions = [
            ("log_evidence", "Enter exhibits into the register of one's own inspection"),
            ("hand_on_evidence", "Write down into whose hands an exhibit goes"),
        ]
        constraints = [
            models.UniqueConstraint(name="evidence_number_once", fields=["inspection", "number"]),
            models.UniqueConstraint(
                name="evidence_taken_in_once", fields=["inspection", "uuid"], condition=~Q(uuid="")
            ),
            models.CheckConstraint(name="evidence_is_described", condition=~Q(description="")),
            models.CheckConstraint(name="evidence_with_bytes_has_digest", condition=Q(document=None) | ~Q(digest="")),
        ]

    @property
    def reference(self) -> str:
        return f"{self.inspection.reference}/{self.number}"

    @property
    def business_may_have_it(self) -> bool:
        if self.for_business:
            return self.for_business == ForBusiness.YES
        return not self.withheld_because

    @property
    def is_standing(self) -> bool:
        return not self.struck_out_because


class Custody(CoveredModel):
    """One step of the way of an exhibit, from hand to hand. Steps are added and never changed."""

    item = models.ForeignKey(EvidenceItem, on_delete=models.PROTECT, related_name="custody")
    number = models.PositiveSmallIntegerField()
    act = models.CharField(max_length=20, choices=CustodyAct)
    holder = models.CharField(max_length=200, help_text="who has it from then on")
    place = models.CharField(max_length=200, blank=True)
    seal_number = models.CharField(max_length=60, blank=True)
    because = models.TextField(blank=True)
    happened_at = models.DateTimeField()
    recorded_by = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "custody"
        constraints = [models.UniqueConstraint(name="custody_number_once", fields=["item", "number"])]

    def __str__(self) -> str:
        return f"{self.item}: {self.number}. {self.act}"

    @property
    def ends(self) -> bool:
        return self.act in ENDS_CUSTODY
