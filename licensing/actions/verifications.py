"""Looking whether a condition is met: at the desk, or by a visit. Neither decides it."""

from datetime import date, datetime

from django.db import transaction

from compliance.inspections import actions as inspections
from compliance.inspections.models import Inspection, InspectionKind
from licensing import queries
from licensing.models import DeskCheck
from licensing.rules import conditions as rules
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.licences.models import Condition
from registry.trail.actions import events as trail


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
    refuse_for(rules.visit_blockers(condition, open_visits=queries.open_visits_of(condition)))
    return inspections.commission(
        licence.organisation,
        kind=InspectionKind.VERIFICATION,
        scheme=queries.scheme_of(licence),
        facts=queries.facts_for_inspector(licence),
        only=(condition.standard,),
        brief=brief,
        licence_number=licence.number,
        inspector=inspector,
        due_on=due_on,
        by=by,
        at=at,
    )
