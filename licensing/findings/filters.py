"""What the list of outcomes of inspections can be narrowed by."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.findings.models import FindingToConsider
from licensing.findings.states import FindingStatus
from registry import filtersets
from registry import search as index
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class FindingFilter(DueFilter[FindingToConsider]):
    orders = {"": in_order("-opened_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=FindingStatus.choices)

    def __init__(self, asked: Mapping[str, Any], *, findings: "QuerySet[FindingToConsider]") -> None:
        super().__init__(data=asked, queryset=findings)

    def named(self, rows: "QuerySet[FindingToConsider]", _field: str, typed: str) -> "QuerySet[FindingToConsider]":
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        return rows.filter(about | Q(inspection__reference=reference_typed(typed)))
