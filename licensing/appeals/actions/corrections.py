"""Corrections of what was written down of an appeal that is open."""

from collections.abc import Iterator
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.appeals.actions.appeals import _handled
from licensing.appeals.models import Appeal
from licensing.appeals.queries import appeals as appeal_queries
from licensing.appeals.rules import appeals as rules
from licensing.checks.queries import checks
from licensing.time_limits.rules import appeals as clocks
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail

CORRECTED = ("received_on", "grounds", "number", "extended", "copied_on", "replied_on")


@transaction.atomic
def correct(
    appeal: Appeal,
    *,
    received_on: date,
    grounds: str,
    number: str = "",
    extended: bool = False,
    copied_on: date | None = None,
    replied_on: date | None = None,
    because: str,
    by: User,
    at: datetime,
) -> Appeal:
    """Correct what was written down of an open appeal. The days that follow from it are counted again.

    What has not happened yet cannot be entered here: `copied_on` and `replied_on` count only where there is a day already.
    Raises `Refused` with the reasons against each day.
    """
    appeal = _handled(appeal, by)
    refuse_for(rules.correct_blockers(appeal, because=because))
    today, decision = timezone.localdate(at), appeal.decision
    copied_on, replied_on = (new if old else None for new, old in _pairs(appeal, copied_on, replied_on))
    refuse_for(
        [
            *rules.received_blockers(decision, received_on, extended=extended, today=today),
            *rules.order_blockers(received_on, copied_on, replied_on, today=today),
            *checks.repeats(appeal.organisation, {"grounds": grounds}),
        ]
    )
    before = {name: getattr(appeal, name) for name in CORRECTED}
    appeal.received_on, appeal.grounds, appeal.number, appeal.extended = received_on, grounds, number, extended
    appeal.copied_on, appeal.replied_on = copied_on, replied_on
    appeal.decide_by = appeal_queries.due(clocks.APPEAL_DECIDED, appeal, received_on) if decision.immediate else None
    # A day to reply that the tribunal set is its own.
    if copied_on and appeal.leave_on is None:
        appeal.reply_by = appeal_queries.due(clocks.APPEAL_REPLY, appeal, copied_on)
    if replied_on:
        appeal.fix_by = appeal_queries.due(clocks.HEARING_FIXED, appeal, replied_on)
    appeal.save(update_fields=[*CORRECTED, "reply_by", "fix_by", "decide_by"])
    changed = [name for name in CORRECTED if getattr(appeal, name) != before[name]]
    days = {f"{name}_was": before[name] for name in changed if name.endswith("_on")}
    # The grounds are the appellant's own words and stay off the trail.
    trail.record(appeal, "correct", by=by, at=at, because=because, after=appeal.status, changed=changed, **days)
    return appeal


def _pairs(
    appeal: Appeal, copied_on: date | None, replied_on: date | None
) -> Iterator[tuple[date | None, date | None]]:
    """What is typed of the two days, each with what is known of it."""
    yield copied_on or appeal.copied_on, appeal.copied_on
    yield replied_on or appeal.replied_on, appeal.replied_on
