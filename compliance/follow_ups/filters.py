"""What the lists of visits, and of what follows them, can be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups.models import FollowUp, FollowUpQuerySet, Remedy, RemedyKind, RemedyQuerySet
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections.filters import OPEN_FIRST, visits_found
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.pagination import in_order
from registry.tasks.filters import waiting_for


class FollowUpFilter(filtersets.FilterSet[FollowUp]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=FollowUpStatus.choices)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(self, asked: Mapping[str, Any], *, follow_ups: "QuerySet[FollowUp]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=follow_ups)
        self.by, self.on = by, on

    def named(self, rows: "QuerySet[FollowUp]", _field: str, typed: str) -> "QuerySet[FollowUp]":
        return rows.filter(Q(inspection__in=visits_found(typed)) | Q(reference=reference_typed(typed)))

    def is_overdue(self, rows: FollowUpQuerySet, _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return rows.overdue_on(self.on) if wanted else rows

    def is_mine(self, rows: "QuerySet[FollowUp]", _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return waiting_for(rows, self.by, self.on) if wanted else rows


class RemedyFilter(filtersets.FilterSet[Remedy]):
    orders = {"": in_order("-recorded_at", "-pk"), "pence": in_order("pence", "pk")}

    q = index.search_box()
    kind = django_filters.ChoiceFilter(
        label=_("What the workers got"), choices=RemedyKind.choices, empty_label=_("Anything")
    )
    waiting = django_filters.BooleanFilter(
        label=_("Not confirmed yet"), method="is_waiting", widget=forms.CheckboxInput
    )

    def __init__(self, asked: Mapping[str, Any], *, remedies: "QuerySet[Remedy]") -> None:
        super().__init__(data=asked, queryset=remedies)

    def named(self, rows: "QuerySet[Remedy]", _field: str, typed: str) -> "QuerySet[Remedy]":
        return rows.filter(inspection__in=visits_found(typed))

    def is_waiting(self, rows: RemedyQuerySet, _field: str, wanted: bool) -> "QuerySet[Remedy]":
        return rows.unconfirmed() if wanted else rows
