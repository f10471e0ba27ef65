"""What the CSV of each work list says: the columns of the page, and the few that a page has no room for.

Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import OuterRef, Subquery
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from licensing.applications.queries.offices import case_officers, schemes_offered
from licensing.conditions.filters import ConditionFilter
from licensing.decisions.models.grounds import ProposedCondition
from registry import schemes
from registry.accounts.models import User
from registry.filtersets import CsvColumn
from registry.licences.models import Condition
from registry.schemes import said


def condition_columns(today: date) -> list[CsvColumn[Condition]]:
    return [
        CsvColumn(_("Condition"), lambda row: row.reference),
        CsvColumn(_("Licence"), lambda row: row.licence.number),
        CsvColumn(_("Holder"), lambda row: row.licence.organisation.legal_name),
        CsvColumn(_("Standard"), lambda row: row.standard),
        CsvColumn(_("Corrective action needed"), lambda row: row.requirement),
        CsvColumn(_("Imposed on"), lambda row: row.imposed_on),
        CsvColumn(_("To be met by"), lambda row: row.due_on),
        CsvColumn(_("Overdue"), lambda row: row.status == "open" and row.due_on < today),
        CsvColumn(_("Status"), lambda row: row.get_status_display()),
        CsvColumn(_("Closed"), lambda row: row.closed_on),
        CsvColumn(_("Proposed by"), lambda row: row.officer),  # type: ignore[attr-defined]
    ]


def conditions(params: Mapping[str, Any], *, by: User, on: date) -> ConditionFilter:
    """The conditions of all licences that this person may see: open ones first, what is due first at the top.

    Each with who proposed it; a condition that came of no decision has nobody.
    """
    proposed = ProposedCondition.objects.filter(became=OuterRef("pk")).order_by("pk")
    rows = (
        Condition.objects.open_to(by)
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


def views_of_conditions() -> list[tuple[Promise, str]]:
    return [
        (_("All"), ""),
        (_("Open"), "status=open"),
        (_("Overdue"), "due=overdue"),
        (_("Due within four weeks"), "due=soon"),
        (_("Mine"), "officer=mine&status=open"),
    ]


def standards(on: date) -> dict[str, str]:
    """The standards of the schemes in force, each with its number; of two schemes that share a number, both are said."""
    found: dict[str, list[str]] = {}
    for name in schemes.names():
        if min(schemes.versions(name)) <= on:
            for one in schemes.in_force(name, on).standards:
                title = said(one.title, get_language())
                found.setdefault(one.code, [])
                found[one.code] += [title] if title not in found[one.code] else []
    return {code: f"{code} {' / '.join(titles)}" for code, titles in sorted(found.items())}
