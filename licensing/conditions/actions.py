"""What a holder sends to show that it meets a condition.

Looking whether a condition is met: at the desk, or by a visit. Neither decides it."""

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from licensing.applications.queries import applications
from licensing.checks.queries import facts
from licensing.conditions import rules
from licensing.conditions.models import DeskCheck, Evidence
from licensing.conditions.queries import conditions
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus
from registry.memberships.states import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def send(condition: Condition, *, text: str, uploads: Sequence[Upload] = (), by: User, at: datetime) -> Evidence:
    """Send what shows that a condition is met, with files where they belong to it; all of it or nothing.

    The condition stays open: whether it is met is decided by the authority. Raises `Refused` (closed, nothing_said, and the
    reasons of `registry.documents.actions.receive`).
    """
    permissions.require(by, "licensing.apply")
    own = Condition.objects.filter(licence__organisation__in=Organisation.objects.acted_for_by(by))
    condition = trail.locked(own.get(pk=condition.pk))
    holder = condition.licence.organisation
    refuse_for(permissions.act_blockers(by, holder, Act.NOTIFY, on=timezone.localdate(at)))
    refuse_for(rules.evidence_blockers(is_open=condition.status == ConditionStatus.OPEN, text=text))
    evidence = Evidence.objects.create(condition=condition, text=text, sent_by=by, sent_at=at)
    trail.record(condition, "send_evidence", by=by, at=at, licence=condition.licence)
    for upload in uploads:
        documents.receive(holder, upload=upload, about=condition.reference, by=by, at=at)
    return evidence


@transaction.atomic
def check_at_desk(condition: Condition, *, is_met: bool, text: str, by: User, at: datetime) -> DeskCheck:
    """Write down what an officer has looked at, and whether it shows that the condition is met. It stays open."""
    permissions.require(by, "licensing.record_check")
    condition = trail.locked(condition)
    refuse_for(permissions.conflict_blockers(by, condition.licence.organisation))
    refuse_for(rules.check_blockers(condition, text=text))
    check = DeskCheck.objects.create(condition=condition, is_met=is_met, text=text, checked_by=by, checked_at=at)
    trail.record(condition, "check_at_desk", by=by, at=at, licence=condition.licence, is_met=is_met)
    return check


@transaction.atomic
def commission(
    condition: Condition, *, brief: str, inspector: User, due_on: date, by: User, at: datetime
) -> Inspection:
    """Have somebody visit and see whether the condition is met: only its standard is tested."""
    permissions.require(by, "compliance.commission_inspection")
    condition = trail.locked(condition)
    licence = condition.licence
    refuse_for(permissions.conflict_blockers(by, licence.organisation))
    refuse_for(rules.visit_blockers(condition, open_visits=conditions.open_visits_of(condition)))
    return inspections.commission(
        licence.organisation,
        kind=InspectionKind.VERIFICATION,
        scheme=applications.scheme_of(licence),
        facts=facts.facts_for_inspector(licence),
        only=(condition.standard,),
        brief=brief,
        licence_number=licence.number,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )
