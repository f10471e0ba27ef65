"""What the lists of the registry can be narrowed by."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.filtersets import FilterSet
from registry.pagination import in_order


class PeopleFilter(FilterSet[User]):
    orders = {"": in_order("name", "email", "pk")}

    q = django_filters.CharFilter(label=_("Name or email address"), method="named", max_length=100)
    role = django_filters.ChoiceFilter(label=_("Role"), field_name="groups__name", empty_label=_("Any"))
    access = django_filters.ChoiceFilter(
        label=_("Access"),
        choices=[("now", _("Has access")), ("gone", _("Off-boarded"))],
        empty_label=_("Any"),
        method="having",
    )

    class Meta:
        model = User
        fields: list[str] = []

    def __init__(self, *args: Any, roles: Iterable[tuple[str, str | Promise]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["role"].extra["choices"] = list(roles)

    def named(self, rows: "QuerySet[User]", name: str, typed: str) -> "QuerySet[User]":
        return rows.filter(Q(name__icontains=typed) | Q(email__icontains=typed) | Q(reference__iexact=typed))

    def having(self, rows: "QuerySet[User]", name: str, access: str) -> "QuerySet[User]":
        return rows.filter(is_active=access == "now")
