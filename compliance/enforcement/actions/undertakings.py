"""Labour market undertakings and orders: drafted by one, served by another, negotiated, kept to or not; and what the court does.

What ends with a day ends by the clock (`compliance.jobs`), once; the action of it asks whether the day has passed.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.enforcement import letters
from compliance.enforcement.models.cases import UnlicensedCase
from compliance.enforcement.models.undertakings import Measure, ReceiptReview, Undertaking
from compliance.enforcement.queries import receipts
from compliance.enforcement.rules import cases, undertakings
from compliance.enforcement.rules.undertakings import ProposedMeasure
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import Refused, refuse_for
from registry.reasons import move_blockers
from registry.schemes.enforcement import Enforcement
from registry.trail.actions import events as trail

WORKS, APPROVES = "compliance.work_enforcement", "compliance.approve_enforcement"


@transaction.atomic
def draft(
    case: UnlicensedCase,
    *,
    offence: str,
    reasons: str,
    months: int,
    measures: Sequence[ProposedMeasure],
    receipts_every: int = 0,
    by: User,
    at: datetime,
) -> Undertaking:
    """Draft the undertaking that is asked for, measure by measure; another serves it.

    Raises `Refused` (unknown_offence, too_long, no_measure, measure_unexplained …).
    """
    permissions.require(by, WORKS)
    case = trail.locked(case)
    refuse_for(cases.theirs_blockers(case, by=by))
    asked_for: dict[str, Any] = {"offence": offence, "reasons": reasons, "months": months}
    refuse_for(undertakings.draft_blockers(case, **asked_for, measures=measures, receipts_every=receipts_every))
    one = Undertaking.objects.create(
        reference=new_reference("Q"),
        case=case,
        **asked_for,
        receipts_every=receipts_every,
        drafted_by=by,
        drafted_at=at,
    )
    for asked in measures:
        Measure.objects.create(undertaking=one, text=asked.text, necessary=asked.necessary, just=asked.just)
    trail.record(one, "draft", by=by, at=at, after=one.status, case=case, months=months, measures=len(measures))
    return one


@transaction.atomic
def serve(one: Undertaking, *, by: User, at: datetime) -> Undertaking:
    """Send the notice with offence, reasons and draft: from now on the days to agree run. Raises `Refused` (own_draft …)."""
    permissions.require(by, APPROVES)
    one = _held(one, by)
    refuse_for(undertakings.serve_blockers(one, by=by))
    ends = undertakings.negotiation_ends(timezone.localdate(at), _words(one))
    moved = trail.move(one, "serve", by=by, at=at, served_by=by, served_at=at, negotiate_by=ends)
    letters.served(one, negotiate_by=ends, at=at)
    return moved


@transaction.atomic
def discard(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Do not serve it."""
    return _step(one, "discard", permission=APPROVES, because=because, by=by, at=at)


@transaction.atomic
def negotiate(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Keep that the other side negotiates, and what it says."""
    return _step(one, "negotiate", permission=WORKS, because=because, by=by, at=at)


@transaction.atomic
def extend_negotiation(one: Undertaking, *, until: date, because: str, by: User, at: datetime) -> Undertaking:
    """Give both sides longer, by agreement, which `because` says. Raises `Refused` (not_longer …)."""
    permissions.require(by, WORKS)
    one = _held(one, by)
    refuse_for(undertakings.extend_blockers(one, until=until, because=because))
    return trail.move(one, "extend_negotiation", by=by, at=at, because=because, negotiate_by=until)


@transaction.atomic
def accept_undertaking(one: Undertaking, *, by: User, at: datetime) -> Undertaking:
    """Accept what was agreed: it holds from today for as many months as it says. Raises `Refused` (too_late …)."""
    permissions.require(by, APPROVES)
    one = _held(one, by)
    today = timezone.localdate(at)
    refuse_for(undertakings.accept_blockers(one, on=today))
    ends = undertakings.last_day(today, one.months)
    moved = trail.move(one, "accept_undertaking", by=by, at=at, starts_on=today, until=ends)
    letters.accepted(one, at=at)
    return moved


@transaction.atomic
def refuse_undertaking(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Keep that the other side gives no undertaking."""
    return _step(one, "refuse_undertaking", permission=WORKS, because=because, by=by, at=at)


@transaction.atomic
def release(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Release the other side: it is not needed any more (ERA 2025, s.122)."""
    return _step(one, "release", permission=APPROVES, because=because, by=by, at=at)


@transaction.atomic
def breach(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Keep that the undertaking was not kept to, and what shows it."""
    return _step(one, "breach", permission=WORKS, because=because, by=by, at=at)


@transaction.atomic
def apply_for_order(one: Undertaking, *, court: str, because: str, by: User, at: datetime) -> Undertaking:
    """Ask a court for an order, as another than whoever drafted the undertaking (ERA 2025, s.124)."""
    permissions.require(by, APPROVES)
    one = _held(one, by)
    refuse_for(undertakings.apply_blockers(one, by=by, because=because))
    return trail.move(one, "apply_for_order", by=by, at=at, because=because, applied_by=by, court=court)


@transaction.atomic
def dismiss_order(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Keep that the court made no order."""
    return _step(one, "dismiss_order", permission=WORKS, because=because, by=by, at=at)


@transaction.atomic
def make_order(one: Undertaking, *, starts_on: date, until: date, terms: str, by: User, at: datetime) -> Undertaking:
    """Keep the order that the court made, and its term. Raises `Refused` (too_long, no_terms …)."""
    permissions.require(by, WORKS)
    one = _held(one, by)
    refuse_for(undertakings.order_blockers(one, "make_order", starts_on=starts_on, until=until, terms=terms))
    return trail.move(one, "make_order", by=by, at=at, order_starts_on=starts_on, order_until=until, order_terms=terms)


@transaction.atomic
def vary_order(one: Undertaking, *, until: date, terms: str, by: User, at: datetime) -> Undertaking:
    """Keep how the court varied the order."""
    permissions.require(by, WORKS)
    one = _held(one, by)
    refuse_for(undertakings.order_blockers(one, "vary_order", starts_on=one.order_starts_on, until=until, terms=terms))
    return trail.move(one, "vary_order", by=by, at=at, order_until=until, order_terms=terms)


@transaction.atomic
def discharge_order(one: Undertaking, *, because: str, by: User, at: datetime) -> Undertaking:
    """Keep that the court discharged the order."""
    return _step(one, "discharge_order", permission=WORKS, because=because, by=by, at=at)


@transaction.atomic
def review_receipts(one: Undertaking, *, kept: str, note: str, by: User, at: datetime) -> ReceiptReview:
    """Write down whether the labour user checked its suppliers, by the receipts that the register holds of the days that are due.

    Raises `Refused` (wrong_state, not_due, no_receipts, no_note).
    """
    permissions.require(by, WORKS)
    one = _held(one, by)
    due = receipts.receipts_due(one)
    is_due = receipts.is_review_due(one, timezone.localdate(at))
    found = [receipt.number for receipt in due.receipts] if due else []
    refuse_for(undertakings.review_blockers(one, is_due=is_due, kept=kept, found=len(found), note=note))
    assert due is not None, "the rule says that there is one"
    review = ReceiptReview.objects.create(
        undertaking=one, since=due.since, until=due.until, receipts=found, kept=kept, note=note.strip(), by=by, at=at
    )
    trail.record(one, "review_receipts", by=by, at=at, kept=kept, until=due.until, receipts=len(found))
    return review


# --- by the clock ---


@transaction.atomic
def lapse(one: Undertaking, *, by: User | None, at: datetime) -> Undertaking:
    """The last day to agree has passed without an undertaking."""
    return _run_out(one, "lapse", last="negotiate_by", by=by, at=at)


@transaction.atomic
def end_undertaking(one: Undertaking, *, by: User | None, at: datetime) -> Undertaking:
    """Its term is over, and the receipts of its last days have been reviewed. Raises `Refused` (too_early, review_due)."""
    one = trail.locked(one)
    refuse_for(undertakings.end_blockers(can_end=receipts.can_end(one, timezone.localdate(at))))
    return _run_out(one, "end_undertaking", last="until", by=by, at=at)


@transaction.atomic
def end_order(one: Undertaking, *, by: User | None, at: datetime) -> Undertaking:
    """The term of the order is over."""
    return _run_out(one, "end_order", last="order_until", by=by, at=at)


def _step(one: Undertaking, name: str, *, permission: str, because: str, by: User, at: datetime) -> Undertaking:
    """Of what takes nothing but a reason."""
    permissions.require(by, permission)
    one = _held(one, by)
    refuse_for(move_blockers(one, name, because=because))
    return trail.move(one, name, by=by, at=at, because=because)


def _run_out(one: Undertaking, name: str, *, last: str, by: User | None, at: datetime) -> Undertaking:
    """Of what ends with a day, which stands in the column `last`."""
    one = trail.locked(one)
    refuse_for(undertakings.run_out_blockers(one, name, getattr(one, last), on=timezone.localdate(at)))
    return trail.move(one, name, by=by, at=at)


def _held(one: Undertaking, by: User) -> Undertaking:
    """Locked, and nobody's business but theirs who may see the case."""
    one = trail.locked(one)
    refuse_for(cases.theirs_blockers(one.case, by=by))
    return one


def _words(one: Undertaking) -> Enforcement:
    words = cases.words_of(one.case)
    if words is None:
        raise Refused([cases.SWITCHED_OFF])
    return words
