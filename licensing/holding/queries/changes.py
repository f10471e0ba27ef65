"""What officers see of what holders have told: the work list, and the page of one change."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections.models import Inspection, InspectionKind
from licensing.applications.queries.applications import scheme_of
from licensing.applications.queries.history import WORDS
from licensing.checks.models import Check
from licensing.checks.queries.checks import CheckWithReply, checks_of
from licensing.checks.queries.facts import facts_of
from licensing.holding.filters import ChangeFilter
from licensing.holding.models import Change, StartOfSupply
from licensing.holding.queries import holding
from licensing.holding.rules import holding as rules
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Licence
from registry.schemes import said
from registry.tasks.models import Task
from registry.trail.queries import history as registry_queries
from registry.trail.queries.history import TimelineEvent

EVENTS_ON_A_PAGE = 200

SETS_OFF: dict[str, str | Promise] = {
    "note": _("An officer looks at it."),
    "checks": _("Other authorities are asked. It can be accepted once all have answered."),
    "inspection": _("Commission an inspection of the licence, if what was told calls for one."),
    "end": _("If the company number, UTR or VAT number is another one, accepting it ends the licence today."),
}


@dataclass(frozen=True, slots=True)
class ChangeFile:
    """All that the page of one change shows."""

    row: holding.ToldRow
    sets_off: str | Promise
    many: bool
    checks: tuple[CheckWithReply, ...]
    events: tuple[TimelineEvent, ...]


@dataclass(frozen=True, slots=True)
class ProposedVisit:
    """What the scheme proposes now that supply has begun (BRIEF73): an inspection for these reasons; without any, an awareness visit."""

    reasons: tuple[str, ...]

    @property
    def is_inspection(self) -> bool:
        return bool(self.reasons)


def changes(params: Mapping[str, Any], *, by: User) -> ChangeFilter:
    """What holders have told: what is still to be looked at first, the longest waiting at the top."""
    unanswered = Check.objects.filter(change=OuterRef("pk"), result="").order_by().values("change")
    rows = (
        Change.objects.visible_to(by)
        .select_related("licence__organisation")
        .annotate(open_checks=Coalesce(Subquery(unanswered.annotate(number=Count("pk")).values("number")), 0))
    )
    return ChangeFilter(params, changes=rows, kinds=titles(get_language()))


def titles(language: str | None) -> dict[str, str]:
    """What each kind of change is called; a kind that several versions have is called as in the newest."""
    every = (schemes.get(name, version) for name in schemes.names() for version in schemes.versions(name))
    return {kind.code: said(kind.title, language) for scheme in every for kind in scheme.holding.change_kinds}


def change_file(change: Change, *, by: User, on: date) -> ChangeFile:
    kind, scheme = holding.kind_of(change), schemes.get(change.scheme, change.version)
    checks = checks_of(change, by=by, on=on)
    about = [("change", change.reference), *(("check", one.check.reference) for one in checks)]
    about += [("replyoverride", override.reference) for one in checks for override in one.check.overrides.all()]
    events = registry_queries.history_of(*about)[:EVENTS_ON_A_PAGE]
    return ChangeFile(
        row=holding.told_row(change, language=get_language() or "en", whole=True),
        sets_off=SETS_OFF.get(kind.sets_off, ""),
        many=rules.is_many(holding.told_on(change.licence, until=change.told_at), scheme, today=_told_on(change)),
        checks=checks,
        events=tuple(registry_queries.in_words(events, about=change.reference, words=WORDS)),
    )


def told_about(licence: Licence) -> list[holding.ToldRow]:
    """What was told about a licence, newest first, for the page of the licence."""
    return [holding.told_row(one, language=get_language() or "en") for one in holding.told(licence)]


def visit_of(licence: Licence) -> ProposedVisit | None:
    """Nothing before supply has begun, nor once an inspection has been commissioned since."""
    start = StartOfSupply.objects.filter(licence=licence).first()
    if start is None:
        return None
    since = Inspection.objects.filter(licence_number=licence.number, commissioned_at__gte=start.told_at)
    if since.exists():
        return None
    found = scheme_of(licence).triggers_for("granted", facts_of(licence))
    return ProposedVisit(tuple(said(one.reason, get_language()) for one in found))


def visit_kind(licence: Licence) -> str:
    """As what kind of inspection the licence is visited: the first after supply has begun is one of a new business."""
    visit = visit_of(licence)
    return str(InspectionKind.NEW_BUSINESS if visit and visit.is_inspection else InspectionKind.COMPLIANCE)


def _told_on(change: Change) -> date:
    return timezone.localdate(change.told_at)


def looked_at_by(change: Change) -> date | None:
    """By when an officer is to look at the change, as its task says; none once it has been looked at."""
    task = Task.objects.open().filter(kind="change.decide", reference=change.reference).first()
    return task.due_on if task else None
