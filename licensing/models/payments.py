"""Money."""

from django.db import models
from django.db.models import Q

from licensing.models.applications import Application
from registry.models import User


class Payment(models.Model):
    """Money received for an application."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    received_on = models.DateField()
    bank_reference = models.CharField(max_length=100)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(
                name="payment_recorded_once", fields=["application", "bank_reference", "received_on"]
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: £{self.amount}"
