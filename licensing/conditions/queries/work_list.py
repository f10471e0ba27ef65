"""What is found among the conditions of all licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.translation import get_language

from licensing.applications.queries.offices import case_officers, schemes_offered
from licensing.conditions.filters import ConditionFilter
from licensing.decisions.models.grounds import ProposedCondition
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Condition
from registry.schemes import said


def conditions(params: Mapping[str, Any], *, by: User, on: date) -> ConditionFilter:
    """The conditions of all licences that this person may see: open ones first, what is due first at the top.

    Each with who proposed it; a condition that came of no decision has nobody.
    """
    proposed = ProposedCondition.objects.filter(became=OuterRef("pk")).order_by("pk")
    rows = (
        Condition.objects.open_to(by)
        .with_whose_turn()
        .select_related("licence__organisation")
        .annotate(officer=Subquery(proposed.values("decision__proposed_by__name")[:1]))
    )
    return ConditionFilter(
        params,
        conditions=rows,
        standards=standards(on),
        schemes=schemes_offered(on),
        officers=case_officers(),
        by=by,
        on=on,
    )


def standards(on: date) -> dict[str, str]:
    """The standards of the schemes in force, each with its number; of two schemes that share a number, both are said."""
    found: dict[str, list[str]] = {}
    for one in (one for scheme in schemes.all_in_force(on) for one in scheme.standards):
        title = said(one.title, get_language())
        found.setdefault(one.code, [])
        found[one.code] += [title] if title not in found[one.code] else []
    return {code: f"{code} {' / '.join(titles)}" for code, titles in sorted(found.items())}
