"""What the list of readers can be narrowed by."""

from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.filtersets import AnyOfFilter, DayFilter, FilterSet, midnight
from registry.pagination import in_order
from registry.reading.models import Consultation, Way


class ReadingFilter(FilterSet[Consultation]):
    orders = {"": in_order("-at", "-pk"), "at": in_order("at", "pk")}

    reference = django_filters.CharFilter(
        label=_("Reference"),
        help_text=_("Of a case, document, letter, licence, organisation, report, intelligence or referral"),
        method="of",
        max_length=40,
    )
    by = django_filters.CharFilter(label=_("Person: reference or name"), method="done_by", max_length=100)
    way = AnyOfFilter(label=_("How"), choices=Way.choices)
    since = DayFilter(label=_("From"), method="from_day")
    until = DayFilter(label=_("Until"), method="until_day")

    def of(self, rows: "QuerySet[Consultation]", name: str, typed: str) -> "QuerySet[Consultation]":
        wanted = typed.strip().upper()
        return rows.filter(Q(reference=wanted) | Q(within=wanted))

    def done_by(self, rows: "QuerySet[Consultation]", name: str, typed: str) -> "QuerySet[Consultation]":
        return rows.filter(Q(by__reference=typed.upper()) | Q(by__name__icontains=typed))

    def from_day(self, rows: "QuerySet[Consultation]", name: str, day: date) -> "QuerySet[Consultation]":
        return rows.filter(at__gte=midnight(day))

    def until_day(self, rows: "QuerySet[Consultation]", name: str, day: date) -> "QuerySet[Consultation]":
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))
