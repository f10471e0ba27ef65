"""Who is on a visit now, and where the reader checks in or out."""

from datetime import datetime
from typing import Any

from django import template

from compliance.check_ins import queries, rules
from compliance.inspections.models import Inspection
from compliance.plans.models import VisitPlan

register = template.Library()


@register.inclusion_tag("compliance/check_ins/stays.html", takes_context=True)
def stays_of_visit(
    context: dict[str, Any], inspection: Inspection, plan: VisitPlan | None, at: datetime
) -> dict[str, Any]:
    """The stays of a visit, and what the reader may do about their own."""
    by, elsewhere = context["request"].user, queries.own_stay(context["request"].user)
    blockers = rules.check_in_blockers(
        inspection,
        plan=plan,
        elsewhere=elsewhere,
        needed_two_before=queries.needed_two_before(inspection),
        by=by,
        at=at,
    )
    return {
        "inspection": inspection,
        "stays": queries.stays_of(inspection),
        "own_stay": elsewhere if elsewhere and elsewhere.inspection_id == inspection.pk else None,
        "may_check_in": not list(blockers),
    }
