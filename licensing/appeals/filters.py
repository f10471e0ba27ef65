"""What the list of appeals can be narrowed by."""

from collections.abc import Mapping
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.appeals.models import Appeal
from licensing.appeals.states import AppealOutcome, AppealStatus
from licensing.applications.models import Application
from licensing.decisions.states.kinds import DecisionKind
from licensing.decisions.states.rows import APPEALABLE
from registry import filtersets
from registry import search as index
from registry.codes import reference_typed
from registry.licences.models import Licence
from registry.organisations import filters as organisation_filters
from registry.pagination import ListSection, in_order
from registry.tasks.filters import DueFilter

KINDS = (DecisionKind.GRANT, *APPEALABLE)


class AppealFilter(DueFilter[Appeal]):
    orders = {
        "": in_order("is_over", "id"),
        "received": (
            ListSection(("received_on", "pk"), Q(received_on__isnull=False)),
            ListSection(("pk",), Q(received_on=None)),
        ),
        "reply": (ListSection(("reply_by", "pk"), Q(reply_by__isnull=False)), ListSection(("pk",), Q(reply_by=None))),
        "status": in_order("status", "is_over", "id"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=AppealStatus.choices)
    outcome = django_filters.ChoiceFilter(label=_("Outcome"), choices=AppealOutcome.choices, empty_label=_("Any"))
    kind = django_filters.ChoiceFilter(
        field_name="decision__kind",
        label=_("Decision appealed against"),
        choices=[(kind.value, kind.label) for kind in KINDS],
        empty_label=_("Any kind"),
    )

    def __init__(self, asked: Mapping[str, Any], *, appeals: "QuerySet[Appeal]") -> None:
        super().__init__(data=asked, queryset=appeals)

    def named(self, rows: "QuerySet[Appeal]", _field: str, typed: str) -> "QuerySet[Appeal]":
        found, reference = organisation_filters.organisations_found(typed), reference_typed(typed)
        # Looked up one after the other: no index serves an "or" across three tables.
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference))
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference.replace(" ", "")))
        return rows.filter(
            Q(decision__application__in=list(cases.values_list("pk", flat=True)))
            | Q(decision__licence__in=list(licences.values_list("pk", flat=True)))
            | Q(reference=reference)
            | Q(decision__reference=reference)
            | Q(number=typed.strip())
        )
