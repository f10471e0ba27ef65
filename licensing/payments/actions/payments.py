"""Money received by bank transfer, and what is demanded besides the fee."""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries import applications
from licensing.checks.queries import checks
from licensing.inspections import queries as inspection_queries
from licensing.payments import letters
from licensing.payments.actions import corrections
from licensing.payments.models import Demand, Payment
from licensing.payments.rules import payments as rules
from licensing.payments.states import DemandKind
from licensing.time_limits.rules import licensing as clocks
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def record(
    application: Application, *, amount: Decimal, received_on: date, bank_reference: str, by: User, at: datetime
) -> Payment:
    """Record that the bank received money for an application; the payer gets a receipt. The fee is never refunded (2009 Rules, r.6)."""
    permissions.require(by, "licensing.record_payment")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    blockers = rules.payment_blockers(
        application,
        amount=amount,
        received_on=received_on,
        bank_reference=bank_reference,
        today=timezone.localdate(at),
    )
    refuse_for([*blockers, *checks.repeats(application.organisation, {"bank_reference": bank_reference})])
    payment = Payment.objects.receive(
        application, amount=amount, received_on=received_on, bank_reference=bank_reference, by=by, at=at
    )
    trail.record(application, "record_payment", by=by, at=at, amount=f"{amount:.2f}", received_on=received_on)
    corrections.notice_overpayment(application, by=by, at=at)
    letters.paid(payment, at=at)
    return payment


@transaction.atomic
def charge_inspection(application: Application, *, by: User, at: datetime) -> Demand:
    """Demand the charge for the inspection that has been commissioned; the applicant is told (2009 Rules, r.6)."""
    permissions.require(by, "licensing.record_payment")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    scheme = applications.scheme_of(application)
    commissioned = bool(inspection_queries.inspections_of(application))
    refuse_for(rules.charge_inspection_blockers(application, scheme, commissioned=commissioned))
    demand = Demand.objects.create(
        reference=new_reference("M"),
        application=application,
        kind=DemandKind.INSPECTION,
        amount=scheme.fee(application.fee_band, "inspection"),
        band=application.fee_band,
        due_on=clocks.PAY_INSPECTION.due_on(timezone.localdate(at), scheme=scheme),
        made_by=by,
        made_at=at,
    )
    trail.record(application, "charge_inspection", by=by, at=at, amount=f"{demand.amount:.2f}", due_on=demand.due_on)
    corrections.notice_overpayment(application, by=by, at=at)
    letters.demanded(demand, at=at)
    return demand


@transaction.atomic
def verify_turnover(application: Application, *, verified: Decimal, evidence: str, by: User, at: datetime) -> Demand:
    """Write down what the turnover turned out to be, and demand the difference of the fee if there is one (BULL0625).

    What was found before ends with it. Nothing is given back for a turnover that was declared too high (COST).
    """
    permissions.require(by, "licensing.assess_application")
    application = trail.locked(application)
    refuse_for(permissions.conflict_blockers(by, application.organisation))
    scheme = applications.scheme_of(application)
    written = {"verified": f"{verified:.2f}", "evidence": evidence}
    refuse_for(
        [
            *rules.verify_turnover_blockers(application, scheme, verified=verified, evidence=evidence),
            *checks.repeats(application.organisation, written),
        ]
    )
    assert application.fee is not None
    band = scheme.band(verified).code
    application.demands.filter(kind=DemandKind.SHORTFALL, ended_at=None).update(ended_at=at)
    demand = Demand.objects.create(
        reference=new_reference("M"),
        application=application,
        kind=DemandKind.SHORTFALL,
        amount=max(scheme.fee(band, application.fee_kind) - application.fee, Decimal(0)),
        band=band,
        declared=Decimal(str(application.facts.get("turnover", 0))),
        verified=verified,
        evidence=evidence,
        due_on=clocks.PAY_SHORTFALL.due_on(timezone.localdate(at), scheme=scheme),
        made_by=by,
        made_at=at,
    )
    trail.record(
        application,
        "verify_turnover",
        by=by,
        at=at,
        declared=f"{demand.declared:.2f}",
        verified=f"{verified:.2f}",
        band=band,
        amount=f"{demand.amount:.2f}",
    )
    corrections.notice_overpayment(application, by=by, at=at)
    if demand.amount:
        letters.demanded(demand, at=at)
    return demand
