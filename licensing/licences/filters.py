"""What the list of licences can be narrowed by."""

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from licensing.findings.models import FindingToConsider
from registry import filtersets
from registry import search as index
from registry.licences.models import Condition, Licence, LicenceQuerySet
from registry.licences.states import ConditionStatus, LicenceStatus
from registry.organisations import filters as organisation_filters
from registry.pagination import by_name, in_order

IN_FORCE, SUSPENDED, RUN_OUT = "in_force", "suspended", "run_out"


class LicenceFilter(filtersets.FilterSet[Licence]):
    orders = {
        "": in_order("is_over", "number", "pk"),
        "number": in_order("number", "pk"),
        "name": by_name("organisation__legal_name", "organisation_id", "pk"),
        "until": in_order("valid_until", "pk"),
        "status": in_order("status", "is_over", "number", "pk"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=LicenceStatus.choices)
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    term = django_filters.ChoiceFilter(
        label=_("Term"),
        choices=[(IN_FORCE, _("In force today")), (SUSPENDED, _("Suspended today")), (RUN_OUT, _("Run out"))],
        method="in_term",
        empty_label=_("Any"),
    )
    conditions = django_filters.BooleanFilter(
        label=_("With open conditions"), method="has_conditions", widget=forms.CheckboxInput
    )

    findings = django_filters.BooleanFilter(
        label=_("Failed inspection, not considered"), method="has_findings", widget=forms.CheckboxInput
    )

    def __init__(
        self, asked: Mapping[str, Any], *, licences: "QuerySet[Licence]", sectors: Mapping[str, str], on: date
    ) -> None:
        super().__init__(data=asked, queryset=licences)
        self.on = on
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Licence]", _field: str, typed: str) -> "QuerySet[Licence]":
        found = organisation_filters.organisations_found(typed)
        return rows.filter(organisation__in=found)

    def in_sector(self, rows: "QuerySet[Licence]", _field: str, sector: str) -> "QuerySet[Licence]":
        # The list of sectors is JSON: a quoted code inside its text is found alike on both engines.
        return rows.alias(codes=Cast("sectors", TextField())).filter(codes__contains=f'"{sector}"')

    def in_term(self, rows: "QuerySet[Licence]", _field: str, term: str) -> "QuerySet[Licence]":
        if term == RUN_OUT:
            return rows.filter(valid_until__lt=self.on)
        held = cast(LicenceQuerySet, rows)
        return held.suspended(self.on) if term == SUSPENDED else held.in_force(self.on)

    def has_conditions(self, rows: "QuerySet[Licence]", _field: str, wanted: bool) -> "QuerySet[Licence]":
        unmet = Condition.objects.filter(licence=OuterRef("pk"), status=ConditionStatus.OPEN)
        return rows.filter(Exists(unmet)) if wanted else rows

    def has_findings(self, rows: "QuerySet[Licence]", _field: str, wanted: bool) -> "QuerySet[Licence]":
        found = FindingToConsider.objects.unconsidered().filter(licence=OuterRef("pk"))
        return rows.filter(Exists(found)) if wanted else rows
