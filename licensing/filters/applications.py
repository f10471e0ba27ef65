"""What the work list of applications can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.models import Application, CaseMark
from licensing.states import ApplicationStatus
from registry import filters, index
from registry.models import User
from registry.models.lists import Order, Shelf, in_order

MINE, NOBODY = "mine", "nobody"
HANDED_IN = [choice for choice in ApplicationStatus.choices if choice[0] != ApplicationStatus.DRAFT]

IN_HAND_FIRST = ("is_over", "submitted_at", "pk")
# The same order, read off the mark that the cases were found by.
MARKED_FIRST = in_order("marked_is_over", "marked_at", "marked_case")


class ApplicationFilter(filters.FilterSet[Application]):
    orders = {
        "": in_order(*IN_HAND_FIRST),
        "name": in_order("organisation__legal_name", "organisation_id", "pk"),
        "submitted": in_order("submitted_at", "pk"),
        "status": in_order("status", *IN_HAND_FIRST),
    }

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=HANDED_IN)
    officer = django_filters.ChoiceFilter(label=_("Case officer"), method="held_by", empty_label=_("Anybody"))
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    overdue = django_filters.BooleanFilter(
        label=_("With an overdue check"), method="is_overdue", widget=forms.CheckboxInput
    )
    unpaid = django_filters.BooleanFilter(label=_("Fee not paid"), method="is_unpaid", widget=forms.CheckboxInput)

    class Meta:
        model = Application
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        applications: "QuerySet[Application]",
        officers: Iterable[User],
        sectors: Mapping[str, str],
        by: User,
        on: date,
    ) -> None:
        super().__init__(data=asked, queryset=applications)
        self.on = on
        self.goes_through_marks = True
        officers = list(officers)
        self.officers = {MINE: by, NOBODY: None} | {officer.reference: officer for officer in officers}
        self.orders = {**self.orders, "officer": _by_officer(officers)}
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [(MINE, _("Mine")), (NOBODY, _("Nobody yet")), *known]
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Application]", _field: str, typed: str) -> "QuerySet[Application]":
        """By anything by which the organisation is found, by the reference, or by what was written on the payment."""
        found = filters.organisations_found(typed)
        reference = typed.strip().upper()
        return rows.filter(Q(organisation__in=found) | Q(reference=reference) | Q(payment_reference=reference))

    def held_by(self, rows: "QuerySet[Application]", _field: str, who: str) -> "QuerySet[Application]":
        return rows.filter(case_officer=self.officers[who])

    def in_sector(self, rows: "QuerySet[Application]", _field: str, sector: str) -> "QuerySet[Application]":
        mark = {"mark": CaseMark.sector(sector)}
        rarer = self.form.cleaned_data["overdue"] or self.form.cleaned_data["unpaid"]
        return rows.filter(_bears(**mark)) if rarer else self._marked(rows, **mark)

    def is_overdue(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        return self._marked(rows, mark=CaseMark.UNANSWERED, due_on__lt=self.on) if wanted else rows

    def is_unpaid(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        return self._marked(rows, mark=CaseMark.UNPAID) if wanted else rows

    def _marked(self, rows: "QuerySet[Application]", **mark: Any) -> "QuerySet[Application]":
        """The cases with a mark. The first one looked for is gone through itself; for each more the mark must be there."""
        if "marked_case" in rows.query.annotations or not self.goes_through_marks:
            return rows.filter(_bears(**mark))
        return rows.filter(**{f"marks__{name}": value for name, value in mark.items()}).annotate(
            marked_is_over=F("marks__is_over"), marked_at=F("marks__submitted_at"), marked_case=F("marks__application")
        )

    def walked(self) -> "QuerySet[Application]":
        """Marks stand in the usual order only: in another one each case is asked for them in its turn."""
        self.goes_through_marks = not self.sort
        return self.found() if self.goes_through_marks else self.filter_queryset(self.queryset.all())

    def order_of(self, rows: "QuerySet[Application]") -> Order:
        return MARKED_FIRST if not self.sort and "marked_case" in rows.query.annotations else super().order_of(rows)


def _bears(**mark: Any) -> Exists:
    return Exists(CaseMark.objects.filter(application=OuterRef("pk"), **mark))


def _by_officer(officers: list[User]) -> Order:
    """Whose names are in order already; then whoever assesses no more; what nobody has comes last."""
    former = Q(case_officer__isnull=False) & ~Q(case_officer__in=officers)
    return (
        *(Shelf(IN_HAND_FIRST, Q(case_officer=officer)) for officer in officers),
        Shelf(("case_officer_id", *IN_HAND_FIRST), former),
        Shelf(IN_HAND_FIRST, Q(case_officer=None)),
    )
