"""Visits that are planned: the plan of one, what stands in its way, and the briefing."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from compliance.follow_ups.models import FollowUp
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import inspections_for, scheme_of, unmet
from compliance.plans.models import PlanQuerySet, VisitPlan
from compliance.plans.rules import PlanInput
from registry.licences.models import Condition
from registry.premises.models import Premises
from registry.schemes import said


def clashes(inspection: Inspection, planned: PlanInput) -> PlanQuerySet:
    """Other visits at that time of anybody who would go on this one."""
    goers = [inspection.inspector_id, *(officer.pk for officer in planned.officers)]
    same_time = VisitPlan.objects.standing().filter(day=planned.day, starts__lt=planned.ends, ends__gt=planned.starts)
    theirs = same_time.filter(Q(inspection__inspector__in=goers) | Q(joint__officer__in=goers))
    return theirs.exclude(inspection=inspection).select_related("inspection").distinct()


def plan_of(inspection: Inspection) -> VisitPlan | None:
    plans = VisitPlan.objects.filter(inspection=inspection).select_related("place", "planned_by")
    return plans.prefetch_related("joint__officer", "interpreters", "agencies").first()


def places_of(inspection: Inspection) -> "QuerySet[Premises]":
    """The places that are in the file of the business, to choose from."""
    return Premises.objects.filter(organisation=inspection.organisation).order_by("name", "pk")


# --- the briefing ---


@dataclass(frozen=True, slots=True)
class FormerVisit:
    inspection: Inspection
    unmet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Briefing:
    """What whoever goes must know. Nothing of what was told about the business, and nobody who told it, is here."""

    inspection: Inspection
    plan: VisitPlan | None
    standards: tuple[tuple[str, str, bool], ...]
    former: tuple[FormerVisit, ...]
    conditions: tuple[Condition, ...]
    follow_ups: tuple[FollowUp, ...]


def briefing_of(inspection: Inspection) -> Briefing:
    scheme, language = scheme_of(inspection), get_language()
    standards = [scheme.standard(code) for code in inspection.standards]
    former = inspections_for(inspection.organisation).confirmed().exclude(pk=inspection.pk)[:10]
    conditions = Condition.objects.filter(licence__organisation=inspection.organisation).order_by("due_on", "pk")
    return Briefing(
        inspection=inspection,
        plan=plan_of(inspection),
        standards=tuple((one.code, said(one.title, language), one.critical) for one in standards),
        former=tuple(FormerVisit(one, unmet([one])) for one in former),
        conditions=tuple(conditions),
        follow_ups=tuple(FollowUp.objects.open().filter(inspection__organisation=inspection.organisation)),
    )
