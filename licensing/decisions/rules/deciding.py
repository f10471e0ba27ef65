"""What must be true before something is proposed, notified or decided. Judged from what is given; every reason at once."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision
from licensing.decisions.rules import effects
from licensing.decisions.rules import grounds as of_grounds
from licensing.decisions.rules.grounds import GivenConclusion
from licensing.decisions.rules.proposal_days import start_blockers
from licensing.decisions.rules.proposals import (
    Readiness,
    readiness_blockers,
    transfer_blockers,
)
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import ON_TRANSFERS
from licensing.holding.rules import renewals, transfers
from registry.accounts.models import User
from registry.errors import Reason
from registry.permissions import CONFLICTED
from registry.schemes import Scheme


@dataclass(frozen=True, slots=True)
class Deciding:
    """What surrounds a decision on the day it is taken. `from_day` is the first day with the licence, or without it.

    `returned` names the person who has it back with comments and has not answered; `open_matters` say what no one has read, sent or
    ended yet: it can be decided all the same, for a stated reason.

    By primary key: who inspected the business, who looked at its conditions at the desk, and which officers have a declared
    conflict of interest with it.
    """

    scheme: Scheme
    ready: Readiness
    inspected_by: frozenset[int]
    verified_by: frozenset[int]
    conflicted: frozenset[int]
    holidays: frozenset[date]
    today: date
    from_day: date | None
    returned: str = ""
    open_matters: tuple[str | Promise, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionText:
    """What the person who decides has written. `despite`: why it is decided although something is open."""

    because: str
    conclusions: Sequence[GivenConclusion] = ()
    despite: str = ""

    @property
    def written(self) -> dict[str, str]:
        """By the field in which it is typed: the subject reads it."""
        return {
            "because": self.because,
            "despite": self.despite,
            **{f"concluded_{one.number}": one.because for one in self.conclusions},
        }


def decide_blockers(
    decision: Decision, *, by: User, given: Deciding, concluded: DecisionText | None = None
) -> Iterator[Reason]:
    """Why this person may not take this decision now. Page, API and action ask this one rule.

    Before anything is written, `concluded` is None, and nothing is said of it yet.
    """
    if not decision.lifecycle.allows(decision.status, "decide"):
        # Nothing else matters to somebody who comes too late.
        yield from decision.lifecycle.blockers(decision.status, "decide")
        return
    yield from person_blockers(decision, by, given)
    yield from readiness_blockers(given.ready, kind=decision.kind)
    yield from _waiting_blockers(given, concluded)
    if decision.row.is_heard:
        yield from of_grounds.hearing_blockers(decision, today=given.today)
    if decision.kind == DecisionKind.GRANT:
        yield from _grant_blockers(decision, given)
    if decision.licence is not None:
        yield from _on_licence_blockers(decision, given)
    if concluded is not None:
        yield from of_grounds.conclusion_blockers(
            decision, because=concluded.because, conclusions=concluded.conclusions
        )


def _waiting_blockers(given: Deciding, concluded: DecisionText | None) -> Iterator[Reason]:
    """What was returned waits for its answer; what is still open needs a reason."""
    if given.returned:
        text = _("It was returned to {name} with comments. Wait for the answer, or call it off.")
        yield Reason("returned", format_lazy(text, name=given.returned))
    if concluded is not None and given.open_matters and not concluded.despite.strip():
        yield Reason("open_matters", _("Something is still open. Say why you decide all the same."), "despite")


def _on_licence_blockers(decision: Decision, given: Deciding) -> Iterator[Reason]:
    if decision.kind in ON_TRANSFERS:
        yield from transfer_blockers(decision.kind, given.ready)
    if decision.condition is not None:
        yield from decision.condition.lifecycle.blockers(decision.condition.status, decision.kind)
    yield from effects.effect_blockers(decision, given)


def drop_blockers(decision: Decision, *, because: str | None = None) -> Iterator[Reason]:
    yield from decision.lifecycle.blockers(decision.status, "drop")
    if because is not None and not because.strip():
        yield Reason("no_reasons", _("Say why the proposal is dropped."), "because")


def _grant_blockers(decision: Decision, given: Deciding) -> Iterator[Reason]:
    """The day may have moved since it was proposed: the conditions must still lie after it."""
    yield from start_blockers(given.from_day, today=given.today, where="from_day")
    if decision.application is not None:
        yield from renewals.first_day_blockers(
            decision.application, given.from_day, today=given.today, where="from_day"
        )
        yield from _altering_blockers(decision.application, given)
    if given.from_day is not None and decision.conditions.filter(due_on__lte=given.from_day).exists():
        yield Reason("condition_due_too_early", decision.row.due_too_early, "from_day")


def _altering_blockers(application: Application, given: Deciding) -> Iterator[Reason]:
    """A licence is altered from the day of the decision: who acts under it is shown to the public that day."""
    if application.alters is not None:
        yield from renewals.gone_blockers(application.alters)
        if given.from_day != given.today:
            yield Reason("alters_at_once", _("What alters a licence holds from the day of the decision."), "from_day")


def person_blockers(decision: Decision, by: User, given: Deciding) -> Iterator[Reason]:
    """Who proposed, assessed or inspected does not decide (LICDEC; docs/rules.md G7, C86)."""
    if by.pk == decision.proposed_by_id:
        yield Reason("same_person", _("You proposed this decision, so someone else must take it."))
    if decision.application is not None and by.pk == decision.application.case_officer_id:
        yield Reason("assessed", _("You assessed this application, so someone else must take this decision."))
    if decision.application is not None and by.pk == decision.application.typed_in_by:
        yield Reason("typed_in", _("You typed this application in, so someone else must take this decision."))
    if by.pk in given.inspected_by:
        yield Reason("inspected", _("You inspected this business, so someone else must take this decision."))
    if by.pk in given.verified_by:
        yield Reason(
            "verified", _("You checked a condition that this rests on, so someone else must take this decision.")
        )
    yield from transfers.person_blockers(decision.transfer, by)
    yield from _conflict_blockers(decision, by, given.conflicted)


def _conflict_blockers(decision: Decision, by: User, conflicted: Collection[int]) -> Iterator[Reason]:
    """A conflict of interest that is declared late undoes what its officer has put forward (docs/rules.md T10)."""
    if by.pk in conflicted:
        yield CONFLICTED
    if decision.proposed_by_id in conflicted:
        text = _(
            "The person who proposed this has since declared a conflict of interest. Ask for it to be "
            "dropped and proposed again."
        )
        yield Reason("proposer_conflicted", text)
