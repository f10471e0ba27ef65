"""Money received."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from licensing.models import Application, Payment
from licensing.rules import cases as rules
from registry import permissions, trail
from registry.errors import refuse_for
from registry.models import User


@transaction.atomic
def record(
    application: Application, *, amount: Decimal, received_on: date, bank_reference: str, by: User, at: datetime
) -> Payment:
    """Record that the bank received money for an application. The fee is never refunded (2009 Rules, r.6)."""
    permissions.require(by, "licensing.record_payment")
    application = trail.locked(application)
    refuse_for(
        rules.payment_blockers(
            application,
            amount=amount,
            received_on=received_on,
            bank_reference=bank_reference,
            today=timezone.localdate(at),
        )
    )
    payment = Payment.objects.create(
        application=application,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference,
        recorded_by=by,
        recorded_at=at,
    )
    trail.record(application, "record_payment", by=by, at=at, amount=f"{amount:.2f}", received_on=received_on)
    return payment
