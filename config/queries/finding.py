"""One box for all that the staff work on: whoever telephones has a number, or a name.

Each kind of thing is looked for by its own list, so that nobody finds here what their lists do not show them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.queries import cases as enforcement
from compliance.follow_ups import queries as follow_ups
from compliance.inspections.queries import inspections as compliance
from compliance.reports.queries import reports
from licensing.appeals.queries import appeals
from licensing.cases.queries import work_list as licensing
from licensing.decisions.queries import work_list as work_list_queries
from licensing.licences.queries import work_list
from registry import names
from registry.accounts.models import User
from registry.codes import reference_typed
from registry.filtersets import FilterSet
from registry.organisations import queries as registry
from registry.organisations.filters import looked_for_once

#: How many of each kind are named; the list has the others.
NAMED = 5
#: How alike a name is that may be the one that was meant (registry.names.scores).
NEARLY = 75.0


@dataclass(frozen=True, slots=True)
class SearchKind:
    """What can be found: how its list is asked, what names one of it, and where one is read."""

    title: str | Promise
    list_name: str
    url_name: str
    permissions: frozenset[str]
    listed: Callable[[dict[str, str], User, datetime], FilterSet[Any]]
    number: str = "reference"
    who: Callable[[Any], object] = lambda one: one.organisation

    def is_open(self, user: User) -> bool:
        return any(map(user.has_perm, self.permissions))

    def named(self, row: Any) -> "SearchResult":
        number = getattr(row, self.number)
        return SearchResult(number, str(self.who(row)), reverse(self.url_name, args=[number]), row)


@dataclass(frozen=True, slots=True)
class SearchResult:
    number: str
    who: str
    href: str
    row: Any


@dataclass(frozen=True, slots=True)
class SearchGroup:
    """What was found of one kind: the first of them, how many there are, and where all are."""

    title: str | Promise
    named: list[SearchResult]
    how_many: str
    has_more: bool
    href: str


KINDS = (
    SearchKind(
        _("Organisations"),
        "organisations",
        "organisation",
        frozenset({"registry.view_organisations"}),
        lambda asked, by, at: registry.organisations(asked, by=by),
        who=lambda one: one,
    ),
    SearchKind(
        _("Applications"),
        "applications",
        "application",
        frozenset({"licensing.view_applications"}),
        lambda asked, by, at: licensing.applications(asked, by=by, on=timezone.localdate(at)),
    ),
    SearchKind(
        _("Licences"),
        "staff_licences",
        "staff_licence",
        frozenset({"registry.view_licences"}),
        lambda asked, by, at: work_list.licences(asked, by=by, on=timezone.localdate(at)),
        number="number",
    ),
    SearchKind(
        _("Decisions"),
        "decisions",
        "decision",
        frozenset({"licensing.view_decisions"}),
        lambda asked, by, at: work_list_queries.decisions(asked, by=by, on=timezone.localdate(at)),
    ),
    SearchKind(
        _("Appeals"),
        "appeals",
        "appeal",
        frozenset({"licensing.view_appeals"}),
        lambda asked, by, at: appeals.appeals(asked, by=by),
    ),
    SearchKind(
        _("Inspections"),
        "inspections",
        "inspection",
        frozenset({"compliance.view_inspections", "compliance.view_own_inspections"}),
        lambda asked, by, at: compliance.inspections(asked, by=by, on=timezone.localdate(at)),
    ),
    SearchKind(
        _("Follow-up actions"),
        "follow_ups",
        "follow_up",
        frozenset({"compliance.view_inspections", "compliance.view_own_inspections"}),
        lambda asked, by, at: follow_ups.follow_ups(asked, by=by, on=timezone.localdate(at)),
        who=lambda one: one.inspection.organisation,
    ),
    SearchKind(
        _("Reports"),
        "staff_reports",
        "staff_report",
        frozenset({"compliance.handle_reports"}),
        lambda asked, by, at: reports.reports(asked, by=by, at=at),
        who=lambda one: one.organisation or one.about_name,
    ),
    SearchKind(
        _("Supply without a licence"),
        "unlicensed_cases",
        "unlicensed_case",
        frozenset({"compliance.view_enforcement", "compliance.work_enforcement"}),
        lambda asked, by, at: enforcement.cases(asked, by=by),
        who=lambda one: one.name,
    ),
)


def can_find(user: User) -> bool:
    """Whether there is anything that this person may look for."""
    return any(kind.is_open(user) for kind in KINDS)


def find(typed: str, *, by: User, at: datetime) -> list[SearchGroup]:
    """Of every kind that this person may see, those that the text finds; a kind of which nothing is found is left out."""
    if not typed:
        return []
    with looked_for_once():
        asked = [_found(kind, typed, by, at) for kind in KINDS if kind.is_open(by)]
    return [found for found in asked if found.named]


def meant(found: list[SearchGroup], typed: str) -> SearchResult | None:
    """The one thing whose reference or licence number was typed, if it is one."""
    numbers = _numbers(typed)
    called = [one for kind in found for one in kind.named if one.number in numbers]
    return called[0] if len(called) == 1 else None


def _numbers(typed: str) -> set[str]:
    """What was typed as a reference, and as a licence number, would be."""
    return {reference_typed(typed), typed.replace(" ", "").upper()}


def _likeliest_first(results: list[SearchResult], typed: str) -> list[SearchResult]:
    """Those who are found by something else stay in the order of their list."""
    numbers = _numbers(typed)
    scores = names.scores(names.readings(typed), [names.fold(one.who) for one in results])
    alike = {id(one): score if score >= NEARLY else 0.0 for one, score in zip(results, scores, strict=True)}
    return sorted(results, key=lambda one: (one.number not in numbers, -alike[id(one)]))


def _found(kind: SearchKind, typed: str, by: User, at: datetime) -> SearchGroup:
    """Asked by the list itself; first what has the very number, as one firm may have had many licences; then who is called nearly so."""
    page = kind.listed({"q": typed}, by, at).page("")
    named = _likeliest_first([kind.named(row) for row in page.rows], typed)[:NAMED]
    href = f"{reverse(kind.list_name)}?{urlencode({'q': typed})}"
    return SearchGroup(kind.title, named, page.how_many, page.count > NAMED, href)
