"""What devices take along and send back: who has which visit on which device, and each thing sent, once."""

import uuid
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from registry.trail.models.covered import CoveredModel, CoveredQuerySet

if TYPE_CHECKING:
    from registry.accounts.models import User


class FieldDeviceQuerySet(CoveredQuerySet["FieldDevice"]):
    def visible_to(self, user: "User") -> "FieldDeviceQuerySet":
        """One's own; managers see everybody's, to sign a lost one out."""
        return self if user.has_perm("compliance.sign_out_devices") else self.filter(user=user)


class FieldDevice(CoveredModel):
    """One browser on one telephone, tablet or computer that takes visits along."""

    trail_omits = frozenset({"seen_at"})

    key = models.UUIDField(unique=True, help_text="made by the device")
    user = models.ForeignKey("registry.User", on_delete=models.PROTECT, related_name="field_devices")
    label = models.CharField(max_length=60, help_text="what its owner calls it")
    registered_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    signed_out_at = models.DateTimeField(null=True, blank=True)
    signed_out_by = models.ForeignKey(
        "registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = FieldDeviceQuerySet.as_manager()

    class Meta:
        permissions = [("sign_out_devices", "See the devices that visits were taken along on, and sign them out")]
        constraints = [
            models.CheckConstraint(
                name="field_device_signed_out_by_somebody",
                condition=Q(signed_out_at=None, signed_out_by=None)
                | Q(signed_out_at__isnull=False, signed_out_by__isnull=False),
            )
        ]
        indexes = [models.Index(name="field_device_newest", fields=["-seen_at", "-id"])]

    def __str__(self) -> str:
        return self.label

    @property
    def reference(self) -> uuid.UUID:
        return self.key


class FieldCopy(models.Model):
    """That a device has a copy of a visit, or had one until it told us that the copy is gone."""

    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="copies")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="field_copies")
    taken_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True, blank=True)
    knows = models.CharField(
        max_length=64, blank=True, help_text="digest of what the device was told last of what is asked"
    )

    class Meta:
        constraints = [models.UniqueConstraint(name="field_copy_once", fields=["device", "inspection"])]

    def __str__(self) -> str:
        return f"{self.inspection} on {self.device}"


class VisitPart(models.TextChoices):
    """Of what a visit consists on a device."""

    VISIT = "visit", _("The visit")
    FINDING = "finding", _("Finding")
    SAMPLE = "sample", _("Workers selected at random")
    INTERVIEW = "interview", _("Interview")
    INDICATOR = "indicator", _("Sign of forced labour")
    SIGNATURE = "signature", _("Signature")
    EXHIBIT = "exhibit", _("Photograph or document")


class FieldItemOutcome(models.TextChoices):
    """What became of something that a device sent."""

    TAKEN = "taken", _("Taken over")
    REFUSED = "refused", _("Refused")
    CONFLICT = "conflict", _("Two versions")


class VersionChoice(models.TextChoices):
    """For which of two versions somebody decided, for the whole or field by field."""

    SENT = "sent", _("What the device sent")
    STOOD = "stood", _("Earlier text")
    CHOSEN = "chosen", _("Of each field the version that was chosen")


class FieldPiece(models.Model):
    """Some bytes of a file of which the rest is still on its way. Gone as soon as it is whole, or nobody waits for it."""

    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="pieces")
    key = models.UUIDField(help_text="of the item that the file belongs to")
    start = models.PositiveIntegerField(help_text="how many bytes of the file come before")
    ends = models.PositiveIntegerField()
    content = models.BinaryField()
    received_at = models.DateTimeField()

    class Meta:
        ordering = ["start"]
        constraints = [
            models.UniqueConstraint(name="field_piece_once", fields=["device", "key", "start"]),
            models.CheckConstraint(name="field_piece_has_bytes", condition=Q(ends__gt=F("start"))),
        ]

    def __str__(self) -> str:
        return f"{self.key} from {self.start}"


class FieldItemQuerySet(CoveredQuerySet["FieldItem"]):
    def visible_to(self, user: "User") -> "FieldItemQuerySet":
        """What inspectors' devices sent of visits that are theirs, whatever became of it."""
        return self.filter(inspection__in=Inspection.objects.visible_to(user).filter(inspector=user))

    def unsettled(self) -> "FieldItemQuerySet":
        """Of which there are two versions, and nobody has said which one counts."""
        return self.filter(outcome=FieldItemOutcome.CONFLICT, settled_at=None)


class FieldItem(CoveredModel):
    """One thing that a device sent, as it was sent, and what became of it. Kept once, however often it arrives."""

    key = models.UUIDField(unique=True, help_text="made by the device: the same thing sent again has the same")
    device = models.ForeignKey(FieldDevice, on_delete=models.PROTECT, related_name="items")
    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="field_items")
    sequence = models.PositiveIntegerField(help_text="the first that the device sends, the second …")
    part = models.CharField(max_length=10, choices=VisitPart)
    of = models.CharField(max_length=40, blank=True, help_text="which standard, indicator, interview …")
    base = models.CharField(
        max_length=64,
        blank=True,
        help_text="revision that the device had seen when this was written, or the key of the item that it had sent before",
    )
    content = models.JSONField()
    written_at = models.DateTimeField(help_text="by the clock of the device")
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=FieldItemOutcome)
    reasons = models.JSONField(default=list, help_text="why it was refused, in words")
    stood = models.JSONField(null=True, blank=True, help_text="in a conflict: what stood here instead")
    revision = models.CharField(max_length=64, blank=True, help_text="digest of what stands here after it")
    settled = models.CharField(max_length=10, choices=VersionChoice, blank=True)
    settled_by = models.ForeignKey("registry.User", null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = FieldItemQuerySet.as_manager()

    class Meta:
        ordering = ["device", "sequence"]
        constraints = [
            models.UniqueConstraint(name="field_item_in_order", fields=["device", "sequence"]),
            models.CheckConstraint(
                name="field_item_settled_once",
                condition=Q(settled="", settled_by=None, settled_at=None)
                | Q(outcome="conflict", settled_by__isnull=False, settled_at__isnull=False) & ~Q(settled=""),
            ),
            models.CheckConstraint(name="field_item_begins_at_one", condition=Q(sequence__gte=1)),
        ]
        indexes = [
            models.Index(
                name="field_item_unsettled", fields=["inspection"], condition=Q(outcome="conflict", settled_at=None)
            ),
            models.Index(F("inspection"), F("received_at").desc(), name="field_item_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.inspection} {self.part} {self.of}".strip()
