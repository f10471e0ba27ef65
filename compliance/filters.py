"""What the lists of inspections and of reports can be narrowed by."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from compliance.index import ABOUT, WORD
from compliance.index import words as words_of
from compliance.models import (
    Against,
    Channel,
    FollowUp,
    FollowUpQuerySet,
    Inspection,
    InspectionKind,
    InspectionQuerySet,
    Intelligence,
    IntelligenceSubject,
    LicenceScore,
    PlanQuerySet,
    Referral,
    ReferralKind,
    ReferralQuerySet,
    Remedy,
    RemedyKind,
    RemedyQuerySet,
    Report,
    ReportClue,
    ReportQuerySet,
    TagKind,
    TriageDecision,
    UnderpaymentNotice,
    UnderpaymentQuerySet,
    Undertaking,
    UndertakingQuerySet,
    UnlicensedCase,
    UnlicensedCaseQuerySet,
    VisitPlan,
    VisitRound,
)
from compliance.models.enforcement import CASE_STATUSES
from compliance.models.reports import URGENT_FIRST
from compliance.models.safeguarding import STATUSES as REFERRAL_STATUSES
from compliance.models.underpayment import STATUSES as UNDERPAYMENT_STATUSES
from compliance.models.undertakings import UNDERTAKING_STATUSES
from compliance.states import ConcernKind, Danger, FollowUpStatus, InspectionStatus, ReportStatus, RoundStatus
from registry import filters, index
from registry.identifiers import reference_typed
from registry.models import User
from registry.models.lists import Shelf, in_order

OPEN_FIRST = ("is_over", "due_on", "pk")


class InspectionFilter(filters.FilterSet[Inspection]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "name": in_order("organisation__legal_name", "organisation_id", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=InspectionStatus.choices)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=InspectionKind.choices, empty_label=_("Any kind"))
    inspector = django_filters.ChoiceFilter(label=_("Inspector"), method="given_to", empty_label=_("Anybody"))
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = Inspection
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        inspections: "QuerySet[Inspection]",
        inspectors: Iterable[User],
        by: User,
        on: date,
    ) -> None:
        """`inspectors` are those of whom this person sees inspections, by name; none if all that they see is theirs."""
        super().__init__(data=asked, queryset=inspections)
        self.by, self.on = by, on
        self.inspectors = {inspector.reference: inspector for inspector in inspectors}
        known = [*self.inspectors.values()]
        shelves = (Shelf(OPEN_FIRST, Q(inspector=inspector)) for inspector in known)
        rest = Shelf(("inspector_id", *OPEN_FIRST), ~Q(inspector__in=known))
        self.orders = {**self.orders, "inspector": (*shelves, rest)}
        self.filters["inspector"].extra["choices"] = [(key, str(one)) for key, one in self.inspectors.items()]
        if not self.inspectors:
            del self.filters["inspector"]

    def named(self, inspections: "QuerySet[Inspection]", _field: str, typed: str) -> "QuerySet[Inspection]":
        """By anything by which the organisation is found, by the reference, or by that of the case that it informs."""
        reference = reference_typed(typed)
        about = Q(organisation__in=filters.organisations_found(typed))
        return inspections.filter(about | Q(reference=reference) | Q(case=reference))

    def given_to(self, inspections: "QuerySet[Inspection]", _field: str, who: str) -> "QuerySet[Inspection]":
        return inspections.filter(inspector=self.inspectors[who])

    def is_overdue(self, inspections: InspectionQuerySet, _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.overdue_on(self.on) if wanted else inspections

    def is_mine(self, inspections: InspectionQuerySet, _field: str, wanted: bool) -> "QuerySet[Inspection]":
        return inspections.waiting_for(self.by) if wanted else inspections


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


class ReportFilter(filters.FilterSet[Report]):
    orders = {
        "": in_order(*URGENT_FIRST),
        "received": in_order("received_at", "pk"),
        "due": in_order("decide_by", "pk"),
    }

    q = django_filters.CharFilter(label=_("Words, name or reference"), method="saying", max_length=100)
    status = filters.AnyOfFilter(label=_("Status"), choices=ReportStatus.choices)
    danger = django_filters.ChoiceFilter(
        label=_("Somebody in danger"), choices=Danger.choices, empty_label=_("Any answer")
    )
    decision = django_filters.ChoiceFilter(
        label=_("What becomes of it"),
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
    standard = django_filters.CharFilter(label=_("Licensing standard"), method="tagged", max_length=10)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for us"), method="is_waiting", widget=forms.CheckboxInput)

    class Meta:
        model = Report
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        reports: "QuerySet[Report]",
        indicators: Iterable[tuple[str, str]],
        at: datetime,
    ) -> None:
        """`indicators` are codes with their words."""
        super().__init__(data=asked, queryset=reports)
        self.at = at
        self.filters["indicator"].extra["choices"] = list(indicators)

    def dress(self, row: Report) -> None:
        row.is_late = row.is_overdue(self.at)  # type: ignore[attr-defined]

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


#: More than any score comes to.
MOST_POINTS = 10_000


class ScoreFilter(filters.FilterSet[LicenceScore]):
    orders = {
        "": in_order("-points", "-pk"),
        "points": in_order("points", "pk"),
        "name": in_order("licence__organisation__legal_name", "licence__organisation_id", "pk"),
    }

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    at_least = django_filters.NumberFilter(
        label=_("At least so many points"), method="scoring", min_value=0, max_value=MOST_POINTS, widget=forms.TextInput
    )
    signal = django_filters.ChoiceFilter(label=_("Signal"), method="signalled", empty_label=_("Any signal"))

    class Meta:
        model = LicenceScore
        fields: tuple[str, ...] = ()

    def __init__(
        self, asked: Mapping[str, Any], *, scores: "QuerySet[LicenceScore]", signals: Mapping[str, str]
    ) -> None:
        super().__init__(data=asked, queryset=scores)
        self.signals = signals
        self.filters["signal"].extra["choices"] = list(signals.items())

    def named(self, rows: "QuerySet[LicenceScore]", _field: str, typed: str) -> "QuerySet[LicenceScore]":
        about = Q(licence__organisation__in=filters.organisations_found(typed))
        return rows.filter(about | Q(licence__number=typed.strip().upper()))

    def scoring(self, rows: "QuerySet[LicenceScore]", _field: str, points: int) -> "QuerySet[LicenceScore]":
        return rows.filter(points__gte=points)

    def signalled(self, rows: "QuerySet[LicenceScore]", _field: str, code: str) -> "QuerySet[LicenceScore]":
        # A list in JSON: a quoted code inside its text is found alike on both engines.
        return rows.alias(codes=Cast("gives", TextField())).filter(codes__contains=f'"{code}"')


class IntelligenceFilter(filters.FilterSet[Intelligence]):
    orders = {"": in_order("-recorded_at", "-pk")}

    q = django_filters.CharFilter(
        label=_("Words, organisation or reference"), method="saying", max_length=index.LONGEST
    )
    source = django_filters.ChoiceFilter(label=_("Source"), field_name="source_grade", empty_label=_("Any"))
    information = django_filters.ChoiceFilter(
        label=_("Information"), field_name="information_grade", empty_label=_("Any")
    )
    handling = django_filters.ChoiceFilter(label=_("Handling"), empty_label=_("Any"))

    class Meta:
        model = Intelligence
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        intelligence: "QuerySet[Intelligence]",
        words: Mapping[str, Iterable[tuple[str, str]]],
    ) -> None:
        """`words`: the codes of the pack with their titles, by the name of the filter."""
        super().__init__(data=asked, queryset=intelligence)
        for name in ("source", "information", "handling"):
            self.filters[name].extra["choices"] = list(words[name])

    def saying(self, rows: "QuerySet[Intelligence]", _field: str, words: str) -> "QuerySet[Intelligence]":
        """In the sanitised text alone: what was heard is not searched, so that a search tells nothing of it (trust.md T11)."""
        found = Q(reference__iexact=words.strip()) | Q(sanitised_text__icontains=words)
        about = IntelligenceSubject.objects.filter(organisation__in=filters.organisations_found(words))
        return rows.filter(found | Q(pk__in=about.values("intelligence")))


class RoundFilter(filters.FilterSet[VisitRound]):
    orders = {"": in_order("-opened_at", "-pk")}

    status = filters.AnyOfFilter(label=_("Status"), choices=RoundStatus.choices)

    class Meta:
        model = VisitRound
        fields: tuple[str, ...] = ()


def _visits_found(typed: str) -> "QuerySet[Inspection, int]":
    """Of what is found by an organisation or by the reference of an inspection: the keys of the inspections."""
    about = Q(organisation__in=filters.organisations_found(typed))
    return Inspection.objects.filter(about | Q(reference=reference_typed(typed))).values_list("pk", flat=True)


class FollowUpFilter(filters.FilterSet[FollowUp]):
    orders = {
        "": in_order(*OPEN_FIRST),
        "due": in_order("due_on", "pk"),
        "status": in_order("status", *OPEN_FIRST),
    }

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=FollowUpStatus.choices)
    overdue = django_filters.BooleanFilter(label=_("Overdue"), method="is_overdue", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, follow_ups: "QuerySet[FollowUp]", by: User, on: date) -> None:
        super().__init__(data=asked, queryset=follow_ups)
        self.by, self.on = by, on

    def named(self, rows: "QuerySet[FollowUp]", _field: str, typed: str) -> "QuerySet[FollowUp]":
        return rows.filter(Q(inspection__in=_visits_found(typed)) | Q(reference=reference_typed(typed)))

    def is_overdue(self, rows: FollowUpQuerySet, _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return rows.overdue_on(self.on) if wanted else rows

    def is_mine(self, rows: "QuerySet[FollowUp]", _field: str, wanted: bool) -> "QuerySet[FollowUp]":
        return rows.filter(pk__in=FollowUp.objects.waiting_for(self.by).values("pk")) if wanted else rows


class RemedyFilter(filters.FilterSet[Remedy]):
    orders = {"": in_order("-recorded_at", "-pk"), "pence": in_order("pence", "pk")}

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    kind = django_filters.ChoiceFilter(
        label=_("What the workers got"), choices=RemedyKind.choices, empty_label=_("Anything")
    )
    waiting = django_filters.BooleanFilter(
        label=_("Not confirmed yet"), method="is_waiting", widget=forms.CheckboxInput
    )

    class Meta:
        model = Remedy
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, remedies: "QuerySet[Remedy]") -> None:
        super().__init__(data=asked, queryset=remedies)

    def named(self, rows: "QuerySet[Remedy]", _field: str, typed: str) -> "QuerySet[Remedy]":
        return rows.filter(inspection__in=_visits_found(typed))

    def is_waiting(self, rows: RemedyQuerySet, _field: str, wanted: bool) -> "QuerySet[Remedy]":
        return rows.unconfirmed() if wanted else rows


class PlanFilter(filters.FilterSet[VisitPlan]):
    orders = {"": in_order("day", "starts", "pk")}

    officer = django_filters.ChoiceFilter(label=_("Inspector"), method="of_officer", empty_label=_("Anybody"))
    region = django_filters.ChoiceFilter(label=_("Region"), empty_label=_("Every region"))

    class Meta:
        model = VisitPlan
        fields: tuple[str, ...] = ()

    def __init__(
        self,
        asked: Mapping[str, Any],
        *,
        plans: "QuerySet[VisitPlan]",
        regions: Iterable[str],
        officers: Iterable[User],
    ) -> None:
        super().__init__(data=asked, queryset=plans)
        self.officers = {officer.reference: officer for officer in officers}
        self.filters["officer"].extra["choices"] = [(key, str(one)) for key, one in self.officers.items()]
        self.filters["region"].extra["choices"] = [(region, region) for region in regions]
        if not self.officers:
            del self.filters["officer"]

    @property
    def narrowed_to(self) -> list[User]:
        """The officers to whom the list is narrowed: one, or all."""
        wanted = self.form.cleaned_data.get("officer") if self.form.is_valid() else ""
        return [self.officers[wanted]] if wanted else list(self.officers.values())

    def of_officer(self, plans: PlanQuerySet, _field: str, who: str) -> "QuerySet[VisitPlan]":
        return plans.of(self.officers[who])


class ReferralFilter(filters.FilterSet[Referral]):
    orders = {"": in_order("-prepared_at", "-pk")}

    q = django_filters.CharFilter(
        label=_("Organisation, or reference"), help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=REFERRAL_STATUSES)
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=ReferralKind.choices, empty_label=_("Any kind"))
    child = django_filters.BooleanFilter(label=_("Children only"), method="of_children", widget=forms.CheckboxInput)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = Referral
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, referrals: "QuerySet[Referral]", by: User) -> None:
        super().__init__(data=asked, queryset=referrals)
        self.by = by

    def named(self, rows: "QuerySet[Referral]", _field: str, typed: str) -> "QuerySet[Referral]":
        """By the organisation or a reference; never by who the person is, which no search reads."""
        reference = reference_typed(typed)
        about = Q(organisation__in=filters.organisations_found(typed))
        own = Q(reference=reference) | Q(report__reference=reference) | Q(inspection__reference=reference)
        return rows.filter(about | own)

    def of_children(self, rows: "QuerySet[Referral]", _field: str, wanted: bool) -> "QuerySet[Referral]":
        return rows.filter(is_child=True) if wanted else rows

    def is_mine(self, rows: ReferralQuerySet, _field: str, wanted: bool) -> "QuerySet[Referral]":
        return rows.waiting_for(self.by) if wanted else rows


class UnlicensedCaseFilter(filters.FilterSet[UnlicensedCase]):
    orders = {"": in_order("-opened_at", "-pk")}

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=CASE_STATUSES)
    against = django_filters.ChoiceFilter(label=_("As"), choices=Against.choices, empty_label=_("Any"))
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = UnlicensedCase
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, cases: "QuerySet[UnlicensedCase]", by: User) -> None:
        super().__init__(data=asked, queryset=cases)
        self.by = by

    def named(self, rows: "QuerySet[UnlicensedCase]", _field: str, typed: str) -> "QuerySet[UnlicensedCase]":
        """By anything by which the organisation is found, by words of a description, or by the reference."""
        about = Q(organisation__in=filters.organisations_found(typed)) | Q(described__icontains=typed)
        return rows.filter(about | Q(reference=reference_typed(typed)))

    def is_mine(self, rows: UnlicensedCaseQuerySet, _field: str, wanted: bool) -> "QuerySet[UnlicensedCase]":
        return rows.waiting_for(self.by) if wanted else rows


class UndertakingFilter(filters.FilterSet[Undertaking]):
    orders = {"": in_order("-drafted_at", "-pk")}

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=UNDERTAKING_STATUSES)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = Undertaking
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, undertakings: "QuerySet[Undertaking]", by: User) -> None:
        super().__init__(data=asked, queryset=undertakings)
        self.by = by

    def named(self, rows: "QuerySet[Undertaking]", _field: str, typed: str) -> "QuerySet[Undertaking]":
        reference = reference_typed(typed)
        about = Q(case__organisation__in=filters.organisations_found(typed)) | Q(case__described__icontains=typed)
        return rows.filter(about | Q(reference=reference) | Q(case__reference=reference))

    def is_mine(self, rows: UndertakingQuerySet, _field: str, wanted: bool) -> "QuerySet[Undertaking]":
        return rows.waiting_for(self.by) if wanted else rows


class UnderpaymentFilter(filters.FilterSet[UnderpaymentNotice]):
    orders = {"": in_order("-drafted_at", "-pk")}

    q = django_filters.CharFilter(
        label=filters.SEARCH, help_text=filters.SEARCHED, method="named", max_length=index.LONGEST
    )
    status = filters.AnyOfFilter(label=_("Status"), choices=UNDERPAYMENT_STATUSES)
    mine = django_filters.BooleanFilter(label=_("Waiting for me"), method="is_mine", widget=forms.CheckboxInput)

    class Meta:
        model = UnderpaymentNotice
        fields: tuple[str, ...] = ()

    def __init__(self, asked: Mapping[str, Any], *, notices: "QuerySet[UnderpaymentNotice]", by: User) -> None:
        super().__init__(data=asked, queryset=notices)
        self.by = by

    def named(self, rows: "QuerySet[UnderpaymentNotice]", _field: str, typed: str) -> "QuerySet[UnderpaymentNotice]":
        about = Q(organisation__in=filters.organisations_found(typed))
        return rows.filter(about | Q(reference=reference_typed(typed)))

    def is_mine(self, rows: UnderpaymentQuerySet, _field: str, wanted: bool) -> "QuerySet[UnderpaymentNotice]":
        return rows.filter(pk__in=rows.model.objects.waiting_for(self.by)) if wanted else rows
