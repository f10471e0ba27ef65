"""What the list of decisions can be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.decisions.models.decisions import Decision, DecisionQuerySet
from licensing.decisions.states.decisions import DecisionStatus
from licensing.decisions.states.kinds import DecisionKind
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.licences.models import Licence
from registry.organisations import filters as organisation_filters
from registry.pagination import ListSection, in_order
from registry.tasks.filters import DueFilter

OPEN_FIRST = ("is_over", "proposed_at", "pk")


class DecisionFilter(DueFilter[Decision]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "proposed": in_order("proposed_at", "pk"),
        "kind": in_order("kind", *OPEN_FIRST),
        "status": in_order("status", *OPEN_FIRST),
        "reply": (ListSection(("reply_by", "pk"), Q(reply_by__isnull=False)), ListSection(("pk",), Q(reply_by=None))),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=DecisionStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DecisionKind.choices, empty_label=_("Any kind"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), method="of_scheme", empty_label=_("Any scheme"))
    since = filtersets.DayFilter(label=_("Decided from, or if dropped proposed from"), method="from_day")
    immediate = django_filters.BooleanFilter(
        label=_("With immediate effect"), method="is_immediate", widget=forms.CheckboxInput
    )
    mine = django_filters.BooleanFilter(label=_("For me to decide"), method="is_for_me", widget=forms.CheckboxInput)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        decisions: "QuerySet[Decision]",
        schemes: Mapping[str, str],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=decisions)
        self.by, self.on = by, on
        self.filters["scheme"].extra["choices"] = list(schemes.items())

    def named(self, rows: "QuerySet[Decision]", _field: str, typed: str) -> "QuerySet[Decision]":
        found = organisation_filters.organisations_found(typed)
        reference = reference_typed(typed)
        # Looked up one after the other: no index serves an "or" across three tables.
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference))
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference))
        return rows.filter(
            Q(application__in=list(cases.values_list("pk", flat=True)))
            | Q(licence__in=list(licences.values_list("pk", flat=True)))
            | Q(reference=reference)
        )

    def of_scheme(self, rows: "QuerySet[Decision]", _field: str, scheme: str) -> "QuerySet[Decision]":
        return rows.filter(Q(application__scheme=scheme) | Q(licence__scheme=scheme))

    def from_day(self, rows: "QuerySet[Decision]", _field: str, day: date) -> "QuerySet[Decision]":
        """As the manager's figures count them: what was dropped was never decided."""
        since = filtersets.midnight(day)
        dropped = Q(status=DecisionStatus.DROPPED, proposed_at__gte=since)
        return rows.filter(Q(status=DecisionStatus.DECIDED, decided_at__gte=since) | dropped)

    def is_immediate(self, rows: "QuerySet[Decision]", _field: str, wanted: bool) -> "QuerySet[Decision]":
        return rows.filter(immediate=True) if wanted else rows

    def is_for_me(self, rows: "QuerySet[Decision]", _field: str, wanted: bool) -> "QuerySet[Decision]":
        return cast(DecisionQuerySet, rows).for_decision_by(self.by, self.on) if wanted else rows
