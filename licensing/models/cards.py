"""Payments by card, as the provider tells of them."""

from django.db import models
from django.db.models import Q

from licensing.models.applications import Application
from licensing.states import CARD_PAYMENT, UNFINISHED, CardPaymentStatus
from registry.accounts.models import User
from registry.trail.models.covered import CoveredModel


class CardPayment(CoveredModel):
    """One try to pay by card. It is not money yet: a payment is made of it when the provider says that it succeeded."""

    lifecycle = CARD_PAYMENT

    reference = models.CharField(max_length=20, unique=True, help_text="ours: a repeated request bears the same")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="card_payments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    status = models.CharField(max_length=20, choices=CardPaymentStatus, default=CARD_PAYMENT.first)
    provider_id = models.CharField(
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        help_text="the provider's name for it; none until it answers",
    )
    code = models.CharField(max_length=40, blank=True, help_text="the provider's reason why nothing came of it")
    begun_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="card_payment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="card_payment_handed_over_is_known",
                condition=Q(status__in=["created", "expired"]) | Q(provider_id__isnull=False),
            ),
            # Two tabs, or two people of one firm, pay the same thing: there is never a second one under way.
            models.UniqueConstraint(
                name="card_payment_one_open_each", fields=["application"], condition=Q(status__in=list(UNFINISHED))
            ),
        ]
        indexes = [
            models.Index(name="card_payment_unfinished", fields=["begun_at"], condition=Q(status__in=list(UNFINISHED)))
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def pence(self) -> int:
        return int(self.amount * 100)

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED
