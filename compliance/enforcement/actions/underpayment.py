"""Notices of underpayment: drafted by one, served, withdrawn or taken to court by another; and what was paid."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.enforcement import letters
from compliance.enforcement.models.underpayment import OwedSum, UnderpaymentNotice
from compliance.enforcement.rules import underpayment as rules
from compliance.enforcement.rules.underpayment import WagesOwed
from compliance.inspections.models import Inspection
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.organisations.models import Organisation
from registry.reasons import move_blockers
from registry.schemes import Scheme
from registry.trail.actions import events as trail

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


@transaction.atomic
def draft_underpayment(
    organisation: Organisation,
    *,
    scheme: Scheme,
    inspection: Inspection | None = None,
    reasons: str,
    owed: Sequence[WagesOwed],
    by: User,
    at: datetime,
) -> UnderpaymentNotice:
    """Draft a notice, sum by sum; another serves it. Raises `Refused` (switched_off, conflicted, nothing_owed, wrong_days …)."""
    permissions.require(by, WORKS)
    organisation = trail.locked(organisation)
    refuse_for(permissions.conflict_blockers(by, organisation))
    if scheme.sanctions is None:
        raise Refused([rules.SWITCHED_OFF])
    refuse_for(rules.draft_blockers(reasons=reasons, owed=owed, today=timezone.localdate(at)))
    notice = UnderpaymentNotice.objects.create(
        reference=new_reference("Z"),
        organisation=organisation,
        inspection=inspection,
        scheme=scheme.name,
        version=scheme.version,
        reasons=reasons,
        drafted_by=by,
        drafted_at=at,
    )
    for one in owed:
        OwedSum.objects.create(
            notice=notice, what=one.what, workers=one.workers, pence=one.pence, since=one.since, until=one.until
        )
    trail.record(
        notice,
        "draft_underpayment",
        by=by,
        at=at,
        after=notice.status,
        organisation=organisation,
        owed=sum(one.pence for one in owed),
    )
    return notice


@transaction.atomic
def serve_underpayment(notice: UnderpaymentNotice, *, by: User, at: datetime) -> UnderpaymentNotice:
    """Send the notice: from now on the days to pay run, and the penalty is what it says. Raises `Refused` (own_draft …)."""
    notice = _held(notice, by, APPROVES)
    refuse_for(rules.serve_blockers(notice, by=by))
    words, today = rules.words_of(notice), timezone.localdate(at)
    if words is None:
        raise Refused([rules.SWITCHED_OFF])
    penalty = rules.penalty(_owed(notice), words)
    moved = trail.move(
        notice,
        "serve_underpayment",
        by=by,
        at=at,
        served_by=by,
        served_at=at,
        penalty_pence=penalty.pence,
        pay_by=rules.pay_by(today, words),
        reduced_by=rules.reduced_by(today, words),
        reduced_pence=penalty.reduced,
    )
    letters.underpayment_served(moved, at=at)
    return moved


@transaction.atomic
def leave_underpayment(notice: UnderpaymentNotice, *, because: str, by: User, at: datetime) -> UnderpaymentNotice:
    """Do not serve it."""
    notice = _held(notice, by, APPROVES)
    refuse_for(move_blockers(notice, "leave_underpayment", because=because))
    return trail.move(notice, "leave_underpayment", by=by, at=at, because=because)


@transaction.atomic
def settle_underpayment(
    notice: UnderpaymentNotice, *, paid_on: date, shown_by: str, by: User, at: datetime
) -> UnderpaymentNotice:
    """Keep that workers and penalty were paid, and what shows it. Raises `Refused` (wrong_day, not_shown …)."""
    notice = _held(notice, by, WORKS)
    refuse_for(rules.settle_blockers(notice, paid_on=paid_on, shown_by=shown_by, today=timezone.localdate(at)))
    return trail.move(notice, "settle_underpayment", by=by, at=at, paid_on=paid_on, shown_by=shown_by)


@transaction.atomic
def withdraw_underpayment(notice: UnderpaymentNotice, *, because: str, by: User, at: datetime) -> UnderpaymentNotice:
    """Take the notice back, as another than whoever drafted it; the business is told why."""
    notice = _held(notice, by, APPROVES)
    refuse_for(rules.withdraw_blockers(notice, by=by, because=because))
    moved = trail.move(notice, "withdraw_underpayment", by=by, at=at, because=because)
    letters.underpayment_withdrawn(moved, because=because, at=at)
    return moved


@transaction.atomic
def enforce_underpayment(
    notice: UnderpaymentNotice, *, court: str, because: str, by: User, at: datetime
) -> UnderpaymentNotice:
    """Take what was not paid in time to a court, as another than whoever drafted the notice."""
    notice = _held(notice, by, APPROVES)
    refuse_for(rules.enforce_blockers(notice, by=by, because=because))
    return trail.move(notice, "enforce_underpayment", by=by, at=at, because=because, enforced_by=by, court=court)


@transaction.atomic
def miss_payment(notice: UnderpaymentNotice, *, by: User | None, at: datetime) -> UnderpaymentNotice:
    """By the clock: the last day to pay has passed, and nobody has written down that it was paid."""
    notice = trail.locked(notice)
    refuse_for(rules.miss_blockers(notice, on=timezone.localdate(at)))
    return trail.move(notice, "miss_payment", by=by, at=at)


def _held(notice: UnderpaymentNotice, by: User, permission: str) -> UnderpaymentNotice:
    """Allowed, locked, and nobody's business but theirs who may see it."""
    permissions.require(by, permission)
    notice = trail.locked(notice)
    refuse_for(rules.theirs_blockers(notice, by=by))
    return notice


def _owed(notice: UnderpaymentNotice) -> list[WagesOwed]:
    rows = notice.owed.order_by("pk")
    return [WagesOwed(one.what, one.workers, one.pence, one.since, one.until) for one in rows]
