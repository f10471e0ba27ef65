"""What the lists of visits, and of what follows them, can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.models import (
    FollowUp,
    FollowUpQuerySet,
    Inspection,
    InspectionKind,
    InspectionQuerySet,
    PlanQuerySet,
    Remedy,
    RemedyKind,
    RemedyQuerySet,
    VisitPlan,
)
from compliance.states import FollowUpStatus, InspectionStatus
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.identifiers import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import Shelf, by_name, in_order

OPEN_FIRST = ("is_over", "due_on", "pk")


class InspectionFilter(filtersets.FilterSet[Inspection]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "name": by_name("organisation__legal_name", "organisation_id", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = django_filters.CharFilter(
        label=filtersets.SEARCH, help_text=filtersets.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filtersets.AnyOfFilter(label=_("Status"), choices=InspectionStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=InspectionKind.choices, empty_label=_("Any kind"))
    inspector = django_filters.ChoiceFilter(label=_("Inspector"), method="given_to", empty_label=_("Anybody"))
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = ()

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
        shelves = (Shelf(OPEN_FIRST, Q(inspector=inspector)) for inspector in known)
        rest = Shelf(("inspector_id", *OPEN_FIRST), ~Q(inspector__in=known))
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

    def is_mine(self, inspections: InspectionQuerySet, _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.waiting_for(self.by) if wanted else inspections


class PlanFilter(filtersets.FilterSet[VisitPlan]):
    orders = {"": in_order("day", "starts", "pk")}

    officer = django_filters.ChoiceFilter(label=_("Inspector"), method="of_officer", empty_label=_("Anybody"))
    region = django_filters.ChoiceFilter(label=_("Region"), empty_label=_("Every region"))

    class Meta:
        model = VisitPlan
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        plans: "QuerySet[VisitPlan]",
        regions: Iterable[str],
        officers: Iterable[User],
    ) -> None:
        super().__init__(data=asked, queryset=plans)
        self.officers = {officer.reference: officer for officer in officers}
        self.filters["officer"].extra["choices"] = [(key, str(one)) for key, one in self.officers.items()]
        self.filters["region"].extra["choices"] = [(region, region) for region in regions]
        if not self.officers:
            del self.filters["officer"]

    @property
    def narrowed_to(self) -> list[User]:
        """The officers to whom the list is narrowed: one, or all."""
        wanted = self.form.cleaned_data.get("officer") if self.form.is_valid() else ""
        return [self.officers[wanted]] if wanted else list(self.officers.values())

    def of_officer(self, plans: PlanQuerySet, _field: str, who: str) -> "QuerySet[VisitPlan]":
        return plans.of(self.officers[who])


def _visits_found(typed: str) -> "QuerySet[Inspection, int]":
    """Of what is found by an organisation or by the reference of an inspection: the keys of the inspections."""
    about = Q(organisation__in=organisation_filters.organisations_found(typed))
    return Inspection.objects.filter(about | Q(reference=reference_typed(typed))).values_list("pk", flat=True)


class FollowUpFilter(filtersets.FilterSet[FollowUp]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = django_filters.CharFilter(
        label=filtersets.SEARCH, help_text=filtersets.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filtersets.AnyOfFilter(label=_("Status"), choices=FollowUpStatus.choices)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, follow_ups: "QuerySet[FollowUp]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=follow_ups)
        self.by, self.on = by, on

    def named(self, rows: "QuerySet[FollowUp]", _field: str, typed: str) -> "QuerySet[FollowUp]":
        return rows.filter(Q(inspection__in=_visits_found(typed)) | Q(reference=reference_typed(typed)))

    def is_overdue(self, rows: FollowUpQuerySet, _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return rows.overdue_on(self.on) if wanted else rows

    def is_mine(self, rows: "QuerySet[FollowUp]", _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return rows.filter(pk__in=FollowUp.objects.waiting_for(self.by, self.on).values("pk")) if wanted else rows


class RemedyFilter(filtersets.FilterSet[Remedy]):
    orders = {"": in_order("-recorded_at", "-pk"), "pence": in_order("pence", "pk")}

    q = django_filters.CharFilter(
        label=filtersets.SEARCH, help_text=filtersets.SEARCHED, method="named", max_length=index.LONGEST
    )
    kind = django_filters.ChoiceFilter(
        label=_("What the workers got"), choices=RemedyKind.choices, empty_label=_("Anything")
    )
    waiting = django_filters.BooleanFilter(
        label=_("Not confirmed yet"), method="is_waiting", widget=forms.CheckboxInput
    )

    class Meta:
        model = Remedy
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, remedies: "QuerySet[Remedy]") -> None:
        super().__init__(data=asked, queryset=remedies)

    def named(self, rows: "QuerySet[Remedy]", _field: str, typed: str) -> "QuerySet[Remedy]":
        return rows.filter(inspection__in=_visits_found(typed))

    def is_waiting(self, rows: RemedyQuerySet, _field: str, wanted: bool) -> "QuerySet[Remedy]":
        return rows.unconfirmed() if wanted else rows
