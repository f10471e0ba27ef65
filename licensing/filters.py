"""What the work lists of licensing can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, cast

import django_filters
from django import forms
from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from licensing.models import Application, CaseMark, Change, Decision, DecisionQuerySet, LookAlike, Message
from licensing.states import ApplicationStatus, ChangeStatus, DecisionKind, DecisionStatus, LookAlikeStatus
from registry import filters, index
from registry.models import Condition, Licence, User
from registry.models.licences import LicenceQuerySet
from registry.models.lists import Order, Shelf, in_order
from registry.states import ConditionStatus, LicenceStatus

MINE, NOBODY = "mine", "nobody"
HANDED_IN = [choice for choice in ApplicationStatus.choices if choice[0] != ApplicationStatus.DRAFT]
IN_FORCE, RUN_OUT = "in_force", "run_out"


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

    q = django_filters.CharFilter(label=_("Name or reference"), method="named", max_length=index.LONGEST)
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
        """By any of the organisation's names, by the reference, or by what was written on the payment."""
        found = {one.subject for one in index.find(typed, index.STAFF)}
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


class MessageFilter(filters.FilterSet[Message]):
    orders = {"": in_order("at", "pk")}

    officer = django_filters.ChoiceFilter(
        label=_("Case officer"),
        method="held_by",
        empty_label=_("Anybody"),
        choices=[(MINE, _("Mine")), (NOBODY, _("Nobody yet"))],
    )

    class Meta:
        model = Message
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, messages: "QuerySet[Message]", by: User) -> None:
        super().__init__(data=asked, queryset=messages)
        self.officers = {MINE: by, NOBODY: None}

    def held_by(self, rows: "QuerySet[Message]", _field: str, who: str) -> "QuerySet[Message]":
        return rows.filter(application__case_officer=self.officers[who])


OPEN_FIRST = ("is_over", "proposed_at", "pk")


class DecisionFilter(filters.FilterSet[Decision]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "proposed": in_order("proposed_at", "pk"),
        "kind": in_order("kind", *OPEN_FIRST),
        "status": in_order("status", *OPEN_FIRST),
        "reply": (Shelf(("reply_by", "pk"), Q(reply_by__isnull=False)), Shelf(("pk",), Q(reply_by=None))),
    }

    q = django_filters.CharFilter(
        label=_("Name, reference or licence number"), method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=DecisionStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=DecisionKind.choices, empty_label=_("Any kind"))
    mine = django_filters.BooleanFilter(label=_("For me to decide"), method="is_for_me", widget=forms.CheckboxInput)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, decisions: "QuerySet[Decision]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=decisions)
        self.by, self.on = by, on

    def named(self, rows: "QuerySet[Decision]", _field: str, typed: str) -> "QuerySet[Decision]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        reference = typed.strip().upper()
        # Looked up one after the other: no index serves an "or" across three tables.
        cases = Application.objects.filter(Q(organisation__in=found) | Q(reference=reference))
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference))
        return rows.filter(
            Q(application__in=list(cases.values_list("pk", flat=True)))
            | Q(licence__in=list(licences.values_list("pk", flat=True)))
            | Q(reference=reference)
        )

    def is_for_me(self, rows: "QuerySet[Decision]", _field: str, wanted: bool) -> "QuerySet[Decision]":
        return cast(DecisionQuerySet, rows).for_decision_by(self.by, self.on) if wanted else rows


class ChangeFilter(filters.FilterSet[Change]):
    orders = {
        "": in_order("is_over", "told_at", "pk"),
        "told": in_order("told_at", "pk"),
        "kind": in_order("kind", "is_over", "told_at", "pk"),
        "status": in_order("status", "is_over", "told_at", "pk"),
    }

    q = django_filters.CharFilter(
        label=_("Name, reference or licence number"), method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=ChangeStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("What has changed"), empty_label=_("Anything"))
    late = django_filters.BooleanFilter(label=_("Told late"), method="is_late", widget=forms.CheckboxInput)

    class Meta:
        model = Change
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, changes: "QuerySet[Change]", kinds: Mapping[str, str]) -> None:
        super().__init__(data=asked, queryset=changes)
        self.filters["kind"].extra["choices"] = sorted(kinds.items(), key=lambda kind: kind[1])

    def named(self, rows: "QuerySet[Change]", _field: str, typed: str) -> "QuerySet[Change]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        reference = typed.strip().upper()
        licences = Licence.objects.filter(Q(organisation__in=found) | Q(number=reference.replace(" ", "")))
        return rows.filter(Q(licence__in=list(licences.values_list("pk", flat=True))) | Q(reference=reference))

    def is_late(self, rows: "QuerySet[Change]", _field: str, wanted: bool) -> "QuerySet[Change]":
        return rows.filter(days_late__gt=0) if wanted else rows


class LookAlikeFilter(filters.FilterSet[LookAlike]):
    orders = {
        "": in_order("is_over", "found_at", "pk"),
        "found": in_order("found_at", "pk"),
        "points": in_order("points", "pk"),
        "status": in_order("status", "is_over", "found_at", "pk"),
    }

    q = django_filters.CharFilter(label=_("Name of either, or reference"), method="named", max_length=index.LONGEST)
    status = filters.AnyOfFilter(label=_("Status"), choices=LookAlikeStatus.choices)
    strong = django_filters.BooleanFilter(label=_("Strong"), method="only_strong", widget=forms.CheckboxInput)

    class Meta:
        model = LookAlike
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, look_alikes: "QuerySet[LookAlike]") -> None:
        super().__init__(data=asked, queryset=look_alikes)

    def named(self, rows: "QuerySet[LookAlike]", _field: str, typed: str) -> "QuerySet[LookAlike]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        reference = typed.strip().upper()
        return rows.filter(Q(organisation__in=found) | Q(other__in=found) | Q(reference=reference))

    def only_strong(self, rows: "QuerySet[LookAlike]", _field: str, wanted: bool) -> "QuerySet[LookAlike]":
        return rows.filter(is_strong=True) if wanted else rows


class LicenceFilter(filters.FilterSet[Licence]):
    orders = {
        "": in_order("is_over", "number", "pk"),
        "number": in_order("number", "pk"),
        "name": in_order("organisation__legal_name", "organisation_id", "pk"),
        "until": in_order("valid_until", "pk"),
        "status": in_order("status", "is_over", "number", "pk"),
    }

    q = django_filters.CharFilter(label=_("Name or licence number"), method="named", max_length=index.LONGEST)
    status = filters.AnyOfFilter(label=_("Status"), choices=LicenceStatus.choices)
    sector = django_filters.ChoiceFilter(label=_("Sector"), method="in_sector", empty_label=_("Any sector"))
    term = django_filters.ChoiceFilter(
        label=_("Term"),
        choices=[(IN_FORCE, _("In force today")), (RUN_OUT, _("Run out"))],
        method="in_term",
        empty_label=_("Any"),
    )
    conditions = django_filters.BooleanFilter(
        label=_("With open conditions"), method="has_conditions", widget=forms.CheckboxInput
    )

    class Meta:
        model = Licence
        fields: tuple[str, ...] = ()

    def __init__(
        self, asked: Mapping[str, Any], *, licences: "QuerySet[Licence]", sectors: Mapping[str, str], on: date
    ) -> None:
        super().__init__(data=asked, queryset=licences)
        self.on = on
        self.filters["sector"].extra["choices"] = sorted(sectors.items(), key=lambda sector: sector[1])

    def named(self, rows: "QuerySet[Licence]", _field: str, typed: str) -> "QuerySet[Licence]":
        found = {one.subject for one in index.find(typed, index.STAFF)}
        return rows.filter(Q(organisation__in=found) | Q(number=typed.replace(" ", "").upper()))

    def in_sector(self, rows: "QuerySet[Licence]", _field: str, sector: str) -> "QuerySet[Licence]":
        # The list of sectors is JSON: a quoted code inside its text is found alike on both engines.
        return rows.alias(codes=Cast("sectors", TextField())).filter(codes__contains=f'"{sector}"')

    def in_term(self, rows: "QuerySet[Licence]", _field: str, term: str) -> "QuerySet[Licence]":
        if term == RUN_OUT:
            return rows.filter(valid_until__lt=self.on)
        return cast(LicenceQuerySet, rows).in_force(self.on)

    def has_conditions(self, rows: "QuerySet[Licence]", _field: str, wanted: bool) -> "QuerySet[Licence]":
        unmet = Condition.objects.filter(licence=OuterRef("pk"), status=ConditionStatus.OPEN)
        return rows.filter(Exists(unmet)) if wanted else rows
