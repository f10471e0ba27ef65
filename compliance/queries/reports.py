"""What people have reported: for those who handle it, and for the reporter in the mailbox."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from compliance import vault
from compliance.filters import ReportFilter
from compliance.models import Report, ReportMessage, ReportPhoto
from compliance.queries.work import EVENTS_ON_A_PAGE, Happened, PossibleMove
from compliance.rules import handling
from compliance.states import ConcernKind
from registry import schemes
from registry.errors import Reason
from registry.models import Entry, Event, Organisation, User
from registry.schemes import said

# A mailbox that lies open on a table shuts by itself.
OPEN_FOR = timedelta(minutes=30)


def reports(params: Mapping[str, Any], *, by: User) -> ReportFilter:
    """The reports that this person may see: open ones first, danger at the top, then the newest."""
    return ReportFilter(data=params, queryset=Report.objects.visible_to(by).with_last_word())


def reports_waiting_for(user: User) -> int:
    """How many reports wait for those who handle them."""
    return Report.objects.visible_to(user).waiting().count()


def about_number(number: str, kind: str, *, at: datetime) -> dict[str, str]:
    """How a report about the entry of this number begins; an objection, where that is open."""
    if not re.fullmatch(r"[A-Z0-9-]{1,12}", number):
        return {}
    entry = Entry.objects.shown_at(at).filter(number=number).first()
    begun = {"about_number": number, "about_name": entry.name if entry else ""}
    if kind == ConcernKind.OBJECTION and entry and entry.objections_on(timezone.localdate(at)):
        begun["kinds"] = kind
    return begun


@dataclass(frozen=True, slots=True)
class Objected:
    """What the public has against an applicant: how many said something, and with how many we are not done."""

    count: int
    open: int
    number: str


def objections_to(organisation: Organisation, scheme: str) -> Objected | None:
    """The objections to the application of an organisation under a scheme; none if nobody objected."""
    listed = Entry.objects.filter(listing__organisation=organisation, listing__scheme=scheme)
    numbers = list(listed.order_by("-entry_number").values_list("number", flat=True))
    objections = Report.objects.of_kind(ConcernKind.OBJECTION).filter(about_number__in=numbers)
    count = objections.count()
    return Objected(count, objections.open().count(), numbers[0]) if count else None


# --- the mailbox ---


def open_mailbox(passphrase: str) -> Report | None:
    """The report whose mailbox these words open. A wrong guess takes as long as a right one."""
    return Report.objects.filter(mailbox_key=vault.mailbox_key(passphrase)).first()


def opened_mailbox(key: str, *, at: datetime) -> Report | None:
    """The report whose mailbox was opened not long ago: the key travels in the form of the open mailbox."""
    try:
        opened = vault.unseal("mailbox", key, at=at, within=OPEN_FOR)
    except vault.NotOpened:
        return None
    return Report.objects.get(reference=opened["reference"])


# --- for those who handle reports ---


@dataclass(frozen=True, slots=True)
class ReportFile:
    """All that the page about one report shows."""

    language: str
    scheme_title: str
    messages: "QuerySet[ReportMessage]"
    photos: "QuerySet[ReportPhoto]"
    moves: tuple[PossibleMove, ...]
    events: tuple[Happened, ...]


def report_file(report: Report) -> ReportFile:
    return ReportFile(
        language=get_language_info(report.language)["name"],
        scheme_title=said(schemes.get(report.scheme, schemes.versions(report.scheme)[-1]).title, "en")
        if report.scheme
        else "",
        messages=report.messages.select_related("by").order_by("pk"),
        photos=report.photos.defer("content").order_by("number"),
        moves=tuple(_moves(report)),
        events=tuple(_events(report)),
    )


Blockers = Callable[[Report], Iterator[Reason]]

# In the order of the buttons: what is done, the words, the style, the rule.
MOVES: tuple[tuple[str, str | Promise, str, Blockers], ...] = (
    ("begin", _("Begin"), "", handling.begin_blockers),
    ("close", _("Close"), "", handling.close_blockers),
    ("reopen", _("Reopen"), "secondary", handling.reopen_blockers),
)


def _moves(report: Report) -> Iterator[PossibleMove]:
    for name, title, style, blockers in MOVES:
        if report.lifecycle.allows(report.status, name):
            yield PossibleMove(name, title, f"{name}_report", style, tuple(blockers(report)))


VERBS = {
    "receive": _("Received"),
    "begin": _("Begun"),
    "ask": _("Message to the reporter"),
    "reply": _("Message from the reporter"),
    "reach": _("Contact details opened"),
    "close": _("Closed"),
    "reopen": _("Reopened"),
}


def _events(report: Report) -> Iterator[Happened]:
    for event in Event.objects.of([("report", report.reference)])[:EVENTS_ON_A_PAGE]:
        yield Happened(VERBS.get(event.verb, event.verb), event.at, event.by_name, event.because)
