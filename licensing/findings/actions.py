"""What licensing does with what an inspection found: a proposal considers it, or no action is taken for a reason."""

from collections.abc import Iterable
from datetime import datetime

from django.db import models, transaction

from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import score_of
from licensing.checks.queries import checks
from licensing.checks.rules.handling import Reader
from licensing.findings import queries, rules
from licensing.findings.models import FindingToConsider
from licensing.findings.states import CONFIRMS, PROPOSES, FindingStatus
from registry import permissions
from registry.accounts.models import User
from registry.errors import Reason, refuse_for
from registry.trail.actions import events as trail


@transaction.atomic
def open_for_inspection(inspection: Inspection, *, by: User, at: datetime) -> FindingToConsider | None:
    """Put a confirmed inspection before licensing if it failed, or found a critical standard not met.

    Called when it is confirmed (`after_inspection` of the configuration).
    """
    score = score_of(inspection)
    if not rules.must_be_considered(score):
        return None
    application, licence = queries.subject_of(inspection)
    finding = FindingToConsider.objects.create(
        inspection=inspection,
        organisation=inspection.organisation,
        application=application,
        licence=licence,
        points=score.points,
        failed=score.failed,
        critical=list(score.critical),
        opened_at=at,
    )
    trail.record(finding, "open_for_inspection", by=by, at=at, after=finding.status, points=score.points)
    return finding


@transaction.atomic
def consider(decision: models.Model, inspections: Iterable[Inspection], *, by: User, at: datetime) -> None:
    """A decision was proposed that relies on these inspections: licensing has considered them."""
    found = FindingToConsider.objects.unconsidered().filter(inspection__in=list(inspections))
    for finding in found.order_by("pk"):
        held = trail.locked(finding)
        trail.move(held, "consider", by=by, at=at, decision=decision, considered_by=by, considered_at=at)


@transaction.atomic
def consider_again(decision: models.Model, *, by: User, at: datetime) -> None:
    """The proposal was dropped, and nothing follows from it: what it considered is open again."""
    found = FindingToConsider.objects.filter(decision=decision.pk, status=FindingStatus.CONSIDERED)
    for finding in found.order_by("pk"):
        held = trail.locked(finding)
        trail.move(held, "consider_again", by=by, at=at, decision=None, considered_by=None, considered_at=None)


@transaction.atomic
def take_no_action(finding: FindingToConsider, *, because: str, by: User, at: datetime) -> FindingToConsider:
    """End it without a proposal, where the score does not say refuse or revoke. Raises `Refused` (two_people, no_reason …)."""
    finding = _held(finding, PROPOSES, by)
    refuse_for([*rules.no_action_blockers(finding, because=because), *_repeats(finding, because)])
    return trail.move(
        finding,
        "take_no_action",
        by=by,
        at=at,
        because=because,
        no_action_because=because.strip(),
        considered_by=by,
        considered_at=at,
    )


@transaction.atomic
def propose_no_action(finding: FindingToConsider, *, because: str, by: User, at: datetime) -> FindingToConsider:
    """Put before another person that nothing follows. Raises `Refused` (wrong_state, no_reason …)."""
    finding = _held(finding, PROPOSES, by)
    refuse_for([*rules.propose_no_action_blockers(finding, because=because), *_repeats(finding, because)])
    return trail.move(
        finding,
        "propose_no_action",
        by=by,
        at=at,
        because=because,
        no_action_because=because.strip(),
        proposed_by=by,
        proposed_at=at,
    )


@transaction.atomic
def confirm_no_action(finding: FindingToConsider, *, by: User, at: datetime) -> FindingToConsider:
    """Agree, as a second person, that nothing follows. Raises `Refused` (same_person, is_inspector, wrong_state)."""
    finding = _held(finding, CONFIRMS, by)
    refuse_for(rules.confirm_blockers(finding, by=by))
    return trail.move(finding, "confirm_no_action", by=by, at=at, considered_by=by, considered_at=at)


@transaction.atomic
def return_to_officer(finding: FindingToConsider, *, because: str, by: User, at: datetime) -> FindingToConsider:
    """Do not agree: it is to be considered again. Raises `Refused` (same_person, no_reason, wrong_state)."""
    finding = _held(finding, CONFIRMS, by)
    refuse_for([*rules.return_blockers(finding, by=by, because=because), *_repeats(finding, because)])
    return trail.move(
        finding,
        "return_to_officer",
        by=by,
        at=at,
        because=because,
        no_action_because="",
        proposed_by=None,
        proposed_at=None,
    )


def _held(finding: FindingToConsider, permission: str, by: User) -> FindingToConsider:
    permissions.require(by, permission)
    finding = trail.locked(finding, among=FindingToConsider.objects.visible_to(by))
    refuse_for(permissions.conflict_blockers(by, finding.organisation))
    return finding


def _repeats(finding: FindingToConsider, because: str) -> Iterable[Reason]:
    """The trail keeps the reason: it may not repeat what another authority has replied in confidence."""
    return checks.repeats(finding.organisation, {"because": because}, reader=Reader.OTHERS)
