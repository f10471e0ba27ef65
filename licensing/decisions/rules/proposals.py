"""What must be true before something is proposed, notified or decided. Judged from what is given; every reason at once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.rules import effects
from licensing.decisions.rules import grounds as of_grounds
from licensing.decisions.rules import proposal_days as days
from licensing.decisions.rules.grounds import Basis, GivenGround
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import KINDS, ON_APPLICATIONS, ON_CONDITIONS, ON_LICENCES, ON_TRANSFERS
from licensing.holding.models import Transfer
from licensing.holding.rules import transfers
from registry.errors import Reason
from registry.licences.models import Condition, Licence
from registry.licences.states import LicenceStatus
from registry.schemes import Scheme

# A surrender is asked for by the holder (licensing/holding/actions/surrenders.py): the authority never proposes one.
PROPOSED_ON_LICENCES = tuple(kind for kind in ON_LICENCES if KINDS[kind].proposes)


@dataclass(frozen=True, slots=True)
class GivenCondition:
    standard: str
    requirement: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Proposal:
    """What somebody proposes, before it is a decision.

    `conditions` come with it; `condition` is the one of the licence that it is about. `relies_on` are the inspections relied
    on, by primary key; `score_proposes` is empty when there is none.
    """

    kind: str
    because: str
    starts: date | None = None
    takes_effect: date | None = None
    until: date | None = None
    immediate: bool = False
    immediate_because: str = ""
    departs_because: str = ""
    grounds: tuple[GivenGround, ...] = ()
    factors: tuple[str, ...] = ()
    weighed: str = ""
    conditions: tuple[GivenCondition, ...] = ()
    condition: Condition | None = None
    relies_on: frozenset[int] = frozenset()
    score_proposes: str = ""

    @property
    def written(self) -> dict[str, str]:
        """What somebody has written in it, by the field in which it is typed: the subject reads it, or may."""
        return {
            "because": self.because,
            "departs_because": self.departs_because,
            "weighed": self.weighed,
            "immediate_because": self.immediate_because,
            **of_grounds.written(self.grounds),
            "conditions": "\n".join(one.requirement for one in self.conditions),
        }

    @property
    def outcome(self) -> str:
        """In the words in which a score proposes: a score knows of conditions and of the loss of the licence."""
        if self.kind == DecisionKind.GRANT and self.conditions:
            return "grant_with_conditions"
        return KINDS[self.kind].scores_as

    @property
    def departs(self) -> bool:
        """A score says nothing of one condition, or of lifting a suspension."""
        return bool(self.outcome and self.score_proposes) and self.outcome != self.score_proposes


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far the case has come: asked of the database by `queries.readiness`, judged here.

    `confirmed` are the confirmed inspections of the case, by primary key; `conditions_open` the conditions of the licence of
    which something is proposed, `conditions_met` those that the last who looked found met: at the desk, or in a confirmed
    inspection. `transfer` is the one that the holder asks for, `other` how far the case of the other business has come, if it
    has one, `unsettled` what the holder would be rid of by it. `documents_rejected` counts the required kinds of document of
    which every file was rejected, `documents_unchecked` those of which none was accepted yet and one is still being checked.
    """

    unanswered_checks: int = 0
    documents_rejected: int = 0
    documents_unchecked: int = 0
    open_requests: int = 0
    inspection_wanted: bool = False
    inspections_open: int = 0
    confirmed: frozenset[int] = frozenset()
    open_decision: bool = False
    conditions_open: frozenset[int] = frozenset()
    conditions_met: frozenset[int] = frozenset()
    look_alikes_open: int = 0
    transfer: Transfer | None = None
    other: "Readiness | None" = None
    unsettled: transfers.Unsettled = transfers.SETTLED


def propose_blockers(
    subject: Application | Licence,
    proposal: Proposal,
    *,
    basis: Basis,
    ready: Readiness,
    holidays: frozenset[date],
    today: date,
) -> Iterator[Reason]:
    """Why this may not be proposed now. The score proposes and a person departs from it only with a reason."""
    yield from begin_blockers(subject, kind=proposal.kind, ready=ready, condition=proposal.condition)
    if proposal.kind in KINDS:
        yield from _proposal_blockers(
            subject, proposal, basis, ready, effects.ProposalClocks(basis.scheme, holidays, today)
        )


def _proposal_blockers(
    subject: Application | Licence, proposal: Proposal, basis: Basis, ready: Readiness, clocks: effects.ProposalClocks
) -> Iterator[Reason]:
    if not proposal.because.strip():
        yield Reason("no_reasons", _("Give the reasons for the decision."), "because")
    if proposal.departs and not proposal.departs_because.strip():
        yield Reason(
            "departs_without_reason",
            _("This is not what the score proposes. Say why you depart from it."),
            "departs_because",
        )
    yield from _inspection_blockers(subject, proposal, ready)
    yield from of_grounds.ground_blockers(proposal.grounds, basis, kind=proposal.kind)
    yield from of_grounds.factor_blockers(proposal.factors, proposal.weighed, basis)
    yield from _condition_blockers(proposal, basis.scheme, today=clocks.today)
    yield from days.date_blockers(subject, proposal, clocks=clocks)
    yield from days.within_licence_blockers(subject, proposal, basis.scheme)
    if proposal.immediate and not proposal.immediate_because.strip():
        yield Reason("no_reason_immediate", _("Say why it cannot wait."), "immediate_because")


def begin_blockers(
    subject: Application | Licence, *, kind: str, ready: Readiness, condition: Condition | None = None
) -> Iterator[Reason]:
    """Why nothing of this kind may be proposed now, whatever would be said in it."""
    taken = kind in ON_CONDITIONS and condition is not None and condition.pk in ready.conditions_open
    if taken or (kind not in ON_CONDITIONS and ready.open_decision):
        yield Reason("decision_open", _("Another decision has been proposed and is still open."))
    if isinstance(subject, Application):
        yield from readiness_blockers(ready, kind=kind)
    if kind not in (ON_APPLICATIONS if isinstance(subject, Application) else PROPOSED_ON_LICENCES):
        yield Reason("wrong_subject", _("This cannot be decided about it: choose another decision."), "kind")
    elif isinstance(subject, Application) or KINDS[kind].moves_licence:
        yield from subject.lifecycle.blockers(subject.status, kind)
    else:
        yield from _of_condition_blockers(subject, kind, condition, ready)
    if kind in ON_TRANSFERS:
        yield from transfer_blockers(kind, ready)


def transfer_blockers(kind: str, ready: Readiness) -> Iterator[Reason]:
    """A consent licenses the other business, so its case must have come as far as for a grant."""
    other_decided = ready.other is not None and ready.other.open_decision
    yield from transfers.about_blockers(
        ready.transfer, kind=kind, other_decided=other_decided, unsettled=ready.unsettled
    )
    if kind == DecisionKind.ALLOW_TRANSFER and ready.other is not None:
        yield from readiness_blockers(ready.other, kind=DecisionKind.GRANT)


def _of_condition_blockers(
    licence: Licence, kind: str, condition: Condition | None, ready: Readiness
) -> Iterator[Reason]:
    """What is decided of a condition is decided of an open one of this licence; that it is met rests on somebody's looking."""
    if licence.status != LicenceStatus.ACTIVE:
        yield Reason("not_active", _("The licence is not active any more."))
    if kind not in ON_CONDITIONS:
        return
    if condition is None or condition.licence_id != licence.pk:
        yield Reason("unknown_condition", _("The licence has no such condition."))
        return
    yield from condition.lifecycle.blockers(condition.status, kind)
    if kind == DecisionKind.DISCHARGE and condition.pk not in ready.conditions_met:
        text = _("The condition has not been checked. Check it at the desk, or request a visit.")
        yield Reason("not_seen_met", text)


def readiness_blockers(ready: Readiness, *, kind: str) -> Iterator[Reason]:
    """What a case still waits for. A refusal need not wait for an inspection: clear adverse evidence is enough (STAFF2013).

    Nor for what the applicant was asked, or not answering would be the way not to be refused.
    """
    is_grant = kind == DecisionKind.GRANT
    if is_grant:
        yield from _unsettled_blockers(ready)
    if is_grant and ready.open_requests:
        yield Reason("request_open", _("The applicant has been asked for something and has not answered."))
    if ready.inspections_open and kind in ON_APPLICATIONS:
        yield Reason("inspection_open", _("An inspection has been commissioned and is not confirmed."))
    if is_grant and ready.inspection_wanted and not ready.confirmed:
        yield Reason("inspection_wanted", _("The scheme asks for an inspection before this licence is granted."))


def _unsettled_blockers(ready: Readiness) -> Iterator[Reason]:
    if ready.unanswered_checks:
        yield Reason("checks_unanswered", _("Not every check has a reply."))
    if ready.look_alikes_open:
        yield Reason(
            "look_alike_open",
            _("Confirm or dismiss each strong match first: the applicant may be a phoenix business."),
        )
    if ready.documents_rejected:
        yield Reason(
            "documents_rejected", _("A required document was rejected, and the applicant has not replaced it.")
        )
    if ready.documents_unchecked:
        yield Reason("documents_unchecked", _("A required document is still being checked for viruses."))


def _inspection_blockers(subject: Application | Licence, proposal: Proposal, ready: Readiness) -> Iterator[Reason]:
    """A finding counts once a second person has confirmed it, and then for whoever proposes: nobody picks among them."""
    if proposal.relies_on - ready.confirmed:
        yield Reason(
            "inspection_not_confirmed", _("Only a confirmed inspection of this case can be relied on."), "inspections"
        )
    if isinstance(subject, Application) and ready.confirmed - proposal.relies_on:
        yield Reason("inspection_left_out", _("A confirmed inspection of this application is left out."), "inspections")


def _condition_blockers(proposal: Proposal, scheme: Scheme, *, today: date) -> Iterator[Reason]:
    row = KINDS[proposal.kind]
    least, most = row.fewest_conditions, row.most_conditions
    if len(proposal.conditions) > most and not most:
        yield Reason("conditions_without_grant", _("No conditions can be proposed with this."), "conditions")
    elif not least <= len(proposal.conditions) <= most:
        yield Reason("no_condition", _("Enter the corrective action needed and its deadline."), "conditions")
    holds = proposal.starts or proposal.takes_effect or today
    for condition in proposal.conditions:
        if not condition.requirement.strip():
            yield Reason("condition_without_requirement", _("Each condition says what must be done."), "conditions")
        if condition.due_on <= holds:
            yield Reason("condition_due_too_early", row.due_too_early or TOO_EARLY, "conditions")
    yield from _closing_blockers(proposal, today=today)
    yield from of_grounds.standard_blockers(
        (condition.standard for condition in proposal.conditions), scheme, "conditions"
    )


TOO_EARLY = _("A condition is due after the day from which it holds.")


def due_blockers(condition: Condition, *, today: date) -> Iterator[Reason]:
    """Nobody fails a condition that can still be met in time."""
    if condition.due_on >= today:
        yield Reason("not_due", _("The condition is not due yet. It can only fail once its day has passed."))


def _closing_blockers(proposal: Proposal, *, today: date) -> Iterator[Reason]:
    """What becomes of a condition of the licence rests on evidence about it, and is found failed only once it was due."""
    condition = proposal.condition
    if condition is None:
        return
    if proposal.kind == DecisionKind.FAIL and not any(one.condition == condition.reference for one in proposal.grounds):
        yield Reason(
            "nothing_about_condition",
            _("Name this condition in a ground, with what shows that it is not met."),
            "grounds",
        )
    if proposal.kind == DecisionKind.FAIL:
        yield from due_blockers(condition, today=today)
    later = [one.due_on for one in proposal.conditions if proposal.kind == DecisionKind.EXTEND]
    if any(due_on <= condition.due_on for due_on in later):
        yield Reason("not_later", _("The new date must be later than the present one."), "conditions")
