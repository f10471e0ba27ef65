"""What the lists of the registry can be narrowed by."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from registry import search as index
from registry.filtersets import FilterSet, beginning
from registry.pagination import in_order
from registry.premises.models import Nation, Premises, place_key, postcode_key


class PremisesFilter(FilterSet[Premises]):
    orders = {"": in_order("name", "pk")}

    q = django_filters.CharFilter(label=_("Name or approval number"), method="named", max_length=index.LONGEST)
    place = django_filters.CharFilter(label=_("Town or local authority"), method="placed", max_length=100)
    postcode = django_filters.CharFilter(label=_("Postcode, or its beginning"), method="in_postcode", max_length=20)
    nation = django_filters.ChoiceFilter(label=_("Nation"), choices=Nation.choices, empty_label=_("Any"))

    def named(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        """By its name, however it is spelt; an approval number finds what bears it, and nothing that looks like it."""
        found = index.find(typed, Premises.SPACE)
        bearing = [one for one in found if one.kind == "number" and one.how == index.SearchMatch.EXACT]
        return rows.filter(pk__in={one.subject for one in bearing or found})

    def placed(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        key = place_key(typed)
        return rows.filter(beginning("place", key) | beginning("area", key)) if key else rows.none()

    def in_postcode(self, rows: "QuerySet[Premises]", name: str, typed: str) -> "QuerySet[Premises]":
        key = postcode_key(typed)
        return rows.filter(beginning("postcode", key)) if key else rows.none()
