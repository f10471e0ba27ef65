"""Whether the days that a proposal names can be: against today, the clocks of the law and the term of the licence."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.rules import effects
from licensing.decisions.states.kinds import DecisionKind
from licensing.holding.rules import renewals
from registry.days import day_blockers
from registry.errors import Reason
from registry.licences.models import Licence
from registry.schemes import Scheme
from registry.workdays import last_day_of_term


def date_blockers(subject: Application | Licence, proposal: Any, *, clocks: effects.ProposalClocks) -> Iterator[Reason]:
    today = clocks.today
    if proposal.kind == DecisionKind.GRANT:
        yield from start_blockers(proposal.starts, today=today, where="starts")
        if isinstance(subject, Application):
            yield from renewals.first_day_blockers(subject, proposal.starts, today=today, where="starts")
    if isinstance(subject, Licence):
        yield from effects.proposed_blockers(
            subject,
            kind=proposal.kind,
            takes_effect=proposal.takes_effect,
            until=proposal.until,
            immediate=proposal.immediate,
            clocks=clocks,
        )


def within_licence_blockers(subject: Application | Licence, proposal: Any, scheme: Scheme) -> Iterator[Reason]:
    """What is to be done or to hold under a licence lies within its term."""
    if isinstance(subject, Licence):
        last = subject.valid_until
    elif proposal.starts is not None:
        last = last_day_of_term(proposal.starts, scheme.licence_months)
    else:
        return
    for condition in proposal.conditions:
        yield from day_blockers(condition.due_on, "conditions", latest=last, too_late=AFTER_LICENCE)


AFTER_LICENCE = _("The licence ends on {day}. Choose that day or an earlier one.")


#: A first day that is further away is a slip: what is true of the business today says nothing about it.
FURTHEST_START = timedelta(days=366)


def start_blockers(starts: date | None, *, today: date, where: str) -> Iterator[Reason]:
    if starts is None:
        yield Reason("no_start", _("Say on which day the licence starts."), where)
    elif starts < today:
        yield Reason("starts_in_the_past", _("The licence cannot start in the past. Choose a later day."), where)
    too_far = _("A licence starts within a year. Choose {day} or an earlier day.")
    yield from day_blockers(starts, where, latest=today + FURTHEST_START, too_late=too_far)
