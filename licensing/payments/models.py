"""Payments by card, as the provider tells of them.

What the bank says: statements as they were read, and each line of them that brought money.

Money: what is demanded besides the fee, and what was received."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import models
from django.db.models import Q

from licensing.applications.models import Application
from licensing.payments.states import (
    CARD_PAYMENT,
    REFUND,
    UNFINISHED,
    CardPaymentStatus,
    DemandKind,
    PaymentKind,
    RefundStatus,
)
from registry.accounts.models import User
from registry.codes import new_reference
from registry.conflicts.models import Conflict
from registry.trail.models.covered import CoveredModel, CoveredQuerySet


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

    @property
    def pence(self) -> int:
        return int(self.amount * 100)

    @property
    def is_finished(self) -> bool:
        return self.status not in UNFINISHED


class Statement(CoveredModel):
    """A bank statement as it was uploaded. Nothing comes of it until somebody has looked at it and taken it up."""

    reference = models.CharField(max_length=20, unique=True)
    name = models.CharField(max_length=200, help_text="of the file")
    digest = models.CharField(
        max_length=64, unique=True, help_text="SHA-256 of the file: the same file is one statement"
    )
    rows = models.JSONField(default=list, help_text="the cells as they are written, the heading first")
    columns = models.JSONField(default=dict, help_text="which column says what, as it was taken up")
    read_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    read_at = models.DateTimeField()
    taken_up_at = models.DateTimeField(null=True, blank=True)


class StatementLineQuerySet(CoveredQuerySet["StatementLine"]):
    def waiting(self) -> "StatementLineQuerySet":
        """Money that is nobody's yet."""
        return self.filter(payment=None, set_aside_at=None)


class StatementLine(CoveredModel):
    """Money that arrived. It belongs to a payment, has been set aside with a reason, or waits for somebody to say whose it is."""

    reference = models.CharField(max_length=20, unique=True)
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    # A later statement may tell of the same day again.
    key = models.CharField(
        max_length=64, unique=True, help_text="digest of what the line says: the same money is one line"
    )
    received_on = models.DateField()
    description = models.CharField(max_length=300, blank=True)
    bank_reference = models.CharField(max_length=100, blank=True)
    amount = models.DecimalField(max_digits=12, decimal_places=2)
    set_aside_because = models.CharField(max_length=500, blank=True)
    set_aside_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    set_aside_at = models.DateTimeField(null=True, blank=True)

    objects = StatementLineQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="statement_line_is_positive", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="statement_line_set_aside_has_reason",
                condition=Q(set_aside_at=None, set_aside_by=None, set_aside_because="")
                | Q(set_aside_at__isnull=False, set_aside_by__isnull=False, set_aside_because__gt=""),
            ),
        ]


class PaymentQuerySet(CoveredQuerySet["Payment"]):
    def open_to(self, officer: User) -> "PaymentQuerySet":
        """All but those of organisations with which this officer has a conflict of interest."""
        return self.exclude(application__organisation__in=Conflict.objects.organisations_of(officer))

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
        **more: Any,
    ) -> "Payment":
        """The payment, with a number of its own for the receipt."""
        return self.create(
            **more,
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
    kind = models.CharField(max_length=20, choices=PaymentKind, default=PaymentKind.RECEIVED)
    amount = models.DecimalField(
        max_digits=9, decimal_places=2, help_text="below zero for what was recorded by mistake, or paid back"
    )
    received_on = models.DateField(help_text="or paid back on")
    bank_reference = models.CharField(max_length=100)
    reverses = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="reversed_by", help_text="by mistake"
    )
    because = models.TextField(blank=True, help_text="why it was recorded by mistake; the payer reads it")
    cancelled_at = models.DateTimeField(null=True, blank=True, help_text="when it turned out to be a mistake")
    card = models.OneToOneField(CardPayment, null=True, blank=True, on_delete=models.PROTECT, related_name="payment")
    line = models.OneToOneField(StatementLine, null=True, blank=True, on_delete=models.PROTECT, related_name="payment")
    recorded_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    objects = PaymentQuerySet.as_manager()

    class Meta:
        constraints = [
            # Nothing is edited: a mistake is taken out by a row below zero, and so is what was paid back.
            models.CheckConstraint(
                name="payment_counts_as_its_kind",
                condition=Q(kind="received", amount__gt=0, reverses=None)
                | Q(kind="cancelled", amount__lt=0, reverses__isnull=False, because__gt="")
                | Q(kind="paid_back", amount__lt=0, reverses=None),
            ),
            models.CheckConstraint(name="payment_came_one_way", condition=Q(card=None) | Q(line=None)),
            # What comes by card is told by the provider; all else somebody answers for.
            models.CheckConstraint(
                name="payment_by_transfer_has_recorder", condition=Q(card__isnull=False) | Q(recorded_by__isnull=False)
            ),
            # Two lines of a statement may read alike: each is money of its own.
            models.UniqueConstraint(
                name="payment_recorded_once",
                fields=["application", "bank_reference", "received_on"],
                condition=Q(card=None, line=None, kind="received", cancelled_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application}: £{self.amount}"


class RefundQuerySet(CoveredQuerySet["Refund"]):
    def visible_to(self, user: User) -> "RefundQuerySet":
        """Those who read cases see these, but for organisations they have a conflict of interest with."""
        if not user.has_perm("licensing.view_applications"):
            return self.none()
        return self.exclude(application__organisation__in=Conflict.objects.organisations_of(user))

    def due(self) -> "RefundQuerySet":
        return self.filter(status=RefundStatus.DUE)


class Refund(CoveredModel):
    """What was paid too much for an application: due from the day on which it arrived, paid back, or not for a reason."""

    lifecycle = REFUND

    reference = models.CharField(max_length=20, unique=True)
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="refunds")
    status = models.CharField(max_length=20, choices=RefundStatus, default=REFUND.first)
    amount = models.DecimalField(max_digits=9, decimal_places=2)
    noticed_at = models.DateTimeField()
    because = models.TextField(blank=True, help_text="why it is not paid back; the payer reads it")
    payment = models.OneToOneField(Payment, null=True, blank=True, on_delete=models.PROTECT, related_name="refund")
    handled_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    handled_at = models.DateTimeField(null=True, blank=True)

    objects = RefundQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(name="refund_is_positive", condition=Q(amount__gt=0)),
            models.UniqueConstraint(name="refund_one_due", fields=["application"], condition=Q(status="due")),
            models.CheckConstraint(
                name="refund_paid_has_payment", condition=~Q(status="paid") | Q(payment__isnull=False)
            ),
            models.CheckConstraint(name="refund_not_due_says_why", condition=~Q(status="not_due") | ~Q(because="")),
        ]


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
