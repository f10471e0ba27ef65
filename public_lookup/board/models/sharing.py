"""What belongs to a board beside its lines: proofs, alerts, invitations to suppliers, and shared proofs of a chain."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from public_lookup.board.models.boards import SupplierBoard, SupplierLine
from registry import signing

#: How long a supplier has to answer, and how long a chain may be shared at most.
ANSWER_WITHIN = timedelta(days=14)
LONGEST_SHARED = timedelta(days=90)


def _key(kind: str, number: int | None) -> str:
    return f"{number}-{signing.keyed_digest(settings.SECRET_KEY, f'{kind} {number}')[:32]}"


class SupplierProof(models.Model):
    """A receipt that was kept for a board: of a provider, once for all its sites. The receipt does not say who for."""

    board = models.ForeignKey(SupplierBoard, on_delete=models.CASCADE, related_name="proofs")
    receipt = models.OneToOneField("public_lookup.Receipt", on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.receipt_id} for {self.board_id}"


class BoardAlert(models.Model):
    """Someone is told of changes of the suppliers of a board, by a follow of the ordinary kind."""

    board = models.ForeignKey(SupplierBoard, on_delete=models.CASCADE, related_name="alerts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    follow = models.OneToOneField("public_lookup.Follow", on_delete=models.CASCADE, related_name="board_alert")

    def __str__(self) -> str:
        return f"{self.user_id} of {self.board_id}"


class SupplierInvitationQuerySet(models.QuerySet["SupplierInvitation"]):
    def waiting(self) -> "SupplierInvitationQuerySet":
        return self.filter(answered_at=None, ended_at=None)


class SupplierInvitation(models.Model):
    """A provider was asked whether it supplies to a site, and through which suppliers. Its answer is what it says, and no more."""

    line = models.ForeignKey(SupplierLine, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    about = models.CharField(max_length=200, blank=True, help_text="a business that the user asks about by name")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, help_text="taken back, or replaced by another")
    answered_at = models.DateTimeField(null=True)
    supplies = models.BooleanField(null=True)

    objects = SupplierInvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="supplier_invitation_answered_whole",
                condition=Q(answered_at=None, supplies=None) | Q(answered_at__isnull=False, supplies__isnull=False),
            ),
            models.CheckConstraint(name="supplier_invitation_ends_later", condition=Q(expires_at__gt=F("asked_at"))),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"SI-{self.pk}"

    @property
    def key(self) -> str:
        """In the address that was mailed: who has it can answer once, and no one can guess it."""
        return _key("supplier invitation", self.pk)

    def is_open(self, at: datetime) -> bool:
        return self.answered_at is None and self.ended_at is None and self.expires_at > at


class ChainShare(models.Model):
    """A holder shows some of its suppliers and their standing by a link, until a day. Nothing else of its board is shown."""

    board = models.ForeignKey(SupplierBoard, on_delete=models.CASCADE, related_name="shares")
    listing = models.ForeignKey("registry.Listing", on_delete=models.PROTECT, related_name="+", help_text="the holder")
    lines = models.ManyToManyField(SupplierLine, related_name="+")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    until = models.DateField(help_text="the last day on which the link opens")
    ended_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        return f"SC-{self.pk}"

    @property
    def key(self) -> str:
        return _key("chain share", self.pk)

    def is_open(self, on: date) -> bool:
        return self.ended_at is None and on <= self.until
