"""For which organisation a receipt of a check was taken, as the person said who took it."""

from django.db import models

from registry.trail.models.covered import CoveredModel


class ReceiptPurpose(CoveredModel):
    """Written once, when the receipt is taken by someone who acts for an organisation. Receipts from before have none."""

    number = models.CharField(max_length=20, unique=True, help_text="of the receipt")
    organisation = models.ForeignKey(
        "registry.Organisation",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text="none: for none of those that the person acts for",
    )
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number
