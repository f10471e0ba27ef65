"""Reports that may be of the same thing: same firm, number, place, or nearly the same words. A person says whether they are."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.reports.filters import match_keys as clues
from compliance.reports.models.reports import Report
from compliance.reports.models.triage import LinkKind, ReportClue, ReportLink
from registry import search as index
from registry.accounts.models import User
from registry.organisations.models import Organisation

# A postcode or a name that hundreds of reports have says little: the newest are looked at.
MOST_LOOKED_AT = 300
MOST_SHOWN = 10

WORDS: dict[str, str | Promise] = {
    clues.GROUP: _("sent together, by people who gave each other words"),
    "organisation": _("the same organisation"),
    "number": _("the same number"),
    "name": _("the same name"),
    "words": _("nearly the same words"),
    "postcode": _("the same postcode"),
}


@dataclass(frozen=True, slots=True)
class SuggestedReport:
    """Another report, and what it has in common with this one."""

    report: Report
    shares: tuple[str | Promise, ...]


@dataclass(frozen=True, slots=True)
class LinkedReport:
    """Another report, and what a person has said of the two."""

    report: Report
    link: ReportLink


def may_belong(report: Report, *, by: User) -> list[SuggestedReport]:
    """Reports that this person may see, of which nobody has said yet whether they belong to this one; what shares most first."""
    shared = _shared(report)
    said = {one.second_id if one.first_id == report.pk else one.first_id for one in _links(report)}
    found = Report.objects.visible_to(by).filter(pk__in=shared.keys() - said - {report.pk})
    ranked = sorted(found, key=lambda one: (-len(shared[one.pk]), -one.pk))
    return [
        SuggestedReport(one, tuple(words for kind, words in WORDS.items() if kind in shared[one.pk]))
        for one in ranked[:MOST_SHOWN]
    ]


def belongs(report: Report, *, by: User) -> list[LinkedReport]:
    """Reports that a person has said belong to this one, or are of the same thing; without those that this person may not see."""
    visible = Report.objects.visible_to(by)
    links = _links(report).exclude(kind=LinkKind.APART).filter(first__in=visible, second__in=visible)
    rows = links.select_related("first", "second", "by").order_by("pk")
    return [LinkedReport(one.second if one.first_id == report.pk else one.first, one) for one in rows]


def _links(report: Report) -> "QuerySet[ReportLink]":
    return ReportLink.objects.filter(Q(first=report) | Q(second=report))


def _shared(report: Report) -> dict[int, set[str]]:
    shared: dict[int, set[str]] = defaultdict(set)
    wanted = Q()
    for kind, value in _clues(report):
        wanted |= Q(kind=kind, value=value)
    # To begin with what never holds would make SQLite read every clue.
    having = ReportClue.objects.filter(wanted) if wanted else ReportClue.objects.none()
    rows = having.exclude(report=report).order_by("-report")
    for kind, other in rows.values_list("kind", "report")[:MOST_LOOKED_AT]:
        shared[other].add(kind)
    if report.organisation_id:
        same = Report.objects.filter(organisation=report.organisation_id).order_by("-pk")
        for other in same.values_list("pk", flat=True)[:MOST_LOOKED_AT]:
            shared[other].add("organisation")
    return shared


def _clues(report: Report) -> Iterator[tuple[str, str]]:
    """Those of the report itself; and the names and numbers of organisations that it may be about, from the registry's index."""
    yield from report.clues.exclude(kind__in=clues.ONLY_SEARCHED).values_list("kind", "value")
    for organisation in _organisations(report):
        for name in organisation.names:
            if folded := clues.of_name(name):
                yield "name", folded
        for number in organisation.licences.values_list("number", flat=True):
            yield "number", number


def _organisations(report: Report) -> list[Organisation]:
    typed = report.about_name.strip()[: index.LONGEST]
    found = index.find(typed, index.STAFF) if typed else []
    keys = {one.subject for one in found if one.how in index.ANSWERS}
    return list(Organisation.objects.filter(Q(pk__in=keys) | Q(pk=report.organisation_id))[:MOST_SHOWN])
