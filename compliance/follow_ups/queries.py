"""What is to be put right after inspections: lists and pages.

What workers got back because of inspections: lists, sums, and the page of one organisation."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.follow_ups import rules
from compliance.follow_ups.filters import FollowUpFilter, RemedyFilter
from compliance.follow_ups.models import FollowUp, FollowUpAnswer, FollowUpQuerySet, Remedy, RemedyKind, RemedyQuerySet
from compliance.follow_ups.states import FollowUpStatus
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of, unmet
from compliance.inspections.states import Finding, InspectionStatus
from registry.accounts.models import User
from registry.documents.models import Document
from registry.errors import Reason
from registry.filtersets import Column
from registry.organisations.models import Organisation
from registry.schemes import said
from registry.trail.models.events import Event

#: How many days before its day a business is reminded.
REMINDED_BEFORE = timedelta(days=7)


ABOUT = ("inspection__organisation", "inspection__inspector", "verification")


def follow_ups(params: Mapping[str, Any], *, by: User, on: date) -> FollowUpFilter:
    """What is to be put right after the inspections that this person sees: open ones first, the next due at the top."""
    rows = FollowUp.objects.visible_to(by).select_related(*ABOUT)
    return FollowUpFilter(params, follow_ups=rows, by=by, on=on)


def follow_ups_for(organisations: QuerySet[Organisation]) -> FollowUpQuerySet:
    """What these businesses have still to put right, the next due first."""
    own = FollowUp.objects.of(organisations).filter(status=FollowUpStatus.OPEN)
    return own.select_related(*ABOUT).order_by("due_on", "pk")


def own_follow_ups(organisations: QuerySet[Organisation]) -> FollowUpQuerySet:
    """All that these businesses were ever asked to put right."""
    return FollowUp.objects.of(organisations).select_related(*ABOUT).order_by("-asked_at", "-pk")


def waiting_count_for(user: User, on: date) -> int:
    return FollowUp.objects.waiting_for(user, on).count()


def to_be_reminded(on: date) -> FollowUpQuerySet:
    """Due within a week and not yet said for that day; or past their day and not yet said."""
    soon = Q(due_on__gte=on, due_on__lte=on + REMINDED_BEFORE) & (Q(reminded_for=None) | ~Q(reminded_for=F("due_on")))
    late = Q(due_on__lt=on) & (Q(chased_for=None) | ~Q(chased_for=F("due_on")))
    return FollowUp.objects.filter(soon | late, status=FollowUpStatus.OPEN).order_by("pk")


@dataclass(frozen=True, slots=True)
class PossibleStep:
    """Something that this person may do with a follow-up, and why not now."""

    title: str | Promise
    url_name: str
    style: str
    blockers: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Happened:
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
    steps: tuple[PossibleStep, ...]
    events: tuple[Happened, ...]


def follow_up_file(one: FollowUp, *, by: User, on: date) -> FollowUpFile:
    standard = scheme_of(one.inspection).standard(one.standard)
    return FollowUpFile(
        follow_up=one,
        standard=f"{standard.code} {said(standard.title, get_language())}",
        is_overdue=one.is_overdue(on),
        answers=tuple(one.answers.select_related("answered_by").order_by("-answered_at", "-pk")),
        documents=tuple(Document.objects.about(one.reference).there()),
        visit_found=_found_by_visit(one),
        steps=tuple(_steps(one, by=by)),
        events=tuple(_events(one)),
    )


def _found_by_visit(one: FollowUp) -> str:
    """What the verification visit found of the standard, once a second person has confirmed it."""
    if one.verification is None or one.verification.status != InspectionStatus.CONFIRMED:
        return ""
    result = one.verification.results.filter(standard=one.standard).first()
    return str(Finding(result.finding).label) if result and result.finding else ""


Blockers = Callable[[FollowUp, User], Iterator[Reason]]


STEPS: tuple[tuple[str, str | Promise, str, str, Blockers], ...] = (
    (
        "judge_follow_ups",
        _("Corrective action completed"),
        "accept_follow_up",
        "",
        lambda one, by: rules.judge_blockers(one, "accept", by=by),
    ),
    (
        "judge_follow_ups",
        _("Send back"),
        "send_back_follow_up",
        "secondary",
        lambda one, by: rules.judge_blockers(one, "send_back", by=by),
    ),
    (
        "judge_follow_ups",
        _("Give more time"),
        "extend_follow_up",
        "secondary",
        lambda one, by: rules.extend_blockers(one, by=by),
    ),
    (
        "commission_inspection",
        _("Send a visit"),
        "visit_follow_up",
        "secondary",
        lambda one, by: rules.visit_blockers(one),
    ),
    (
        "judge_follow_ups",
        _("Corrective action not completed"),
        "fail_follow_up",
        "warning",
        lambda one, by: rules.judge_blockers(one, "fail", by=by),
    ),
)


def _steps(one: FollowUp, *, by: User) -> Iterator[PossibleStep]:
    if one.is_over:
        return
    for codename, title, url_name, style, blockers in STEPS:
        if by.has_perm(f"compliance.{codename}") and (url_name != "send_back_follow_up" or one.status == "answered"):
            yield PossibleStep(title, url_name, style, tuple(blockers(one, by)))


VERBS: dict[str, str | Promise] = {
    "ask": _("The business was asked to put it right"),
    "answer": _("The business answered"),
    "send_back": _("Sent back"),
    "accept": _("Corrective action completed"),
    "fail": _("Corrective action not completed"),
    "extend": _("More time given"),
    "send_visit": _("A visit was sent"),
    "remind": _("The business was reminded"),
}


def _events(one: FollowUp) -> Iterator[Happened]:
    for event in Event.objects.of([("followup", one.reference)])[:100]:
        yield Happened(VERBS.get(event.verb, event.verb), event.at, event.by_name, event.because)


def unmet_to_choose(inspection: Inspection) -> list[tuple[str, str]]:
    """The standards that the inspection found not to be met, in words."""
    scheme, language = scheme_of(inspection), get_language()
    standards = (scheme.standard(code) for code in unmet([inspection]))
    return [(one.code, f"{one.code} {said(one.title, language)}") for one in standards]


def follow_ups_of(inspection: Inspection) -> FollowUpQuerySet:
    return inspection.follow_ups.order_by("due_on", "pk")


def views_of_follow_ups() -> list[tuple[str | Promise, str]]:
    return [
        (_("All"), ""),
        (_("Waiting for me"), "mine=on"),
        (_("Overdue"), "overdue=on"),
        (_("Follow-up actions"), "status=open"),
    ]


def follow_up_columns() -> list[Column[FollowUp]]:
    return [
        Column(_("Follow-up actions"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.inspection.organisation.legal_name),
        Column(_("Inspection"), lambda row: row.inspection.reference),
        Column(_("Standard"), lambda row: row.standard),
        Column(_("Corrective action needed"), lambda row: row.action),
        Column(_("Due"), lambda row: row.due_on),
        Column(_("Status"), lambda row: row.get_status_display()),
    ]


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
    rows = Remedy.objects.visible_to(by).select_related("inspection__organisation", "recorded_by", "confirmed_by")
    return RemedyFilter(params, remedies=rows)


def remedies_of(inspection: Inspection) -> QuerySet[Remedy]:
    return inspection.remedies.select_related("recorded_by", "confirmed_by", "exhibit", "inspection").order_by("number")


def remedies_for(organisation: Organisation, *, by: User) -> RemedyQuerySet:
    """All that workers of one business got back, as far as this person sees the inspections; what is not confirmed too."""
    own = Remedy.objects.visible_to(by).filter(inspection__organisation=organisation)
    shown = own.select_related("inspection", "recorded_by", "confirmed_by", "exhibit", "follow_up")
    return shown.order_by("-recorded_at", "-pk")


def unconfirmed_count(user: User) -> int:
    waiting = Remedy.objects.visible_to(user).unconfirmed().exclude(recorded_by=user)
    return waiting.aggregate(n=Count("pk"))["n"] if user.has_perm("compliance.confirm_remedies") else 0


def remedy_columns() -> list[Column[Remedy]]:
    return [
        Column(_("Remedy"), lambda row: row.reference),
        Column(_("Organisation"), lambda row: row.inspection.organisation.legal_name),
        Column(_("What the workers got"), lambda row: row.get_kind_display()),
        Column(_("Workers"), lambda row: row.workers),
        Column(_("Pounds"), lambda row: row.pounds),
        Column(_("Written down"), lambda row: row.recorded_at),
        Column(_("Confirmed"), lambda row: row.confirmed_at),
        Column(_("Turned down"), lambda row: row.turned_down_because),
    ]
