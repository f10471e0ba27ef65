"""Appeals in every state, reached by the real actions: against a revocation that is to come unless the test says otherwise."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from config.demo.papers import paper
from licensing.appeals.actions import appeals, endings, outcomes
from licensing.appeals.models import Appeal
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from tests.licensing.stories import a_revocation_proposed, decided, later, notified
from tests.people import person
from tests.remembered import remembered

# On the sixteenth day the time to reply to the notice is over; the time to appeal then runs until 15 December.
DECIDED = later(15)
EFFECT = date(2026, 12, 16)
WORDS = "The photographs are of another house."


@remembered
def a_revocation_to_come(**given: Any) -> Decision:
    """Revoked, not at once: from the day after the last one to appeal."""
    decision = notified(a_revocation_proposed(immediate=False, **given))
    return decided(decision, at=DECIDED, from_day=EFFECT)


@remembered
def a_revocation_at_once(**given: Any) -> Decision:
    return decided(notified(a_revocation_proposed(**given)))


@remembered
def received(
    decision: Decision | None = None, *, by: User | None = None, at: datetime = DECIDED, **given: Any
) -> Appeal:
    decision = decision or a_revocation_to_come()
    told: dict[str, Any] = {"received_on": timezone.localdate(at), "grounds": WORDS, **given}
    return appeals.receive(decision, by=by or person("case_officer"), at=at, **told)


@remembered
def acknowledged(appeal: Appeal | None = None, *, at: datetime = DECIDED, **story: Any) -> Appeal:
    appeal = appeal or received(at=at, **story)
    return appeals.acknowledge(appeal, copied_on=timezone.localdate(at), by=person("case_officer"), at=at)


@remembered
def replied(appeal: Appeal | None = None, *, at: datetime = DECIDED) -> Appeal:
    appeal = acknowledged(appeal, at=at)
    text = "The house is the right one."
    return appeals.reply(appeal, replied_on=timezone.localdate(at), reply_text=text, by=person("case_officer"), at=at)


@remembered
def listed(appeal: Appeal | None = None, *, hearing_on: date | None = None, at: datetime = DECIDED) -> Appeal:
    """With a day for the hearing: sixty days later unless the test says otherwise."""
    return appeals.fix_hearing(
        replied(appeal, at=at),
        hearing_on=hearing_on or timezone.localdate(at) + timedelta(days=60),
        hearing_place="Manchester, room 4",
        by=person("case_officer"),
        at=at,
    )


@remembered
def ended(
    appeal: Appeal | None = None,
    *,
    allowed: bool = True,
    outcome: str = "",
    effect_on: date | None = None,
    has_document: bool = True,
    put: dict[str, Any] | None = None,
    at: datetime = DECIDED,
    by: User | None = None,
) -> Appeal:
    """Decided by the tribunal and written down; nothing has followed from it yet."""
    on = timezone.localdate(at)
    return endings.determine(
        appeal or replied(at=at),
        outcome=outcome or ("allowed" if allowed else "dismissed"),
        ended_on=on,
        effect_on=effect_on or on,
        outcome_because="The evidence.",
        uploads=[paper("Decision of the tribunal")] if has_document else (),
        **(put or {}),
        by=by or person("case_officer"),
        at=at,
    )


@remembered
def carried_out(appeal: Appeal, *, at: datetime = DECIDED, by: User | None = None) -> Appeal:
    return outcomes.carry_out(appeal, by=by or person("decision_maker"), at=at)


def days(number: int) -> datetime:
    """So many days after the decision."""
    return DECIDED + timedelta(days=number)
