"""The plan of a visit: made and made anew; the business is told of it only where it is announced."""

from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from compliance.guarded_sharing import actions as guard
from compliance.guarded_sharing.states import SharingWay
from compliance.inspections.models import Inspection
from compliance.plans import letters, rules
from compliance.plans.models import JointOfficer, PlannedInterpreter, VisitPlan
from compliance.plans.queries import plans as queries
from compliance.plans.rules import PlanInput
from registry import permissions
from registry.accounts.models import User
from registry.errors import refuse_for
from registry.trail.actions import events as trail

SEVERAL = frozenset({"officers", "agencies", "interpreters"})


@transaction.atomic
def plan(
    inspection: Inspection, *, planned: PlanInput, despite_clash: bool = False, by: User, at: datetime
) -> VisitPlan:
    """Keep the plan of a visit in place of the one before. Who goes along sees the inspection from now on.

    An announced visit sends the business a letter with the day; an unannounced one tells it nothing at all.
    A guarded authority goes along only where a second person has approved it.
    Raises `Refused` (not_theirs, in_the_past, no_place, conflicted, clash, not_approved …).
    """
    permissions.require(
        by, "compliance.report_inspection" if by.pk == inspection.inspector_id else "compliance.plan_visits"
    )
    inspection = trail.locked(inspection)
    refuse_for(permissions.conflict_blockers(by, inspection.organisation))
    refuse_for(rules.open_blockers(inspection, by=by))
    refuse_for(rules.plan_blockers(inspection, planned, on=timezone.localdate(at)))
    refuse_for(rules.clash_blockers(queries.clashes(inspection, planned), despite_clash=despite_clash))
    before = VisitPlan.objects.filter(inspection=inspection).first()
    tell = rules.is_told_anew(before, planned)
    known = set(before.agencies.values_list("pk", flat=True)) if before else set()
    for agency in planned.agencies:
        if agency.pk not in known:
            guard.share(inspection, agency, way=SharingWay.VISIT, by=by, at=at)
    kept = _kept(inspection, planned, by=by, at=at)
    # Where and why stays off the trail: whoever reads it need not know of a visit that is to come.
    trail.record(inspection, "plan", by=by, at=at, day=planned.day, announced=planned.announced)
    if tell:
        letters.visit_announced(kept, at=at)
    return kept


def _kept(inspection: Inspection, planned: PlanInput, *, by: User, at: datetime) -> VisitPlan:
    single: dict[str, Any] = {
        one.name: getattr(planned, one.name) for one in fields(planned) if one.name not in SEVERAL
    }
    kept, _is_new = VisitPlan.objects.update_or_create(
        inspection=inspection, defaults={**single, "planned_by": by, "planned_at": at}
    )
    kept.agencies.set(planned.agencies)
    kept.joint.all().delete()
    JointOfficer.objects.bulk_create(JointOfficer(plan=kept, officer=officer) for officer in planned.officers)
    kept.interpreters.all().delete()
    PlannedInterpreter.objects.bulk_create(
        PlannedInterpreter(plan=kept, language=language, is_booked=is_booked)
        for language, is_booked in planned.interpreters.items()
    )
    return kept
