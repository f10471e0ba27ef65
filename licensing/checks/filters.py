"""What the work lists of checks can be narrowed by: of officers, and of the people of another authority."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.models import Application
from licensing.checks.models import Check
from licensing.checks.states import ASKED_OF_NOBODY
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.overdue import passed
from registry.pagination import ListSection

# What waits comes first, the longest due at the top; then what was answered, the newest first.
BY_DUE = (ListSection(("due_on", "pk"), Q(result="")), ListSection(("-replied_on", "-pk"), ~Q(result="")))
OURSELVES, NOBODY = "ourselves", "nobody"


class CheckFilter(filtersets.FilterSet[Check]):
    orders = {"": BY_DUE}

    q = index.search_box()
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[
            ("open", _("No reply yet")),
            ("overdue", _("Overdue")),
            ("reminded", _("Reminded, and no reply yet")),
            ("adverse", _("Adverse")),
            ("answered", _("Answered")),
        ],
        method="in_state",
        empty_label=_("Any"),
    )
    agency = django_filters.ChoiceFilter(label=_("Authority"), method="asked_of", empty_label=_("Any"))
    code = django_filters.ChoiceFilter(label=_("Check"), empty_label=_("Any"))
    mine = django_filters.BooleanFilter(label=_("Of my cases"), method="is_mine", widget=forms.CheckboxInput)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        checks: "QuerySet[Check]",
        agencies: Iterable[Agency],
        codes: Mapping[str, str],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=checks)
        self.by, self.on = by, on
        named = [(agency.reference, agency.name) for agency in agencies]
        nobody = [(NOBODY, _("No one yet")), (OURSELVES, _("This service"))]
        self.filters["agency"].extra["choices"] = [*nobody, *named]
        self.filters["code"].extra["choices"] = sorted(codes.items(), key=lambda code: code[1])

    def named(self, rows: "QuerySet[Check]", _field: str, typed: str) -> "QuerySet[Check]":
        """By the reference of the check or of the case, by all by which the organisation is found, or by whom it is about."""
        reference = reference_typed(typed)
        found = organisation_filters.organisations_found(typed)
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference))
        # Looked up one after the other: no index serves an "or" across tables.
        of_cases = set(Check.objects.filter(application__in=cases).values_list("pk", flat=True))
        of_changes = Q(change__reference=reference) | Q(change__licence__organisation__in=found)
        of_cases |= set(Check.objects.filter(of_changes).values_list("pk", flat=True))
        return rows.filter(Q(pk__in=of_cases) | Q(reference=reference) | Q(subject__iexact=typed.strip()))

    def in_state(self, rows: "QuerySet[Check]", _field: str, state: str) -> "QuerySet[Check]":
        wanted = {
            "open": Q(result=""),
            "overdue": Q(result="") & passed("due_on", self.on),
            "reminded": Q(result="", askings__kind="chaser"),
            "adverse": Q(result="adverse"),
            "answered": ~Q(result=""),
        }[state]
        return (
            rows.filter(pk__in=Check.objects.filter(wanted).values("pk"))
            if state == "reminded"
            else rows.filter(wanted)
        )

    def asked_of(self, rows: "QuerySet[Check]", _field: str, agency: str) -> "QuerySet[Check]":
        if agency == OURSELVES:
            return rows.filter(code__in=ASKED_OF_NOBODY)
        if agency == NOBODY:
            return rows.filter(agency=None).exclude(code__in=ASKED_OF_NOBODY)
        return rows.filter(agency__reference=agency)

    def is_mine(self, rows: "QuerySet[Check]", _field: str, wanted: bool) -> "QuerySet[Check]":
        return rows.filter(application__case_officer=self.by) if wanted else rows


class PartnerFilter(filtersets.FilterSet[Check]):
    """The checks that were put to one authority, for its own people."""

    orders = {"": BY_DUE}

    q = django_filters.CharFilter(label=_("Name or reference"), method="named", max_length=index.LONGEST)
    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[("open", _("To be answered")), ("overdue", _("Overdue")), ("answered", _("Answered"))],
        method="in_state",
        empty_label=_("Any"),
    )

    def __init__(self, asked: Mapping[str, Any], *, checks: "QuerySet[Check]", on: date) -> None:
        super().__init__(data=asked, queryset=checks)
        self.on = on

    def named(self, rows: "QuerySet[Check]", _field: str, typed: str) -> "QuerySet[Check]":
        """By its reference, or by a part of the name that it was told: of nobody else is it said whether they are here."""
        return rows.filter(Q(reference=reference_typed(typed)) | Q(subject__icontains=typed.strip()))

    def in_state(self, rows: "QuerySet[Check]", _field: str, state: str) -> "QuerySet[Check]":
        late = Q(result="") & passed("due_on", self.on)
        wanted = {"open": Q(result=""), "overdue": late, "answered": ~Q(result="")}
        return rows.filter(wanted[state])
