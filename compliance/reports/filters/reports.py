"""What the list of reports can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.reports.filters.match_keys import words as words_of
from compliance.reports.models.reports import ABOUT, URGENT_FIRST, WORD, Channel, Report, ReportQuerySet, TriageDecision
from compliance.reports.models.triage import ReportClue, TagKind
from compliance.reports.states import ConcernKind, Danger, ReportStatus
from registry import filtersets
from registry.codes import reference_typed
from registry.pagination import in_order

UNDECIDED = "undecided"


#: Reports with some clues are taken from the index of clues while they are at most so many. When more have them, each row
#: in the order of the list is asked whether it does, which soon fills a page: neither way reads every report.
FEW = 10_000


def _having(reports: "QuerySet[Report]", kind: str, values: Iterable[str]) -> "QuerySet[Report]":
    """Those with all of these clues of one kind. The rarest is looked up, and whatever has it is asked for the others."""
    clues = [ReportClue.objects.filter(kind=kind, value=value) for value in sorted(values)]
    rarest, *others = sorted(clues, key=lambda one: one[: FEW + 1].count())
    found = rarest.filter(*(Exists(one.filter(report=OuterRef("report"))) for one in others)).values("report")
    if found[: FEW + 1].count() <= FEW:
        return reports.filter(pk__in=found[:FEW])
    return reports.filter(*(Exists(one.filter(report=OuterRef("pk"))) for one in clues))


class ReportFilter(filtersets.FilterSet[Report]):
    orders = {
        "": in_order(*URGENT_FIRST),
        "received": in_order("received_at", "pk"),
        "due": in_order("decide_by", "pk"),
    }

    q = django_filters.CharFilter(label=_("Words, name or reference"), method="saying", max_length=100)
    status = filtersets.AnyOfFilter(label=_("Status"), choices=ReportStatus.choices)
    danger = django_filters.ChoiceFilter(
        label=_("Person in danger"), choices=Danger.choices, empty_label=_("Any answer")
    )
    decision = django_filters.ChoiceFilter(
        label=_("Decision on the report"),
        choices=[(UNDECIDED, _("Not decided")), *TriageDecision.choices],
        method="decided",
        empty_label=_("Anything"),
    )
    kind = django_filters.ChoiceFilter(
        label=_("About"), choices=ConcernKind.choices, method="about", empty_label=_("Anything")
    )
    channel = django_filters.ChoiceFilter(label=_("How it came"), choices=Channel.choices, empty_label=_("Any way"))
    indicator = django_filters.ChoiceFilter(
        label=_("Indicator of forced labour"), method="tagged", empty_label=_("Any")
    )
    method = django_filters.ChoiceFilter(label=_("Method of offenders"), method="tagged", empty_label=_("Any"))
    standard = django_filters.CharFilter(label=_("Licensing standard"), method="tagged", max_length=10)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for us"), method="is_waiting", widget=forms.CheckboxInput)

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        reports: "QuerySet[Report]",
        indicators: Iterable[tuple[str, str]],
        methods: Iterable[tuple[str, str]],
        at: datetime,
    ) -> None:
        """`indicators` and `methods` are codes with their words."""
        super().__init__(data=asked, queryset=reports)
        self.at = at
        self.filters["indicator"].extra["choices"] = list(indicators)
        self.filters["method"].extra["choices"] = list(methods)

    def dress(self, row: Report) -> None:
        row.is_late = row.is_overdue(self.at)

    def saying(self, reports: "QuerySet[Report]", _field: str, typed: str) -> "QuerySet[Report]":
        """The one of this reference; else those in which every word stands, as reported or as translated."""
        of_number = reports.filter(reference=reference_typed(typed))
        if of_number.exists():
            return of_number
        words = words_of(typed)
        return _having(reports, WORD, words) if words else reports.none()

    def about(self, reports: "QuerySet[Report]", _field: str, kind: str) -> "QuerySet[Report]":
        return _having(reports, ABOUT, [kind])

    def decided(self, reports: ReportQuerySet, _field: str, decision: str) -> "QuerySet[Report]":
        return reports.undecided() if decision == UNDECIDED else reports.filter(decision=decision)

    def tagged(self, reports: ReportQuerySet, field: str, code: str) -> "QuerySet[Report]":
        return reports.tagged(TagKind(field), code.strip().upper())

    def is_overdue(self, reports: ReportQuerySet, _field: str, wanted: bool) -> "QuerySet[Report]":
        return reports.overdue_at(self.at) if wanted else reports

    def is_waiting(self, reports: ReportQuerySet, _field: str, wanted: bool) -> "QuerySet[Report]":
        return reports.waiting() if wanted else reports
