"""What the lists of the registry can be narrowed by."""

from collections.abc import Iterable
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import AccessRequest, User
from registry.accounts.states import AccessStatus
from registry.filtersets import AnyOfFilter, FilterSet
from registry.pagination import in_order
from registry.roles import STAFF_ROLES


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
    works = django_filters.ChoiceFilter(
        label=_("Works for the authority"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        empty_label=_("Any"),
        method="working",
    )

    def __init__(self, *args: Any, roles: Iterable[tuple[str, str | Promise]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.filters["role"].extra["choices"] = list(roles)

    def named(self, rows: "QuerySet[User]", name: str, typed: str) -> "QuerySet[User]":
        return rows.filter(Q(name__icontains=typed) | Q(email__icontains=typed) | Q(reference__iexact=typed))

    def having(self, rows: "QuerySet[User]", name: str, access: str) -> "QuerySet[User]":
        return rows.filter(is_active=access == "now")

    def working(self, rows: "QuerySet[User]", name: str, works: str) -> "QuerySet[User]":
        staff = Q(pk__in=User.objects.filter(groups__name__in=STAFF_ROLES).values("pk"))
        return rows.filter(staff if works == "yes" else ~staff)


class AccessFilter(FilterSet[AccessRequest]):
    orders = {"": in_order("-asked_at", "-pk"), "asked": in_order("asked_at", "pk")}

    q = django_filters.CharFilter(label=_("Person: reference or name"), method="named", max_length=100)
    status = AnyOfFilter(label=_("Status"), choices=AccessStatus.choices)

    def named(self, rows: "QuerySet[AccessRequest]", name: str, typed: str) -> "QuerySet[AccessRequest]":
        return rows.filter(Q(person__name__icontains=typed) | Q(person__reference__iexact=typed))
