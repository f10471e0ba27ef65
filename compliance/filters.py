"""What the lists of inspections and of reports can be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from compliance.models import Inspection, InspectionKind, Report
from compliance.states import ConcernKind, Danger, InspectionStatus, ReportStatus
from registry import filters
from registry.models import User


class InspectionFilter(filters.FilterSet[Inspection]):
    q = filters.NameFilter(field_name="organisation", label=_("Name of the organisation"))
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=InspectionStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=InspectionKind.choices, empty_label=_("Any kind"))
    inspector = django_filters.ModelChoiceFilter(
        label=_("Inspector"), to_field_name="reference", empty_label=_("Anybody"), queryset=User.objects.none()
    )
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, inspections: "QuerySet[Inspection]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=inspections)
        self.by, self.on = by, on
        if by.has_perm("compliance.view_inspections"):
            has_some = Inspection.objects.values("inspector")
            self.filters["inspector"].queryset = User.objects.filter(pk__in=has_some).order_by("name", "email")
        else:
            del self.filters["inspector"]  # all that they see is theirs

    def is_overdue(self, inspections: "QuerySet[Inspection]", _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.filter(pk__in=Inspection.objects.overdue_on(self.on)) if wanted else inspections

    def is_mine(self, inspections: "QuerySet[Inspection]", _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.filter(pk__in=Inspection.objects.waiting_for(self.by)) if wanted else inspections


class ReportFilter(filters.FilterSet[Report]):
    q = django_filters.CharFilter(label=_("Words, name or reference"), method="saying", max_length=100)
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=ReportStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    danger = django_filters.ChoiceFilter(
        label=_("Somebody in danger"), choices=Danger.choices, empty_label=_("Any answer")
    )
    kind = django_filters.ChoiceFilter(
        label=_("About"), choices=ConcernKind.choices, method="about", empty_label=_("Anything")
    )
    mine = django_filters.BooleanFilter(label=_("Waiting for us"), method="is_waiting", widget=forms.CheckboxInput)

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def saying(self, reports: "QuerySet[Report]", _field: str, words: str) -> "QuerySet[Report]":
        found = Q(reference__iexact=words)
        for field in ("text", "about_name", "about_number", "about_place"):
            found |= Q(**{f"{field}__icontains": words})
        return reports.filter(found)

    def about(self, reports: "QuerySet[Report]", _field: str, kind: str) -> "QuerySet[Report]":
        return reports.alias(said=Cast("kinds", TextField())).filter(said__contains=f'"{kind}"')

    def is_waiting(self, reports: "QuerySet[Report]", _field: str, wanted: bool) -> "QuerySet[Report]":
        return reports.filter(pk__in=Report.objects.waiting().values("pk")) if wanted else reports
