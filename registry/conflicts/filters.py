"""What the lists of the registry can be narrowed by."""

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from registry.conflicts.models import Conflict
from registry.filtersets import FilterSet
from registry.pagination import in_order


class ConflictFilter(FilterSet[Conflict]):
    orders = {"": in_order("-declared_at", "-pk")}

    q = django_filters.CharFilter(label=_("Name of the officer"), method="named", max_length=100)
    over = django_filters.ChoiceFilter(
        label=_("Status"),
        choices=[("no", _("In force")), ("yes", _("Over"))],
        empty_label=_("Any"),
        method="is_over",
    )

    def named(self, rows: "QuerySet[Conflict]", name: str, typed: str) -> "QuerySet[Conflict]":
        return rows.filter(Q(officer__name__icontains=typed) | Q(officer__reference__iexact=typed))

    def is_over(self, rows: "QuerySet[Conflict]", name: str, over: str) -> "QuerySet[Conflict]":
        return rows.filter(until__isnull=over == "no")
