"""What the list of transfers can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.models import Application, Transfer
from licensing.states import TransferStatus
from registry import filtersets
from registry import search as index
from registry.identifiers import reference_typed
from registry.licences.models import Licence
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order


class TransferFilter(filtersets.FilterSet[Transfer]):
    orders = {
        "": in_order("is_over", "asked_at", "pk"),
        "asked": in_order("asked_at", "pk"),
        "status": in_order("status", "is_over", "asked_at", "pk"),
    }

    q = django_filters.CharFilter(
        label=filtersets.SEARCH, help_text=filtersets.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filtersets.AnyOfFilter(label=_("Status"), choices=TransferStatus.choices)

    class Meta:
        model = Transfer
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, transfers: "QuerySet[Transfer]") -> None:
        super().__init__(data=asked, queryset=transfers)

    def named(self, rows: "QuerySet[Transfer]", _field: str, typed: str) -> "QuerySet[Transfer]":
        found, reference = organisation_filters.organisations_found(typed), reference_typed(typed)
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference))
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference.replace(" ", "")))
        return rows.filter(
            Q(licence__in=list(licences.values_list("pk", flat=True)))
            | Q(application__in=list(cases.values_list("pk", flat=True)))
            | Q(reference=reference)
        )
