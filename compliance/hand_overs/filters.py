"""What the list of what was handed over can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverStatus, HandOverTo
from registry import filtersets
from registry import search as index
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class HandOverFilter(DueFilter[HandOver]):
    orders = {"": in_order("-handed_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=HandOverStatus.choices)
    to = django_filters.ChoiceFilter(label=_("Handed over to"), choices=HandOverTo.choices, empty_label=_("Anyone"))

    def __init__(self, asked: Mapping[str, Any], *, hand_overs: "QuerySet[HandOver]") -> None:
        super().__init__(data=asked, queryset=hand_overs)

    def named(self, rows: "QuerySet[HandOver]", _field: str, typed: str) -> "QuerySet[HandOver]":
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        return rows.filter(about | Q(reference=reference_typed(typed)))
