"""What is to be put right after inspections: lists and pages.

What workers got back because of inspections: lists, sums, and the page of one organisation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.advice.queries import advice_after as advice_after
from compliance.follow_ups.filters import FollowUpFilter, RemedyFilter
from compliance.follow_ups.models import FollowUp, FollowUpAnswer, FollowUpQuerySet, Remedy, RemedyKind, RemedyQuerySet
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections.models import Inspection, InspectionKind
from compliance.inspections.queries.findings import scheme_of, unmet
from compliance.inspections.states import Finding, InspectionStatus
from registry.accounts.models import User
from registry.documents.models import Document
from registry.organisations.models import Organisation
from registry.overdue import has_passed, passed
from registry.schemes import coded, said
from registry.trail.models.events import Event
from registry.trail.queries import history as happened

#: How many days before its day a business is reminded.
REMINDED_BEFORE = timedelta(days=7)


ABOUT = ("inspection__organisation", "inspection__inspector", "verification")


def follow_ups(params: Mapping[str, Any], *, by: User, on: date) -> FollowUpFilter:
    """What is to be put right after the inspections that this person sees: open ones first, the next due at the top."""
    rows = FollowUp.objects.visible_to(by).select_related(*ABOUT)
    return FollowUpFilter(params, follow_ups=rows, by=by, on=on)


def own_follow_ups(organisations: QuerySet[Organisation]) -> FollowUpQuerySet:
    """All that these businesses were ever asked to put right."""
    return FollowUp.objects.of(organisations).select_related(*ABOUT).order_by("-asked_at", "-pk")


def is_to_be_judged(follow_up: FollowUp, on: date) -> bool:
    """Whether we must judge it: it was answered, a visit saw it, or its day has passed and no visit is on its way."""
    if follow_up.status == FollowUpStatus.ANSWERED:
        return True
    visit = follow_up.verification
    if visit is not None and visit.status != InspectionStatus.CALLED_OFF:
        return visit.status == InspectionStatus.CONFIRMED
    return has_passed(follow_up.due_on, on)


def of_inspection(inspection: Inspection) -> Iterable[FollowUp]:
    """The follow-up actions that this visit was to see."""
    is_verification = inspection.kind == InspectionKind.VERIFICATION
    return FollowUp.objects.filter(verification=inspection) if is_verification else ()


def to_be_reminded(on: date) -> FollowUpQuerySet:
    """Due within a week and not yet said for that day; or past their day and not yet said."""
    soon = Q(due_on__gte=on, due_on__lte=on + REMINDED_BEFORE) & (Q(reminded_for=None) | ~Q(reminded_for=F("due_on")))
    late = passed("due_on", on) & (Q(chased_for=None) | ~Q(chased_for=F("due_on")))
    return FollowUp.objects.filter(soon | late, status=FollowUpStatus.OPEN).order_by("pk")


@dataclass(frozen=True, slots=True)
class FollowUpEvent:
    title: str | Promise
    at: Any
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class FollowUpFile:
    """All that the pages about one follow-up show."""

    follow_up: FollowUp
    standard: str
    is_overdue: bool
    answers: tuple[FollowUpAnswer, ...]
    documents: tuple[Document, ...]
    visit_found: str
    events: tuple[FollowUpEvent, ...]


def follow_up_file(one: FollowUp, *, on: date) -> FollowUpFile:
    standard = scheme_of(one.inspection).standard(one.standard)
    return FollowUpFile(
        follow_up=one,
        standard=f"{standard.code} {said(standard.title, get_language())}",
        is_overdue=one.is_overdue(on),
        answers=tuple(one.answers.select_related("answered_by").order_by("-answered_at", "-pk")),
        documents=tuple(Document.objects.about(one.reference).there()),
        visit_found=_found_by_visit(one),
        events=tuple(_events(one)),
    )


def _found_by_visit(one: FollowUp) -> str:
    """What the verification visit found of the standard, once a second person has confirmed it."""
    if one.verification is None or one.verification.status != InspectionStatus.CONFIRMED:
        return ""
    result = one.verification.results.filter(standard=one.standard).first()
    return str(Finding(result.finding).label) if result and result.finding else ""


#: What is done to them otherwise than by a declared step.
WORDS: happened.Words = {
    "followup": {
        "answer": _("The business answered"),
        "remind": _("The business was reminded"),
    },
}


def _events(one: FollowUp) -> Iterator[FollowUpEvent]:
    for event in Event.objects.of([("followup", one.reference)])[:100]:
        yield FollowUpEvent(happened.title(event.kind, event.verb), event.at, event.by_name, event.because)


def unmet_to_choose(inspection: Inspection) -> list[tuple[str, str]]:
    """The standards that the inspection found not to be met, in words."""
    scheme, language = scheme_of(inspection), get_language()
    standards = (scheme.standard(code) for code in unmet([inspection]))
    return coded(standards, language)


def follow_ups_of(inspection: Inspection) -> FollowUpQuerySet:
    return inspection.follow_ups.order_by("due_on", "pk")


@dataclass(frozen=True, slots=True)
class RemedySum:
    """What came back of one kind, or of all: to how many workers, and how much; only what was confirmed counts."""

    title: str | Promise
    workers: int
    pounds: Decimal


def sums(remedies: QuerySet[Remedy]) -> tuple[RemedySum, ...]:
    """By kind, and all together at the end; nothing where nothing was confirmed. A worker who got two things counts twice."""
    confirmed = remedies.filter(confirmed_at__isnull=False).order_by()
    rows = {row["kind"]: row for row in confirmed.values("kind").annotate(n=Sum("workers"), all=Sum("pence"))}
    found = [
        RemedySum(kind.label, rows[kind.value]["n"], Decimal(rows[kind.value]["all"]) / 100)
        for kind in RemedyKind
        if kind.value in rows
    ]
    if not found:
        return ()
    return (
        *found,
        RemedySum(_("All"), sum(one.workers for one in found), sum((one.pounds for one in found), Decimal(0))),
    )


def remedies(params: Mapping[str, Any], *, by: User) -> RemedyFilter:
    rows = Remedy.objects.visible_to(by).select_related("inspection__organisation")
    return RemedyFilter(params, remedies=rows)


def remedies_of(inspection: Inspection) -> QuerySet[Remedy]:
    return inspection.remedies.select_related("recorded_by", "confirmed_by", "exhibit", "inspection").order_by("number")


def remedies_for(organisation: Organisation, *, by: User) -> RemedyQuerySet:
    """All that workers of one business got back, as far as this person sees the inspections; what is not confirmed too."""
    own = Remedy.objects.visible_to(by).filter(inspection__organisation=organisation)
    shown = own.select_related("inspection", "recorded_by", "confirmed_by", "exhibit", "follow_up")
    return shown.order_by("-recorded_at", "-pk")
