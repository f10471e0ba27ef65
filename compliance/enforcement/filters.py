"""What the lists of cases without a licence, undertakings and notices of underpayment can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.models.cases import CASE_STATUSES, CaseTarget, UnlicensedCase
from compliance.enforcement.models.underpayment import STATUSES as UNDERPAYMENT_STATUSES
from compliance.enforcement.models.underpayment import UnderpaymentNotice
from compliance.enforcement.models.undertakings import UNDERTAKING_STATUSES, Undertaking
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order
from registry.tasks.filters import DueFilter, waiting_for


class UnlicensedCaseFilter(DueFilter[UnlicensedCase]):
    orders = {"": in_order("-opened_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=CASE_STATUSES)
    against = django_filters.ChoiceFilter(label=_("As"), choices=CaseTarget.choices, empty_label=_("Any"))
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, cases: "QuerySet[UnlicensedCase]", by: User) -> None:
        super().__init__(data=asked, queryset=cases)
        self.by = by

    def named(self, rows: "QuerySet[UnlicensedCase]", _field: str, typed: str) -> "QuerySet[UnlicensedCase]":
        """By anything by which the organisation is found, by words of a description, or by the reference."""
        about = Q(organisation__in=organisation_filters.organisations_found(typed)) | Q(described__icontains=typed)
        return rows.filter(about | Q(reference=reference_typed(typed)))

    def is_mine(self, rows: "QuerySet[UnlicensedCase]", _field: str, wanted: bool) -> "QuerySet[UnlicensedCase]":
        return waiting_for(rows, self.by, timezone.localdate(self.at)) if wanted else rows


class UndertakingFilter(DueFilter[Undertaking]):
    orders = {"": in_order("-drafted_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=UNDERTAKING_STATUSES)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, undertakings: "QuerySet[Undertaking]", by: User) -> None:
        super().__init__(data=asked, queryset=undertakings)
        self.by = by

    def named(self, rows: "QuerySet[Undertaking]", _field: str, typed: str) -> "QuerySet[Undertaking]":
        reference = reference_typed(typed)
        about = Q(case__organisation__in=organisation_filters.organisations_found(typed)) | Q(
            case__described__icontains=typed
        )
        return rows.filter(about | Q(reference=reference) | Q(case__reference=reference))

    def is_mine(self, rows: "QuerySet[Undertaking]", _field: str, wanted: bool) -> "QuerySet[Undertaking]":
        return waiting_for(rows, self.by, timezone.localdate(self.at)) if wanted else rows


class UnderpaymentFilter(DueFilter[UnderpaymentNotice]):
    orders = {"": in_order("-drafted_at", "-pk")}

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=UNDERPAYMENT_STATUSES)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, notices: "QuerySet[UnderpaymentNotice]", by: User) -> None:
        super().__init__(data=asked, queryset=notices)
        self.by = by

    def named(self, rows: "QuerySet[UnderpaymentNotice]", _field: str, typed: str) -> "QuerySet[UnderpaymentNotice]":
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        return rows.filter(about | Q(reference=reference_typed(typed)))

    def is_mine(
        self, rows: "QuerySet[UnderpaymentNotice]", _field: str, wanted: bool
    ) -> "QuerySet[UnderpaymentNotice]":
        return waiting_for(rows, self.by, timezone.localdate(self.at)) if wanted else rows
