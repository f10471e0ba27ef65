"""What the list of messages from applicants can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.filters import MINE, NOBODY
from licensing.applications.models import Application
from licensing.messages.models import Message
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import in_order


class MessageFilter(filtersets.FilterSet[Message]):
    orders = {"": in_order("at", "pk")}

    q = index.search_box()
    officer = django_filters.ChoiceFilter(
        label=_("Case officer"),
        method="held_by",
        empty_label=_("Anybody"),
        choices=[(MINE, _("Mine")), (NOBODY, _("No one yet"))],
    )

    def __init__(self, asked: Mapping[str, Any], *, messages: "QuerySet[Message]", by: User) -> None:
        super().__init__(data=asked, queryset=messages)
        self.officers = {MINE: by, NOBODY: None}

    def named(self, rows: "QuerySet[Message]", _field: str, typed: str) -> "QuerySet[Message]":
        """By anything by which the applicant is found, or by the reference of the application."""
        found = organisation_filters.organisations_found(typed)
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference_typed(typed)))
        return rows.filter(application__in=list(cases.values_list("pk", flat=True)))

    def held_by(self, rows: "QuerySet[Message]", _field: str, who: str) -> "QuerySet[Message]":
        return rows.filter(application__case_officer=self.officers[who])
