"""What the lists of visits, and of what follows them, can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection, InspectionKind, InspectionQuerySet
from compliance.inspections.states import InspectionStatus
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import ListSection, by_name, in_order
from registry.tasks.filters import waiting_for

OPEN_FIRST = ("is_over", "due_on", "pk")


class InspectionFilter(filtersets.FilterSet[Inspection]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "name": by_name("organisation__legal_name", "organisation_id", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=InspectionStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=InspectionKind.choices, empty_label=_("Any kind"))
    inspector = django_filters.ChoiceFilter(label=_("Inspector"), method="given_to", empty_label=_("Anybody"))
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        inspections: "QuerySet[Inspection]",
        inspectors: Iterable[User],
        by: User,
        on: date,
    ) -> None:
        """`inspectors` are those of whom this person sees inspections, by name; none if all that they see is theirs."""
        super().__init__(data=asked, queryset=inspections)
        self.by, self.on = by, on
        self.inspectors = {inspector.reference: inspector for inspector in inspectors}
        known = [*self.inspectors.values()]
        shelves = (ListSection(OPEN_FIRST, Q(inspector=inspector)) for inspector in known)
        rest = ListSection(("inspector_id", *OPEN_FIRST), ~Q(inspector__in=known))
        self.orders = {**self.orders, "inspector": (*shelves, rest)}
        self.filters["inspector"].extra["choices"] = [(key, str(one)) for key, one in self.inspectors.items()]
        if not self.inspectors:
            del self.filters["inspector"]

    def named(self, inspections: "QuerySet[Inspection]", _field: str, typed: str) -> "QuerySet[Inspection]":
        """By anything by which the organisation is found, by the reference, or by that of the case that it informs."""
        reference = reference_typed(typed)
        about = Q(organisation__in=organisation_filters.organisations_found(typed))
        return inspections.filter(about | Q(reference=reference) | Q(case=reference))

    def given_to(self, inspections: "QuerySet[Inspection]", _field: str, who: str) -> "QuerySet[Inspection]":
        return inspections.filter(inspector=self.inspectors[who])

    def is_overdue(self, inspections: InspectionQuerySet, _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.overdue_on(self.on) if wanted else inspections

    def is_mine(self, inspections: "QuerySet[Inspection]", _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return waiting_for(inspections, self.by, self.on) if wanted else inspections


def visits_found(typed: str) -> "QuerySet[Inspection, int]":
    """Of what is found by an organisation or by the reference of an inspection: the keys of the inspections."""
    about = Q(organisation__in=organisation_filters.organisations_found(typed))
    return Inspection.objects.filter(about | Q(reference=reference_typed(typed))).values_list("pk", flat=True)
