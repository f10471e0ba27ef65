"""Proposals: what one person puts before another to decide, what is put under it later, and what is taken back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.inspections.models import Inspection
from compliance.safeguarding.actions import concerns
from licensing.applications.models import Application
from licensing.applications.queries.applications import holidays_of
from licensing.checks.queries import checks
from licensing.decisions import letters
from licensing.decisions.models.decisions import Decision
from licensing.decisions.models.grounds import ChosenFactor, Exhibit, ExhibitKind, Ground, ProposedCondition
from licensing.decisions.queries import grounds as grounds_queries
from licensing.decisions.queries import readiness
from licensing.decisions.rules import deciding, proposals
from licensing.decisions.rules import grounds as of_grounds
from licensing.decisions.rules.grounds import Basis, GivenGround
from licensing.decisions.rules.proposals import GivenCondition
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import ON_TRANSFERS
from licensing.findings import actions as findings
from registry import permissions
from registry.accounts.models import User
from registry.codes import new_reference
from registry.errors import refuse_for
from registry.licences.models import Condition, Licence
from registry.trail.actions import events as trail


@transaction.atomic
def propose(subject: Application | Licence, *, by: User, at: datetime, **proposal: Any) -> Decision:
    """Put a decision on an application or a licence before someone else: `proposal` is as `put_forward` takes it."""
    permissions.require(by, "licensing.propose_decision")
    return put_forward(subject, **proposal, by=by, at=at)


@transaction.atomic
def put_forward(
    subject: Application | Licence,
    *,
    kind: str,
    because: str,
    starts: date | None = None,
    takes_effect: date | None = None,
    until: date | None = None,
    immediate: bool = False,
    immediate_because: str = "",
    grounds: Sequence[GivenGround] = (),
    factors: Sequence[str] = (),
    weighed: str = "",
    conditions: Sequence[GivenCondition] = (),
    condition: Condition | None = None,
    inspections: Sequence[Inspection] = (),
    departs_because: str = "",
    instead_of: Decision | None = None,
    by: User,
    at: datetime,
) -> Decision:
    """Put a decision on an application or a licence before someone else, with reasons, grounds and evidence.

    For who may propose (`propose`), and for a decision maker who decides otherwise (`instead_of`): callers have asked for that.

    `immediate_because` says why a decision with immediate effect cannot wait. `factors` are codes of the pack's aggravating and mitigating factors, `weighed` says what they rest on. `conditions` come
    with a grant, or say what becomes of `condition`, which is the one of the licence that is decided about.
    """
    subject = trail.locked(subject)
    ready = readiness.readiness(subject)
    transfer = ready.transfer if kind in ON_TRANSFERS else None
    about = transfer.organisations if transfer else [subject.organisation]
    refuse_for(permissions.conflict_blockers(by, *about))
    today = timezone.localdate(at)
    basis = grounds_queries.basis_of(subject, language=subject.organisation.language, today=today)
    points, score_proposes = readiness.score_of(basis.scheme, inspections)
    proposal = proposals.Proposal(
        kind=kind,
        because=because,
        starts=starts,
        takes_effect=takes_effect,
        until=until,
        immediate=immediate,
        immediate_because=immediate_because,
        departs_because=departs_because,
        grounds=tuple(grounds),
        factors=tuple(factors),
        weighed=weighed,
        conditions=tuple(conditions),
        condition=condition,
        relies_on=frozenset(inspection.pk for inspection in inspections),
        score_proposes=score_proposes,
    )
    holidays = holidays_of(subject.organisation)
    blockers = proposals.propose_blockers(subject, proposal, basis=basis, ready=ready, holidays=holidays, today=today)
    refuse_for([*blockers, *checks.repeats(subject.organisation, proposal.written)])
    decision = Decision.objects.create(
        reference=new_reference("D"),
        kind=kind,
        application=subject if isinstance(subject, Application) else None,
        licence=subject if isinstance(subject, Licence) else None,
        condition=condition,
        transfer=transfer,
        starts=starts,
        takes_effect=takes_effect,
        until=until,
        immediate=immediate,
        immediate_because=immediate_because if immediate else "",
        instead_of=instead_of,
        because=because,
        points=points,
        score_proposes=score_proposes,
        departs_because=departs_because,
        weighed=weighed,
        proposed_by=by,
        proposed_at=at,
    )
    decision.inspections.set(inspections)
    _write_grounds(decision, grounds, basis)
    ChosenFactor.objects.bulk_create(ChosenFactor(decision=decision, code=code) for code in factors)
    ProposedCondition.objects.bulk_create(
        ProposedCondition(decision=decision, standard=c.standard, requirement=c.requirement, due_on=c.due_on)
        for c in conditions
    )
    trail.record(
        decision,
        "propose",
        by=by,
        at=at,
        because=because,
        after=decision.status,
        decision=kind,
        subject=subject,
        points=points,
    )
    findings.consider(decision, inspections, by=by, at=at)
    _tell_leads(decision, basis, by=by, at=at)
    return decision


@transaction.atomic
def supplement(decision: Decision, *, grounds: Sequence[GivenGround], by: User, at: datetime) -> Decision:
    """Put further grounds under a proposal. Nothing can be decided until the subject has been notified of them too.

    A ground that was notified stays as it was: further evidence for it is a ground of its own, in a notice of its own.
    """
    permissions.require(by, "licensing.propose_decision")
    decision = trail.locked(decision)
    refuse_for(permissions.conflict_blockers(by, *decision.organisations))
    today = timezone.localdate(at)
    basis = grounds_queries.basis_of(decision.subject, language=decision.organisation.language, today=today)
    blockers = of_grounds.supplement_blockers(decision, grounds, basis)
    refuse_for([*blockers, *checks.repeats(decision.organisation, of_grounds.written(grounds))])
    trail.move(decision, "supplement", by=by, at=at)
    _write_grounds(decision, grounds, basis)
    _tell_leads(decision, basis, by=by, at=at)
    return decision


def _tell_leads(decision: Decision, basis: Basis, *, by: User, at: datetime) -> None:
    """Of grounds against forced labour a safeguarding lead is told, unless by an inspection on which the decision relies."""
    grounds = decision.grounds.values_list("standard", flat=True)
    visits = [one.reference for one in decision.inspections.all()]
    of = decision.reference, grounds, basis.scheme, decision.organisation
    concerns.raise_concern(*of, beside=visits, by=by, at=at)


@transaction.atomic
def drop(decision: Decision, *, because: str, by: User, at: datetime) -> Decision:
    """Take a proposal back; nothing follows from it. Whoever had been notified of it, or had asked for it, is told."""
    permissions.require(by, "licensing.propose_decision")
    decision = trail.locked(decision)
    refuse_for(permissions.conflict_blockers(by, *decision.organisations))
    blockers = deciding.drop_blockers(decision, because=because)
    refuse_for([*blockers, *checks.repeats(decision.organisation, {"because": because})])
    trail.move(decision, "drop", by=by, at=at, because=because)
    findings.consider_again(decision, by=by, at=at)
    if decision.notified_at is not None:
        letters.dropped(decision, at=at)
    elif decision.kind == DecisionKind.SURRENDER:
        letters.surrender_dropped(decision, because=because, at=at)
    return decision


def _write_grounds(decision: Decision, grounds: Sequence[GivenGround], basis: Basis) -> None:
    """As the subject will read them: of the evidence, what it said on this day."""
    conditions = {one.reference: one for one in Condition.objects.filter(reference__in=basis.conditions)}
    for number, given in enumerate(grounds, start=decision.grounds.count() + 1):
        ground = Ground.objects.create(
            decision=decision,
            number=number,
            standard=basis.conditions.get(given.condition, given.standard),
            condition=conditions.get(given.condition),
            text=given.text,
        )
        found = [basis.exhibits[key] for key in given.exhibits]
        exhibits = [
            Exhibit(
                ground=ground,
                kind=one.kind,
                source=one.source,
                text=one.text,
                check_reply=one.check_reply,
                finding=one.finding,
                document=one.document,
                sent=one.sent,
                desk_check=one.desk_check,
                request=one.request,
            )
            for one in found
        ]
        if given.evidence.strip():
            exhibits.append(Exhibit(ground=ground, kind=ExhibitKind.NOTE, text=given.evidence))
        Exhibit.objects.bulk_create(exhibits)
