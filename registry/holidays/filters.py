"""What the lists of the registry can be narrowed by."""

from collections.abc import Iterable
from datetime import date
from typing import Any, cast

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.filtersets import FilterSet
from registry.holidays.models import Calendar, Holiday
from registry.pagination import in_order


class HolidayFilter(FilterSet[Holiday]):
    """The next holiday first; a year that is chosen is shown whole, and without one those that are past are left out."""

    orders = {"": in_order("day", "pk")}

    calendar = django_filters.ChoiceFilter(
        label=_("Part of the United Kingdom"), field_name="nation", choices=Calendar.choices, empty_label=_("Any")
    )
    year = django_filters.ChoiceFilter(label=_("Year"), field_name="day__year", empty_label=_("From today on"))

    def __init__(self, *args: Any, years: Iterable[int], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in years]

    def filter_queryset(self, queryset: "QuerySet[Holiday]") -> "QuerySet[Holiday]":
        rows = cast("QuerySet[Holiday]", super().filter_queryset(queryset))
        return rows if self.form.cleaned_data["year"] else rows.filter(day__gte=self.today)
