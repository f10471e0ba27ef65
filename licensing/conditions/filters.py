"""What the list of conditions of all licences can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.grounds import ProposedCondition
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.licences.models import Condition, Licence
from registry.licences.states import ConditionStatus
from registry.organisations import filters as organisation_filters
from registry.overdue import passed
from registry.pagination import ListSection, in_order

OVERDUE, SOON, LATER = "overdue", "soon", "later"
FOUR_WEEKS = timedelta(weeks=4)
IS_OPEN = Q(status=ConditionStatus.OPEN)


class ConditionFilter(filtersets.FilterSet[Condition]):
    """Of which licences something must be put right, by when: what is open and due first stands first."""

    orders = {
        "": (ListSection(("due_on", "pk"), IS_OPEN), ListSection(("due_on", "pk"), ~IS_OPEN)),
        "due": in_order("due_on", "pk"),
        "standard": in_order("standard", "due_on", "pk"),
        "status": in_order("status", "due_on", "pk"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=ConditionStatus.choices)
    due = django_filters.ChoiceFilter(
        label=_("Due"),
        choices=[(OVERDUE, _("Overdue")), (SOON, _("Due within four weeks")), (LATER, _("Due later"))],
        method="is_due",
        empty_label=_("Any"),
    )
    standard = django_filters.ChoiceFilter(label=_("Standard"), empty_label=_("Any"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), field_name="licence__scheme", empty_label=_("Any scheme"))
    officer = django_filters.ChoiceFilter(label=_("Proposed by"), method="of_officer", empty_label=_("Anybody"))

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        conditions: "QuerySet[Condition]",
        standards: Mapping[str, str],
        schemes: Mapping[str, str],
        officers: Iterable[User],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=conditions)
        self.on = on
        officers = list(officers)
        self.officers = {"mine": by} | {officer.reference: officer for officer in officers}
        self.filters["standard"].extra["choices"] = list(standards.items())
        self.filters["scheme"].extra["choices"] = list(schemes.items())
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [("mine", _("Mine")), *known]

    def named(self, rows: "QuerySet[Condition]", _field: str, typed: str) -> "QuerySet[Condition]":
        found, reference = organisation_filters.organisations_found(typed), reference_typed(typed)
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference.replace(" ", "")))
        return rows.filter(Q(licence__in=list(licences.values_list("pk", flat=True))) | Q(reference=reference))

    def is_due(self, rows: "QuerySet[Condition]", _field: str, when: str) -> "QuerySet[Condition]":
        """Of the open ones: what is closed is not due any more."""
        soon = self.on + FOUR_WEEKS
        bounds = {
            OVERDUE: Q(is_with_holder=True) & passed("due_on", self.on),
            SOON: Q(due_on__gte=self.on, due_on__lte=soon),
            LATER: Q(due_on__gt=soon),
        }
        return rows.filter(IS_OPEN, bounds[when])

    def of_officer(self, rows: "QuerySet[Condition]", _field: str, who: str) -> "QuerySet[Condition]":
        proposed = ProposedCondition.objects.filter(became=OuterRef("pk"), decision__proposed_by=self.officers[who])
        return rows.filter(Exists(proposed))
