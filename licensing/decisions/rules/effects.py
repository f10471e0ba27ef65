"""From which day a decision holds, and until when it can be appealed against."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import DATED, KINDS
from licensing.holding.rules import transfers
from licensing.time_limits.rules import appeals
from licensing.time_limits.rules import licensing as rules_of_time
from registry.days import day_blockers
from registry.errors import Reason
from registry.licences import rules as registry_rules
from registry.licences.models import Licence
from registry.schemes import Scheme


class DecisionContext(Protocol):
    """What surrounds a decision on the day it is taken (`rules.decisions.Deciding`)."""

    @property
    def scheme(self) -> Scheme: ...
    @property
    def holidays(self) -> frozenset[date]: ...
    @property
    def today(self) -> date: ...
    @property
    def from_day(self) -> date | None: ...


def earliest_effect(kind: str, *, immediate: bool, scheme: Scheme, today: date, holidays: frozenset[date]) -> date:
    """The first day on which a decision taken today can take effect: at once if immediate, else after the time to appeal."""
    if immediate or KINDS[kind].is_at_will:
        return today
    return rules_of_time.earliest_effect(today, immediate=False, scheme=scheme, holidays=holidays)


def latest_effect(*, immediate: bool, scheme: Scheme, today: date, holidays: frozenset[date]) -> date:
    """An immediate decision takes effect within the pack's days (Appeals Regulations 2006, reg 1); others have no last day."""
    if not immediate:
        return date.max
    return rules_of_time.IMMEDIATE_EFFECT.due_on(today, scheme=scheme, holidays=holidays)


def bounds(decision: Decision, given: DecisionContext) -> tuple[date, date]:
    """The first and the last day on which a decision that is taken today can take effect; `date.max` for no last day."""
    scheme, today, holidays = given.scheme, given.today, given.holidays
    earliest = earliest_effect(
        decision.kind, immediate=decision.immediate, scheme=scheme, today=today, holidays=holidays
    )
    return earliest, latest_effect(immediate=decision.immediate, scheme=scheme, today=today, holidays=holidays)


def appeal_by(decision: Decision, *, scheme: Scheme, today: date, holidays: frozenset[date]) -> date | None:
    """The last day on which an appeal may be received (Appeals Regulations 2006).

    Against a refusal, of a licence or of a transfer, conditions on a grant, a modification, and the loss of a licence.
    """
    with_conditions = decision.kind == DecisionKind.GRANT and decision.conditions.exists()
    if not decision.row.is_appealable and not with_conditions:
        return None
    return appeals.to_appeal(immediate=decision.immediate).due_on(today, scheme=scheme, holidays=holidays)


@dataclass(frozen=True, slots=True)
class ProposalClocks:
    """By which days of which scheme and nation it is counted, today."""

    scheme: Scheme
    holidays: frozenset[date]
    today: date


def proposed_blockers(
    licence: Licence,
    *,
    kind: str,
    takes_effect: date | None,
    until: date | None,
    immediate: bool,
    clocks: ProposalClocks,
) -> Iterator[Reason]:
    """Whether the day that is proposed for something about a licence can be: the notice that is sent of it must agree with it."""
    today = clocks.today
    if kind not in DATED:
        return
    if takes_effect is None:
        yield Reason("no_effect_date", _("Say from which day it takes effect."), "takes_effect")
        return
    is_past = takes_effect < today
    if is_past:
        yield Reason("effect_in_the_past", _("It cannot take effect in the past."), "takes_effect")
    if kind == DecisionKind.SUSPEND and until is None:
        yield Reason("no_end_date", _("Say until which day the licence is suspended."), "until")
    else:
        found = list(ON_LICENCE[kind](licence, takes_effect, until))
        yield from found
        if found or is_past or KINDS[kind].is_at_will:
            return
        yield from _clock_blockers(kind, takes_effect, immediate=immediate, clocks=clocks)


def _clock_blockers(kind: str, takes_effect: date, *, immediate: bool, clocks: ProposalClocks) -> Iterator[Reason]:
    """At once means within the days of the scheme; all else waits for the reply and then for the time to appeal."""
    of: dict[str, Any] = {"scheme": clocks.scheme, "holidays": clocks.holidays}
    if immediate:
        last = latest_effect(immediate=True, today=clocks.today, **of)
        yield from day_blockers(takes_effect, "takes_effect", latest=last, too_late=AT_ONCE)
        return
    decided = rules_of_time.REPLY_TO_NOTICE.due_on(clocks.today, **of) + timedelta(days=1)
    earliest = earliest_effect(kind, immediate=False, today=decided, **of)
    yield from day_blockers(takes_effect, "takes_effect", earliest=earliest, too_early=AFTER_APPEAL)


AT_ONCE = _("With immediate effect means by {day} at the latest.")
AFTER_APPEAL = _(
    "Choose {day} or a later day: the time to reply and then the time to appeal come first. Or choose immediate effect."
)


def effect_blockers(decision: Decision, given: DecisionContext) -> Iterator[Reason]:
    """Whether a decision that is taken today can hold from the day that is chosen."""
    assert decision.licence is not None
    if decision.kind not in DATED:
        return
    earliest, latest = bounds(decision, given)
    if given.from_day is None:
        yield Reason("no_effect_date", _("Say from which day it takes effect."), "from_day")
    elif given.from_day < earliest:
        text = _("It can take effect on %(day)s at the earliest, when the time to appeal is over.")
        yield Reason("effect_too_early", text % {"day": date_format(earliest)}, "from_day")
    elif given.from_day > latest:
        text = _("With immediate effect means by %(day)s at the latest.")
        yield Reason("effect_too_late", text % {"day": date_format(latest)}, "from_day")
    else:
        yield from ON_LICENCE[decision.kind](decision.licence, given.from_day, decision.until)
        yield from _consent_blockers(decision, given.from_day)
        yield from _due_blockers(decision, given.from_day)


def _consent_blockers(decision: Decision, from_day: date) -> Iterator[Reason]:
    """A revocation by consent goes no further than the consent does (2004 Act, s.9(1)(a))."""
    asked = decision.transfer.from_day if decision.transfer else decision.takes_effect
    if not decision.row.is_asked_for:
        return
    if asked is not None and from_day < asked:
        yield Reason("before_asked", _("The holder has asked for a later day."), "from_day")


def _due_blockers(decision: Decision, from_day: date) -> Iterator[Reason]:
    if decision.row.is_modification and decision.conditions.filter(due_on__lte=from_day).exists():
        yield Reason("condition_due_too_early", _("A condition is due after it takes effect."), "from_day")


Judge = Callable[[Licence, date, date | None], Iterator[Reason]]

ON_LICENCE: Mapping[str, Judge] = {
    DecisionKind.SUSPEND: lambda licence, day, until: registry_rules.suspend_blockers(
        licence, starts=day, until=until or day
    ),
    DecisionKind.REVOKE: lambda licence, day, _until: registry_rules.revoke_blockers(licence, takes_effect=day),
    DecisionKind.SURRENDER: lambda licence, day, _until: registry_rules.surrender_blockers(licence, takes_effect=day),
    DecisionKind.LIFT: lambda licence, day, _until: registry_rules.lift_blockers(licence, lifted_from=day),
    # The holder's licence ends with the day on which the other business is licensed.
    DecisionKind.ALLOW_TRANSFER: lambda licence, day, _until: transfers.passes_blockers(licence, on=day),
    DecisionKind.IMPOSE: lambda licence, day, _until: registry_rules.modified_from_blockers(licence, on=day),
    DecisionKind.VARY: lambda licence, day, _until: registry_rules.modified_from_blockers(licence, on=day),
}
