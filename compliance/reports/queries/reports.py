"""What people have reported: for those who handle it, and for the reporter in the mailbox."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from compliance import passphrases, vault
from compliance.hand_overs.models import HandOver
from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, InspectionEvent
from compliance.reports.filters.reports import ReportFilter
from compliance.reports.models.recordings import ReportRecording
from compliance.reports.models.reports import Report, ReportMessage, ReportPhoto
from compliance.reports.models.triage import ReportTag, ReportTranslation, TagKind, Triage
from compliance.reports.queries import links as linked
from compliance.reports.queries.links import LinkedReport, SuggestedReport
from compliance.reports.rules import triage
from compliance.reports.rules.reports import ENDINGS
from compliance.reports.states import ConcernKind
from registry import schemes
from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.register.models import Entry
from registry.schemes import Indicator, OffenderMethod, Standard, said
from registry.trail.models.events import Event
from registry.trail.queries import history as happened

# A mailbox that lies open on a table shuts by itself.
OPEN_FOR = timedelta(minutes=30)


def reports(params: Mapping[str, Any], *, by: User, at: datetime) -> ReportFilter:
    """The reports that this person may see: undecided ones first, threat to life at the top, then what is due first."""
    rows = Report.objects.visible_to(by)
    words = triage.words_of("", on=timezone.localdate(at))
    indicators, methods = (words.indicators, words.methods) if words else ((), ())
    return ReportFilter(
        params,
        reports=rows,
        indicators=schemes.coded(indicators, get_language()),
        methods=schemes.coded(methods, get_language()),
        at=at,
    )


def reports_waiting_for(user: User) -> int:
    """How many reports wait for those who handle them."""
    return Report.objects.visible_to(user).waiting().count()


def reports_undecided() -> int:
    """Of how many nobody has said what becomes of them: for whoever answers for the work, and may read none of them."""
    return Report.objects.undecided().count()


def reports_overdue(user: User, *, at: datetime) -> int:
    """With how many that this person may see nobody has decided, or told the reporter, in time."""
    return Report.objects.visible_to(user).overdue_at(at).count()


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
class ObjectionCount:
    """What the public has against an applicant: how many said something, and with how many we are not done."""

    count: int
    open: int
    number: str


def objections_to(organisation: Organisation, scheme: str) -> ObjectionCount | None:
    """The objections to the application of an organisation under a scheme; none if nobody objected."""
    listed = Entry.objects.filter(listing__organisation=organisation, listing__scheme=scheme)
    numbers = list(listed.order_by("-entry_number").values_list("number", flat=True))
    objections = Report.objects.of_kind(ConcernKind.OBJECTION).filter(about_number__in=numbers)
    count = objections.count()
    return ObjectionCount(count, objections.open().count(), numbers[0]) if count else None


# --- the mailbox ---


def open_mailbox(passphrase: str) -> Report | None:
    """The report whose mailbox these words open. A wrong guess takes as long as a right one, whichever digest finds it."""
    keys = [passphrases.mailbox_key(passphrase)]
    if Report.objects.with_former_key().exists():
        keys.append(passphrases.former_mailbox_key(passphrase))
    return Report.objects.filter(mailbox_key__in=keys).first()


def opened_mailbox(key: str, *, at: datetime) -> Report | None:
    """The report whose mailbox was opened not long ago: the key travels in the form of the open mailbox."""
    try:
        opened = vault.unseal("mailbox", key, at=at, within=OPEN_FOR)
    except vault.NotOpened:
        return None
    return Report.objects.get(reference=opened["reference"])


def outcome_for(report: Report) -> str:
    """What became of it, in the language of the page where the words are the service's own."""
    return gettext(ENDINGS[report.ending]) if report.ending in ENDINGS else report.outcome


# --- for those who handle reports ---


@dataclass(frozen=True, slots=True)
class ReportFile:
    """All that the page about one report shows."""

    language: str
    scheme_title: str
    priority: str
    is_overdue: bool
    triages: "QuerySet[Triage]"
    translations: "QuerySet[ReportTranslation]"
    standards: tuple[str, ...]
    indicators: tuple[str, ...]
    methods: tuple[str, ...]
    belongs: tuple[LinkedReport, ...]
    may_belong: tuple[SuggestedReport, ...]
    messages: "QuerySet[ReportMessage]"
    photos: "QuerySet[ReportPhoto]"
    recording: ReportRecording | None
    hand_overs: tuple[tuple[HandOver, str | Promise], ...]
    events: tuple[InspectionEvent, ...]


def report_file(report: Report, *, by: User, at: datetime) -> ReportFile:
    tags = [(one.kind, _tag_in_words(one)) for one in report.tags.order_by("kind", "pk")]
    return ReportFile(
        priority=priority_of(report),
        is_overdue=report.is_overdue(at),
        triages=report.triages.select_related("by", "agency").order_by("-pk"),
        translations=report.translations.select_related("by").order_by("pk"),
        standards=tuple(words for kind, words in tags if kind == TagKind.STANDARD),
        indicators=tuple(words for kind, words in tags if kind == TagKind.INDICATOR),
        methods=tuple(words for kind, words in tags if kind == TagKind.METHOD),
        belongs=tuple(linked.belongs(report, by=by)),
        may_belong=tuple(linked.may_belong(report, by=by)),
        language=language_of(report),
        scheme_title=said(schemes.get(report.scheme, schemes.versions(report.scheme)[-1]).title, "en")
        if report.scheme
        else "",
        messages=report.messages.select_related("by", "translation__by").order_by("pk"),
        photos=report.photos.defer("content").order_by("number"),
        recording=ReportRecording.objects.filter(report=report).defer("sealed").first(),
        hand_overs=tuple((one, one.result_in_words) for one in report.hand_overs.order_by("-pk")),
        events=tuple(_events(report)),
    )


def language_of(report: Report) -> str:
    """What the reporter reads, in the words of the page: what they chose, or the officer who took it down."""
    return str(get_language_info(report.language.split("-")[0])["name_translated"])


def priority_of(report: Report) -> str:
    """How urgent it is, in words."""
    words = triage.words_of(report.scheme, on=timezone.localdate(report.received_at))
    found = words.priority(report.priority) if words else None
    return said(found.title, get_language()) if found else ""


def _tag_in_words(tag: ReportTag) -> str:
    pack = schemes.get(tag.scheme, schemes.versions(tag.scheme)[-1])
    terms = pack.intelligence
    rows: Mapping[str, Sequence[Standard | Indicator | OffenderMethod]] = {
        TagKind.STANDARD: pack.standards,
        TagKind.INDICATOR: terms.indicators if terms else (),
        TagKind.METHOD: terms.methods if terms else (),
    }
    title = next((said(one.title, get_language()) for one in rows[tag.kind] if one.code == tag.code), "")
    return f"{tag.code} {title}".strip()


# For so long a reason holds for which somebody opened a report.
READ_FOR = timedelta(hours=1)


def may_read_on(report: Report, *, by: User, at: datetime) -> bool:
    """Whether this person said not long ago why they read this report."""
    said_why = Event.objects.of([("report", report.reference)]).filter(verb="read", by=by.reference)
    return said_why.filter(at__gt=at - READ_FOR).exists()


@dataclass(frozen=True, slots=True)
class ReportComparison:
    """Two reports side by side; of the other only the reference for whoever has not said why they read it."""

    reports: tuple[Report, ...]
    to_open: str


def compared(report: Report, other: Report | None, *, by: User, at: datetime) -> ReportComparison | None:
    """Both, with their translations; none where there is no other."""
    if other is None or other == report:
        return None
    if not may_read_on(other, by=by, at=at):
        return ReportComparison((), to_open=other.reference)
    both = Report.objects.filter(pk__in=(report.pk, other.pk)).prefetch_related("translations")
    return ReportComparison(tuple(sorted(both, key=lambda one: one != report)), to_open="")


#: What is done to them otherwise than by a declared step.
WORDS: happened.Words = {
    "report": {
        "receive": _("Received"),
        "read": _("Read"),
        "link": _("Compared with another report"),
        "reply": _("Message from the reporter"),
        "reach": _("Contact details opened"),
    },
}


def _events(report: Report) -> Iterator[InspectionEvent]:
    for event in Event.objects.of([("report", report.reference)])[:EVENTS_ON_A_PAGE]:
        yield InspectionEvent(happened.title(event.kind, event.verb), event.at, event.by_name, event.because)
