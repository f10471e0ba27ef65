"""What the list of changes that holders told can be narrowed by.

What the list of transfers can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.holding.models import Change, Transfer
from licensing.holding.states import ChangeStatus, TransferStatus
from registry import filtersets
from registry import search as index
from registry.codes import reference_typed
from registry.licences.models import Licence
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order
from registry.tasks.filters import DueFilter


class ChangeFilter(DueFilter[Change]):
    orders = {
        "": in_order("is_over", "told_at", "pk"),
        "told": in_order("told_at", "pk"),
        "kind": in_order("kind", "is_over", "told_at", "pk"),
        "status": in_order("status", "is_over", "told_at", "pk"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=ChangeStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("What has changed"), empty_label=_("Anything"))
    late = django_filters.BooleanFilter(label=_("Told late"), method="is_late", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, changes: "QuerySet[Change]", kinds: Mapping[str, str]) -> None:
        super().__init__(data=asked, queryset=changes)
        self.kinds = kinds
        self.filters["kind"].extra["choices"] = sorted(kinds.items(), key=lambda kind: kind[1])

    def dress(self, row: Change) -> None:
        row.title = self.kinds.get(row.kind, row.kind)

    def named(self, rows: "QuerySet[Change]", _field: str, typed: str) -> "QuerySet[Change]":
        found = organisation_filters.organisations_found(typed)
        reference = reference_typed(typed)
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference.replace(" ", "")))
        return rows.filter(Q(licence__in=list(licences.values_list("pk", flat=True))) | Q(reference=reference))

    def is_late(self, rows: "QuerySet[Change]", _field: str, wanted: bool) -> "QuerySet[Change]":
        return rows.filter(days_late__gt=0) if wanted else rows


class TransferFilter(DueFilter[Transfer]):
    orders = {
        "": in_order("is_over", "asked_at", "pk"),
        "asked": in_order("asked_at", "pk"),
        "status": in_order("status", "is_over", "asked_at", "pk"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=TransferStatus.choices)

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
