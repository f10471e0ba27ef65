"""What the lists of the registry can be narrowed by."""

from datetime import date, timedelta

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.filtersets import DayFilter, FilterSet, midnight
from registry.pagination import in_order
from registry.trail.models.events import Event


class EventFilter(FilterSet[Event]):
    orders = {"": in_order("-number")}

    verb = django_filters.CharFilter(label=_("What was done"), method="exactly", max_length=40)
    kind = django_filters.CharFilter(label=_("To what kind of thing"), method="exactly", max_length=40)
    reference = django_filters.CharFilter(label=_("Its reference or number"), method="about", max_length=40)
    by = django_filters.CharFilter(label=_("Person: reference or name"), method="done_by", max_length=100)
    since = DayFilter(label=_("From"), method="from_day")
    until = DayFilter(label=_("Until"), method="until_day")

    def exactly(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(**{name: typed.lower().replace(" ", "_" if name == "verb" else "")})

    def about(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(reference__in={typed, typed.upper()})

    def done_by(self, rows: "QuerySet[Event]", name: str, typed: str) -> "QuerySet[Event]":
        return rows.filter(Q(by=typed.upper()) | Q(by_name__icontains=typed))

    def from_day(self, rows: "QuerySet[Event]", name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__gte=midnight(day))

    def until_day(self, rows: "QuerySet[Event]", name: str, day: date) -> "QuerySet[Event]":
        return rows.filter(at__lt=midnight(day + timedelta(days=1)))
