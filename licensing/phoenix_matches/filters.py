"""What the list of look-alikes can be narrowed by."""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from licensing.applications.filters import MINE, NOBODY
from licensing.applications.models import Application
from licensing.applications.states import IN_HAND
from licensing.phoenix_matches.models import LookAlike
from licensing.phoenix_matches.states import LookAlikeStatus
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.pagination import STILL_OPEN, ListSection, by_name, in_order
from registry.tasks.filters import DueFilter
from registry.workdays import counter

# What is to be judged comes first, the weightiest at the top; then what has been judged, the newest first.
WEIGHTIEST_FIRST = (
    ListSection(("-points", "-pk"), STILL_OPEN),
    ListSection(("-closed_at", "-pk"), Q(is_over__in=[True])),
)


class LookAlikeFilter(DueFilter[LookAlike]):
    orders = {
        "": WEIGHTIEST_FIRST,
        "found": in_order("is_over", "found_at", "pk"),
        "name": by_name("organisation__legal_name", "organisation_id", "pk"),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=LookAlikeStatus.choices)
    officer = django_filters.ChoiceFilter(label=_("Case officer"), method="held_by", empty_label=_("Anybody"))
    strong = django_filters.BooleanFilter(
        label=_("Strong: no grant before it is judged"), method="is_strong", widget=forms.CheckboxInput
    )

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        look_alikes: "QuerySet[LookAlike]",
        officers: Iterable[User],
        by: User,
        on: date,
        holidays: Set[date],
    ) -> None:
        super().__init__(data=asked, queryset=look_alikes)
        self.on = on
        self.working_day = counter(holidays)
        officers = list(officers)
        self.officers = {MINE: by} | {officer.reference: officer for officer in officers}
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [(MINE, _("Mine")), (NOBODY, _("No one yet")), *known]

    def named(self, rows: "QuerySet[LookAlike]", _field: str, typed: str) -> "QuerySet[LookAlike]":
        """By anything by which either of the two is found, or by its reference."""
        found = organisation_filters.organisations_found(typed)
        return rows.filter(Q(organisation__in=found) | Q(other__in=found) | Q(reference=reference_typed(typed)))

    def held_by(self, rows: "QuerySet[LookAlike]", _field: str, who: str) -> "QuerySet[LookAlike]":
        """Whose case the applicant is; a holder who applies for nothing is nobody's."""
        cases = Application.objects.filter(organisation=OuterRef("organisation"), status__in=IN_HAND)
        if who == NOBODY:
            return rows.filter(~Exists(cases.filter(case_officer__isnull=False)))
        return rows.filter(Exists(cases.filter(case_officer=self.officers[who])))

    def is_strong(self, rows: "QuerySet[LookAlike]", _field: str, wanted: bool) -> "QuerySet[LookAlike]":
        return rows.filter(is_strong=True) if wanted else rows

    def dress(self, row: LookAlike) -> None:
        until = timezone.localdate(row.closed_at) if row.closed_at else self.on
        row.age = self.working_day(until) - self.working_day(timezone.localdate(row.found_at))
