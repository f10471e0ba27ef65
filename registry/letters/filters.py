"""What the lists of the registry can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry.filtersets import FilterSet
from registry.letters.models import Letter
from registry.pagination import in_order


class UndeliveredFilter(FilterSet[Letter]):
    orders = {"": in_order("at", "pk")}

    why = django_filters.ChoiceFilter(
        label=_("Why it has not arrived"),
        choices=[
            ("refused", _("Refused for good")),
            ("no_address", _("No address")),
            ("waiting", _("Still being tried")),
        ],
        empty_label=_("Any reason"),
        method="for_reason",
    )

    class Meta:
        model = Letter
        fields: tuple[str, ...] = ()

    def for_reason(self, rows: "QuerySet[Letter]", _field: str, why: str) -> "QuerySet[Letter]":
        if why == "refused":
            return rows.filter(refused_at__isnull=False)
        return (
            rows.filter(refused_at=None, address="")
            if why == "no_address"
            else rows.filter(refused_at=None, address__gt="")
        )
