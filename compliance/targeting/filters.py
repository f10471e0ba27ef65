"""What the lists of scores and of rounds can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from compliance.targeting.models import LicenceScore, VisitRound
from compliance.targeting.states import RoundStatus
from registry import filtersets
from registry import search as index
from registry.organisations import filters as organisation_filters
from registry.pagination import by_name, in_order
from registry.tasks.filters import DueFilter

#: More than any score comes to.
MOST_POINTS = 10_000


class ScoreFilter(filtersets.FilterSet[LicenceScore]):
    orders = {
        "": in_order("-points", "-pk"),
        "points": in_order("points", "pk"),
        "name": by_name("licence__organisation__legal_name", "licence__organisation_id", "pk"),
    }

    q = index.search_box()
    at_least = django_filters.NumberFilter(
        label=_("Minimum score"), method="scoring", min_value=0, max_value=MOST_POINTS, widget=forms.TextInput
    )
    signal = django_filters.ChoiceFilter(label=_("Signal"), method="signalled", empty_label=_("Any signal"))

    def __init__(
        self, asked: Mapping[str, Any], *, scores: "QuerySet[LicenceScore]", signals: Mapping[str, str]
    ) -> None:
        super().__init__(data=asked, queryset=scores)
        self.signals = signals
        self.filters["signal"].extra["choices"] = list(signals.items())

    def named(self, rows: "QuerySet[LicenceScore]", _field: str, typed: str) -> "QuerySet[LicenceScore]":
        about = Q(licence__organisation__in=organisation_filters.organisations_found(typed))
        return rows.filter(about | Q(licence__number=typed.strip().upper()))

    def scoring(self, rows: "QuerySet[LicenceScore]", _field: str, points: int) -> "QuerySet[LicenceScore]":
        return rows.filter(points__gte=points)

    def signalled(self, rows: "QuerySet[LicenceScore]", _field: str, code: str) -> "QuerySet[LicenceScore]":
        # A list in JSON: a quoted code inside its text is found alike on both engines.
        return rows.alias(codes=Cast("gives", TextField())).filter(codes__contains=f'"{code}"')


class RoundFilter(DueFilter[VisitRound]):
    orders = {"": in_order("-opened_at", "-pk")}

    status = filtersets.AnyOfFilter(label=_("Status"), choices=RoundStatus.choices)
