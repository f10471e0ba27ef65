"""What the work lists of licensing can be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.models import Application, Check, Decision
from licensing.states import ApplicationStatus, DecisionKind, DecisionStatus
from registry import filters, index
from registry.models import Licence, User
from registry.states import LicenceStatus

MINE, NOBODY = "mine", "nobody"
HANDED_IN = [choice for choice in ApplicationStatus.choices if choice[0] != ApplicationStatus.DRAFT]
IN_FORCE, RUN_OUT = "in_force", "run_out"


class ApplicationFilter(filters.FilterSet[Application]):
    q = django_filters.CharFilter(label=_("Name or reference"), method="named", max_length=index.LONGEST)
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=HANDED_IN, widget=forms.CheckboxSelectMultiple
    )
    officer = django_filters.ChoiceFilter(label=_("Case officer"), method="held_by", empty_label=_("Anybody"))
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    overdue = django_filters.BooleanFilter(
        label=_("With an overdue check"), method="is_overdue", widget=forms.CheckboxInput
    )
    unpaid = django_filters.BooleanFilter(label=_("Fee not paid"), method="is_unpaid", widget=forms.CheckboxInput)

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        applications: "QuerySet[Application]",
        officers: "QuerySet[User]",
        sectors: Mapping[str, str],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=applications)
        self.by, self.on = by, on
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [(MINE, _("Mine")), (NOBODY, _("Nobody yet")), *known]
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Application]", _field: str, typed: str) -> "QuerySet[Application]":
        """By any of the organisation's names, by the reference, or by what was written on the payment."""
        found = {one.subject for one in index.find(typed, index.STAFF)}
        reference = typed.strip().upper()
        return rows.filter(Q(organisation__in=found) | Q(reference=reference) | Q(payment_reference=reference))

    def held_by(self, rows: "QuerySet[Application]", _field: str, who: str) -> "QuerySet[Application]":
        if who == MINE:
            return rows.filter(case_officer=self.by)
        return rows.filter(case_officer=None) if who == NOBODY else rows.filter(case_officer__reference=who)

    def in_sector(self, rows: "QuerySet[Application]", _field: str, sector: str) -> "QuerySet[Application]":
        # The list of sectors is JSON: a quoted code inside its text is found alike on both engines.
        return rows.filter(facts__sectors__icontains=f'"{sector}"')

    def is_overdue(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        late = Check.objects.overdue_on(self.on)
        return rows.filter(pk__in=late.values("application")) if wanted else rows

    def is_unpaid(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        return rows.unpaid() if wanted else rows  # type: ignore[attr-defined]


class DecisionFilter(filters.FilterSet[Decision]):
    q = django_filters.CharFilter(
        label=_("Name, reference or licence number"), method="named", max_length=index.LONGEST
    )
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=DecisionStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DecisionKind.choices, empty_label=_("Any kind"))
    mine = django_filters.BooleanFilter(label=_("For me to decide"), method="is_for_me", widget=forms.CheckboxInput)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, decisions: "QuerySet[Decision]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=decisions)
        self.by, self.on = by, on

    def named(self, rows: "QuerySet[Decision]", _field: str, typed: str) -> "QuerySet[Decision]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        reference = typed.strip().upper()
        return rows.filter(
            Q(application__organisation__in=found)
            | Q(licence__organisation__in=found)
            | Q(reference=reference)
            | Q(application__reference=reference)
            | Q(licence__number=reference)
        )

    def is_for_me(self, rows: "QuerySet[Decision]", _field: str, wanted: bool) -> "QuerySet[Decision]":
        return rows.filter(pk__in=Decision.objects.for_decision_by(self.by, self.on)) if wanted else rows


class LicenceFilter(filters.FilterSet[Licence]):
    q = django_filters.CharFilter(label=_("Name or licence number"), method="named", max_length=index.LONGEST)
    status = django_filters.MultipleChoiceFilter(
        label=_("Status"), choices=LicenceStatus.choices, widget=forms.CheckboxSelectMultiple
    )
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    term = django_filters.ChoiceFilter(
        label=_("Term"),
        choices=[(IN_FORCE, _("In force today")), (RUN_OUT, _("Run out"))],
        method="in_term",
        empty_label=_("Any"),
    )
    conditions = django_filters.BooleanFilter(
        label=_("With open conditions"), method="has_conditions", widget=forms.CheckboxInput
    )

    class Meta:
        model = Licence
        fields: tuple[str, ...] = ()

    def __init__(
        self, asked: Mapping[str, Any], *, licences: "QuerySet[Licence]", sectors: Mapping[str, str], on: date
    ) -> None:
        super().__init__(data=asked, queryset=licences)
        self.on = on
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Licence]", _field: str, typed: str) -> "QuerySet[Licence]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        return rows.filter(Q(organisation__in=found) | Q(number=typed.replace(" ", "").upper()))

    def in_sector(self, rows: "QuerySet[Licence]", _field: str, sector: str) -> "QuerySet[Licence]":
        return rows.filter(sectors__icontains=f'"{sector}"')

    def in_term(self, rows: "QuerySet[Licence]", _field: str, term: str) -> "QuerySet[Licence]":
        if term == RUN_OUT:
            return rows.filter(valid_until__lt=self.on)
        return rows.filter(pk__in=Licence.objects.in_force(self.on))

    def has_conditions(self, rows: "QuerySet[Licence]", _field: str, wanted: bool) -> "QuerySet[Licence]":
        return rows.filter(conditions__status="open").distinct() if wanted else rows
