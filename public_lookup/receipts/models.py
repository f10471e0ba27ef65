"""Proofs of check: what somebody asked of the register, and what it answered, signed on the day."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from registry.register.states import Standing


class Receipt(models.Model):
    """What was asked and answered at one instant. Append-only: triggers refuse a change or a deletion.

    It says who asked only where somebody with an account kept it there. `sealed` is the signed record itself, as it was
    given out: a later key, another pack or another version of this software changes nothing in it.
    """

    number = models.CharField(max_length=20, unique=True, help_text="printed on it: whoever has it may confirm it")
    key = models.CharField(max_length=32, help_text="stands in the address of its page: nobody can guess it")
    listing = models.ForeignKey("registry.Listing", on_delete=models.PROTECT, related_name="receipts")
    name = models.CharField(max_length=200, help_text="of the entry, as it was: for lists")
    licence_number = models.CharField(max_length=20)
    standing = models.CharField(max_length=30)
    as_at = models.DateTimeField(help_text="the instant that was asked about")
    taken_at = models.DateTimeField()
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="receipts")
    sealed = models.JSONField(help_text="record, key, signature: see registry.signing.seal")

    class Meta:
        constraints = [
            models.CheckConstraint(name="receipt_has_a_key", condition=Q(key__gt="")),
            models.CheckConstraint(name="receipt_asks_of_no_future", condition=Q(as_at__lte=models.F("taken_at"))),
        ]
        indexes = [models.Index(name="receipt_of_account", fields=["taken_by", "-taken_at", "-id"])]

    def __str__(self) -> str:
        return self.number

    @property
    def reference(self) -> str:
        return self.number

    @property
    def record(self) -> dict[str, Any]:
        """What was signed."""
        record: dict[str, Any] = self.sealed["record"]
        return record

    @property
    def standing_label(self) -> str:
        """What the register answered, in words."""
        return str(Standing(self.standing).label)
