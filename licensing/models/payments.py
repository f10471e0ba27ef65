"""Money: what is demanded besides the fee, and what was received."""

from datetime import date, datetime
from decimal import Decimal

from django.db import models
from django.db.models import Q

from licensing.models.applications import Application
from licensing.models.cards import CardPayment
from licensing.models.statements import StatementLine
from licensing.states import DemandKind
from registry.accounts.models import User
from registry.identifiers import new_reference
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


class PaymentQuerySet(CoveredQuerySet["Payment"]):
    def receive(
        self,
        application: Application,
        *,
        amount: Decimal,
        received_on: date,
        bank_reference: str,
        card: CardPayment | None = None,
        line: StatementLine | None = None,
        by: User | None,
        at: datetime,
    ) -> "Payment":
        """The payment, with a number of its own for the receipt."""
        return self.create(
            reference=new_reference("T"),
            application=application,
            amount=amount,
            received_on=received_on,
            bank_reference=bank_reference,
            card=card,
            line=line,
            recorded_by=by,
            recorded_at=at,
        )


class Payment(CoveredModel):
    """Money received for an application: by card, by a line of a bank statement, or as an officer has recorded it."""

    reference = models.CharField(max_length=20, unique=True, help_text="the number of its receipt")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="payments")
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    received_on = models.DateField()
    bank_reference = models.CharField(max_length=100)
    card = models.OneToOneField(CardPayment, null=True, blank=True, on_delete=models.PROTECT, related_name="payment")
    line = models.OneToOneField(StatementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="payment")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="payment_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="payment_came_one_way", condition=Q(card=None) | Q(line=None)),
            # What comes by card is told by the provider; all else somebody answers for.
            models.CheckConstraint(
                name="payment_by_transfer_has_recorder", condition=Q(card__isnull=False) | Q(recorded_by__isnull=False)
            ),
            # Two lines of a statement may read alike: each is money of its own.
            models.UniqueConstraint(
                name="payment_recorded_once",
                fields=["application", "bank_reference", "received_on"],
                condition=Q(card=None, line=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: £{self.amount}"


class Demand(CoveredModel):
    """More money than the fee as declared: for an inspection, or because the turnover was higher. One of zero is a finding only.

    It is never edited: another of its kind ends it, and it stays as it was told.
    """

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="demands")
    kind = models.CharField(max_length=20, choices=DemandKind)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    band = models.CharField(max_length=10, help_text="of fees, that the amount follows from")
    declared = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="turnover")
    verified = models.DecimalField(max_digits=15, decimal_places=2, null=True, blank=True, help_text="turnover")
    evidence = models.TextField(blank=True)
    due_on = models.DateField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="demand_is_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(
                name="demand_of_shortfall_has_evidence",
                condition=Q(kind="inspection", verified=None)
                | Q(kind="shortfall", verified__isnull=False, evidence__gt=""),
            ),
            models.UniqueConstraint(
                name="demand_one_open_of_a_kind", fields=["application", "kind"], condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.reference
