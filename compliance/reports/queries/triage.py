"""By what a report can be sorted: priorities, standards, indicators and methods of the pack, in words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.conf import settings
from django.db.models import Count, Exists, Min, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import get_language, gettext, override

from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import HandOverResult
from compliance.reports.models.reports import Report
from compliance.reports.models.triage import ReportClock, ReportEnding, ReportReminder, TagKind
from compliance.reports.queries import signs
from compliance.reports.rules import triage
from compliance.reports.rules.reports import ENDINGS
from registry import schemes
from registry.accounts.models import User
from registry.conflicts.models import Conflict
from registry.licences.models import Licence
from registry.schemes import Scheme, said

Choices = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Tags:
    """What a report may be tagged by, of which scheme, and what it is tagged by now."""

    scheme: str
    standards: Choices
    indicators: Choices
    methods: Choices
    chosen: Mapping[str, Sequence[str]]


def priorities(report: Report) -> Choices:
    words = triage.words_of(report.scheme, on=timezone.localdate(report.received_at))
    return [(one.code, said(one.title, get_language())) for one in words.priorities] if words else []


def tags_for(report: Report, *, on: date) -> Tags:
    pack = pack_of(report, on)
    terms = pack.intelligence
    now = list(report.tags.filter(scheme=pack.name).values_list("kind", "code"))
    return Tags(
        scheme=pack.name,
        standards=schemes.coded(pack.standards, get_language()),
        indicators=signs.choices(terms, terms.indicators if terms else ()),
        methods=signs.choices(terms, terms.methods if terms else ()),
        chosen={
            "standards": [code for kind, code in now if kind == TagKind.STANDARD],
            "indicators": [code for kind, code in now if kind == TagKind.INDICATOR],
            "methods": [code for kind, code in now if kind == TagKind.METHOD],
        },
    )


@dataclass(frozen=True, slots=True)
class PriorityBacklog:
    """Of one priority: how many are open, how many nobody has decided on, how many are late, and since when the oldest waits.

    `is_danger`: someone said that a person is in danger.
    """

    title: str
    is_danger: bool
    open: int
    undecided: int
    overdue: int
    oldest: datetime | None


def clocks(*, at: datetime) -> list[PriorityBacklog]:
    """The clocks of all reports, and nothing of any report: for whoever answers for the work."""
    words = triage.words_of("", on=timezone.localdate(at))
    priorities = words.priorities if words else ()
    titles = {one.code: said(one.title, get_language()) for one in priorities}
    dangers = {one.code for one in priorities if "yes" in one.answers}
    late = dict(_counted(Report.objects.overdue_at(at)))
    waiting = Report.objects.undecided()
    undecided, oldest = dict(_counted(waiting)), dict(waiting.values_list("priority").annotate(Min("received_at")))
    open_now = _counted(Report.objects.open())
    return [
        PriorityBacklog(
            titles.get(code, code),
            code in dangers,
            how_many,
            undecided.get(code, 0),
            late.get(code, 0),
            oldest.get(code),
        )
        for code, how_many in sorted(open_now, key=lambda one: _place(one[0], titles))
    ]


def _place(code: str, titles: Mapping[str, str]) -> int:
    return list(titles).index(code) if code in titles else len(titles)


def _counted(reports: "QuerySet[Report]") -> list[tuple[str, int]]:
    return list(reports.order_by().values_list("priority").annotate(Count("pk")))


def called(reference: str, *, by: User) -> Report | None:
    """The report of this reference, if this person may see it."""
    return Report.objects.visible_to(by).filter(reference=reference.strip().upper()).first()


def licence_of(report: Report) -> Licence | None:
    """The newest licence of the organisation that it is about."""
    return report.organisation.licences.order_by("-pk").first() if report.organisation else None


def scheme_of(report: Report) -> str:
    """That of the licence it names; else of the organisation that it is about; else the one that has been in force longest."""
    licence = licence_of(report)
    named = report.scheme or (licence.scheme if licence else "")
    return named or min(schemes.names(), key=lambda one: schemes.versions(one)[0])


def pack_of(report: Report, on: date) -> Scheme:
    return schemes.in_force(scheme_of(report), on)


# --- what has passed ---

#: As many reports as one run reminds of: the next run goes on.
AT_ONCE = 200


def to_be_reminded_of(at: datetime) -> Iterator[tuple[Report, str, datetime]]:
    """Each report of which a day or hour has passed that nobody was told of yet: which clock, and when it ran out."""
    undecided = (
        Report.objects.undecided()
        .filter(decide_by__lt=at)
        .exclude(
            Exists(
                ReportReminder.objects.filter(
                    report=OuterRef("pk"), clock=ReportClock.DECIDE, due=OuterRef("decide_by")
                )
            )
        )
    )
    for report in undecided.order_by("decide_by", "pk")[:AT_ONCE]:
        yield report, ReportClock.DECIDE, report.decide_by
    untold = (
        Report.objects.open()
        .filter(is_decided=True, tell_by__lt=timezone.localdate(at))
        .exclude(
            Exists(
                ReportReminder.objects.filter(
                    report=OuterRef("pk"), clock=ReportClock.TELL, due__date=OuterRef("tell_by")
                )
            )
        )
    )
    for report in untold.order_by("tell_by", "pk")[:AT_ONCE]:
        yield report, ReportClock.TELL, timezone.make_aware(datetime.combine(report.tell_by, time.min))


def to_be_reminded(report: Report) -> "QuerySet[User]":
    """Whoever has begun to look at it, if they still may; else everybody who may. Nobody with a conflict of interest."""
    handlers = User.objects.who_may("compliance.handle_reports").order_by("pk")
    if report.organisation_id is not None:
        in_conflict = Conflict.objects.in_force().filter(organisation=report.organisation_id)
        handlers = handlers.exclude(pk__in=in_conflict.values("officer"))
    own = handlers.filter(pk=report.begun_by_id or 0)
    return own if own.exists() else handlers


# --- what the reporter is told when others have acted ---


@dataclass(frozen=True, slots=True)
class ReporterWords:
    """What is said to a reporter, in English and in their language if that is another."""

    text: str
    translation: str
    translator: str


TRANSLATOR = "The service itself"


def words_for_reporter(hand_over: HandOver) -> ReporterWords:
    """Whether something was done, and no more: not what, where or when, so that no one is endangered who is seen to read it."""
    acted = hand_over.result in (HandOverResult.NOT_MET, HandOverResult.PROPOSED, HandOverResult.REPLY)
    assert hand_over.report is not None
    return words_of_ending(ReportEnding.ACTED if acted else ReportEnding.NOT_ACTED, language=hand_over.report.language)


def words_of_ending(ending: str, *, language: str) -> ReporterWords:
    """What the service itself says at the end, in English and in this language."""
    words = ENDINGS[ending]
    with override(settings.LANGUAGE_CODE):
        english = gettext(words)
    if language == settings.LANGUAGE_CODE:
        return ReporterWords(english, "", "")
    with override(language):
        return ReporterWords(english, gettext(words), TRANSLATOR)
