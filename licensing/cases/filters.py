"""Whose turn it is in a case, for the lists: one rule, which the database reads to narrow a list, and `turns` for the rows of a
page. `licensing/progress/queries/whereabouts.py` says it of one case, in the words of its page; a test holds the two to the same answer.

What the work list of applications can be narrowed by."""

from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection
from compliance.inspections.states import InspectionStatus
from licensing.applications.filters import MINE, NOBODY, TEAM
from licensing.applications.models import Application, CaseMark
from licensing.applications.states import TURN_IN_LISTS, ApplicationStatus, WaitingFor
from licensing.decisions.models.decisions import Decision
from registry import filtersets
from registry import search as index
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.organisations import filters as organisation_filters
from registry.overdue import columns_passed
from registry.pagination import STILL_OPEN, ListSection, Order, by_name, in_order
from registry.tasks.filters import DueFilter
from registry.workdays import counter, first_day_within

_SUBMITTED, _ASSESSING = Q(status=ApplicationStatus.SUBMITTED), Q(status=ApplicationStatus.ASSESSING)


_WEIGHED = _ASSESSING & Q(is_heard=False)


#: In which cases that are not over it is whose turn, by what `asked` adds to them. Others and an inspector may both be waited
#: for at once.
_WAITS = {
    WaitingFor.APPLICANT: Q(status=ApplicationStatus.AWAITING_APPLICANT)
    | _SUBMITTED & Q(is_unpaid=True)
    | _ASSESSING & Q(is_heard=True),
    WaitingFor.AUTHORITY: _SUBMITTED & Q(is_unpaid=False)
    | _WEIGHED & Q(is_visited=False) & (Q(is_reported=True) | Q(is_unanswered=False)),
    WaitingFor.OTHERS: _WEIGHED & Q(is_unanswered=True),
    WaitingFor.INSPECTOR: _WEIGHED & Q(is_visited=True),
}


def asked(day: date) -> dict[str, Exists]:
    """What the turns of a case follow from on that day besides its status, to be added to the rows of a list."""
    heard = Decision.objects.being_heard(day).filter(application=OuterRef("pk"))
    return {
        "is_unpaid": _bears_turn(CaseMark.UNPAID),
        "is_unanswered": _bears_turn(CaseMark.UNANSWERED),
        "is_visited": _inspected(InspectionStatus.COMMISSIONED),
        "is_reported": _inspected(InspectionStatus.REPORTED),
        "is_heard": Exists(heard),
    }


def waits_for(turn: str) -> Q:
    """The cases in which it is this turn, of rows to which `asked` was added."""
    return STILL_OPEN & _WAITS[WaitingFor(turn)]


def turns(row: Application) -> list[WaitingFor]:
    """Whose turn it is in a case to which `asked` was added; nobody's when it is over."""
    return [] if row.is_over else [turn for turn in WaitingFor if _holds(_WAITS[turn], row)]


def _holds(rule: Q, row: Application) -> bool:
    """The same of a row that was read as the database says of it."""
    parts: list[Any] = rule.children
    held = (_holds(part, row) if isinstance(part, Q) else getattr(row, part[0]) == part[1] for part in parts)
    return (any(held) if rule.connector == Q.OR else all(held)) != rule.negated


def _bears_turn(mark: str) -> Exists:
    return Exists(CaseMark.objects.filter(application=OuterRef("pk"), mark=mark))


def _inspected(status: str) -> Exists:
    return Exists(Inspection.objects.filter(case=OuterRef("reference"), status=status))


#: Between which ages, in working days, the figures of the manager count cases too; and by how many one may be older.
BETWEEN = ((0, 10), (11, 20), (21, 40), (41, 60))


AGES = tuple(most for _least, most in BETWEEN)


HANDED_IN = [choice for choice in ApplicationStatus.choices if choice[0] != ApplicationStatus.DRAFT]


IN_HAND_FIRST = ("is_over", "submitted_at", "pk")


# The same order, read off the mark that the cases were found by.
MARKED_FIRST = in_order("marked_is_over", "marked_at", "marked_case")


class ApplicationFilter(DueFilter[Application]):
    orders = {
        "": in_order(*IN_HAND_FIRST),
        "name": by_name("organisation__legal_name", "organisation_id", "pk"),
        "submitted": in_order("submitted_at", "pk"),
        "status": in_order("status", *IN_HAND_FIRST),
    }

    q = index.search_box()
    status = filtersets.AnyOfFilter(label=_("Status"), choices=HANDED_IN)
    officer = django_filters.ChoiceFilter(label=_("Case officer"), method="held_by", empty_label=_("Anybody"))
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    scheme = django_filters.ChoiceFilter(label=_("Scheme"), empty_label=_("Any scheme"))
    turn = django_filters.ChoiceFilter(
        label=_("Waiting for"), choices=[*TURN_IN_LISTS.items()], method="waiting_for", empty_label=_("Anybody")
    )
    age = django_filters.ChoiceFilter(
        label=_("Age in working days"),
        choices=[
            *((str(days), format_lazy(_("More than {days}"), days=days)) for days in AGES),
            *(
                (f"{least}-{most}", format_lazy(_("{least} to {most}"), least=least, most=most))
                for least, most in BETWEEN
            ),
        ],
        method="of_age",
        empty_label=_("Any age"),
    )
    overdue = django_filters.BooleanFilter(
        label=_("With an overdue check"), method="is_overdue", widget=forms.CheckboxInput
    )
    unpaid = django_filters.BooleanFilter(label=_("Fee not paid"), method="is_unpaid", widget=forms.CheckboxInput)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        applications: "QuerySet[Application]",
        officers: Iterable[User],
        sectors: Mapping[str, str],
        schemes: Mapping[str, str],
        by: User,
        on: date,
        holidays: Set[date],
    ) -> None:
        super().__init__(data=asked, queryset=applications)
        self.on, self.holidays = on, holidays
        self.is_walked = False
        self.working_day = counter(holidays)
        officers = list(officers)
        self.officers = {MINE: by, NOBODY: None} | {officer.reference: officer for officer in officers}
        self.team = [officer for officer in officers if by.team and officer.team == by.team]
        self.orders = {**self.orders, "officer": _by_officer(officers)}
        own = [(MINE, _("Mine")), *([(TEAM, _("My team’s"))] if by.team else []), (NOBODY, _("No one yet"))]
        known = [(officer.reference, str(officer)) for officer in officers]
        self.filters["officer"].extra["choices"] = [*own, *known]
        self.filters["scheme"].extra["choices"] = list(schemes.items())
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Application]", _field: str, typed: str) -> "QuerySet[Application]":
        """By anything by which the organisation is found, by the reference, or by what was written on the payment."""
        found = organisation_filters.organisations_found(typed)
        reference = reference_typed(typed)
        return rows.filter(Q(organisation__in=found) | Q(reference=reference) | Q(payment_reference=reference))

    def held_by(self, rows: "QuerySet[Application]", _field: str, who: str) -> "QuerySet[Application]":
        if who != TEAM:
            return rows.filter(case_officer=self.officers[who])
        if not self.is_walked:
            return rows.filter(case_officer__in=self.team)
        # In the order of the list: an index of officers would give them one officer after the other.
        return rows.alias(held_by=F("case_officer") + 0).filter(held_by__in=[one.pk for one in self.team])

    def waiting_for(self, rows: "QuerySet[Application]", _field: str, turn: str) -> "QuerySet[Application]":
        return rows.filter(waits_for(turn))

    def of_age(self, rows: "QuerySet[Application]", _field: str, age: str) -> "QuerySet[Application]":
        """Handed in longer ago than so many working days, or between so many; of what is over, nothing has an age to mind."""
        least, _dash, most = age.partition("-")
        over = int(least) - 1 if most else int(age)
        before = {"submitted_at__lt": filtersets.midnight(self._since(over))} if over >= 0 else {}
        after = {"submitted_at__gte": filtersets.midnight(self._since(int(most)))} if most else {}
        return rows.filter(STILL_OPEN, **before, **after)

    def _since(self, days: int) -> date:
        """The first day whose cases are not older than so many working days."""
        return first_day_within(self.on, days, self.holidays)

    def in_sector(self, rows: "QuerySet[Application]", _field: str, sector: str) -> "QuerySet[Application]":
        mark = {"mark": CaseMark.sector(sector)}
        rarer = self.form.cleaned_data["overdue"] or self.form.cleaned_data["unpaid"]
        return rows.filter(_bears(**mark)) if rarer else self._marked(rows, **mark)

    def is_overdue(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        return self._marked(rows, mark=CaseMark.UNANSWERED, **columns_passed("due_on", self.on)) if wanted else rows

    def is_unpaid(self, rows: "QuerySet[Application]", _field: str, wanted: bool) -> "QuerySet[Application]":
        return self._marked(rows, mark=CaseMark.UNPAID) if wanted else rows

    def _marked(self, rows: "QuerySet[Application]", **mark: Any) -> "QuerySet[Application]":
        """The cases with a mark. The first one looked for is gone through itself; for each more the mark must be there."""
        in_another_order = self.is_walked and self.sort
        if "marked_case" in rows.query.annotations or in_another_order:
            return rows.filter(_bears(**mark))
        return rows.filter(**{f"marks__{name}": value for name, value in mark.items()}).annotate(
            marked_is_over=F("marks__is_over"), marked_at=F("marks__submitted_at"), marked_case=F("marks__application")
        )

    def dress(self, row: Application) -> None:
        assert row.submitted_at is not None, "a work list has no drafts"
        until = timezone.localdate(row.closed_at) if row.closed_at else self.on
        row.turns = turns(row)
        row.age = self.working_day(until) - self.working_day(timezone.localdate(row.submitted_at))

    def walked(self) -> "QuerySet[Application]":
        """Marks stand in the usual order only: in another one each case is asked for them in its turn."""
        self.is_walked = True
        return cast("QuerySet[Application]", self.filter_queryset(self.queryset.all()))

    def order_of(self, rows: "QuerySet[Application]") -> Order:
        return MARKED_FIRST if not self.sort and "marked_case" in rows.query.annotations else super().order_of(rows)


def _bears(**mark: Any) -> Exists:
    return Exists(CaseMark.objects.filter(application=OuterRef("pk"), **mark))


def _by_officer(officers: list[User]) -> Order:
    """Whose names are in order already; then whoever assesses no more; what nobody has comes last."""
    former = Q(case_officer__isnull=False) & ~Q(case_officer__in=officers)
    return (
        *(ListSection(IN_HAND_FIRST, Q(case_officer=officer)) for officer in officers),
        ListSection(("case_officer_id", *IN_HAND_FIRST), former),
        ListSection(IN_HAND_FIRST, Q(case_officer=None)),
    )
