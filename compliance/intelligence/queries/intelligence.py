"""Graded intelligence, for those who work with it; and what was passed on, for the authority that got it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from compliance.inspections.queries.inspections import EVENTS_ON_A_PAGE, InspectionEvent
from compliance.intelligence.filters import IntelligenceFilter
from compliance.intelligence.models.intelligence import Dissemination, Intelligence
from compliance.intelligence.models.sources import IdentityLook, Source
from compliance.intelligence.queries.methods import in_words
from compliance.intelligence.queries.ties import MergedLink, ties_of
from compliance.intelligence.states import DisseminationStatus
from compliance.reports.rules import triage
from registry import schemes
from registry.accounts.models import User
from registry.conflicts.queries import called_by
from registry.organisations.models import Organisation
from registry.schemes import IntelligenceTerms as Words
from registry.trail.models.events import Event
from registry.trail.queries import history as happened

# For so long a reason holds for which somebody opened a piece of intelligence.
READ_FOR = timedelta(hours=1)
Choices = Sequence[tuple[str, str]]


def intelligence(params: Mapping[str, Any], *, by: User, on: date) -> IntelligenceFilter:
    """What this person may see, the newest first: found by its sanitised text, never by what was heard."""
    rows = Intelligence.objects.visible_to(by).select_related("recorded_by").prefetch_related("subjects__organisation")
    words = triage.words_of("", on=on)
    codes = {**choices(words), "method": schemes.coded(words.methods if words else (), get_language())}
    return IntelligenceFilter(params, intelligence=rows, words=codes)


def choices(words: Words | None) -> dict[str, Choices]:
    """The codes of the pack with their titles, by the name of the field that asks for them."""
    if words is None:
        return {"source": (), "information": (), "handling": (), "conditions": ()}
    language = get_language()
    return {
        "source": schemes.coded(words.sources, language),
        "information": schemes.coded(words.information, language),
        "handling": schemes.coded(words.handling, language),
        "conditions": schemes.coded(words.conditions, language),
    }


def words_of(one: Intelligence) -> Words | None:
    """The words in which it was graded."""
    return schemes.get(one.scheme, one.version).intelligence


def is_shared_freely(one: Intelligence) -> bool:
    """Whether its handling code lets others in the authority read the sanitised text without conditions."""
    words = words_of(one)
    codes = {code.code for code in words.handling if not code.has_conditions} if words else set()
    return one.handling in codes and not one.conditions and not one.conditions_said


def conditions_in_words(one: Intelligence) -> str:
    """What those who are given it must keep to, for the end of a text; empty where its handling code has no conditions."""
    titles = dict(choices(words_of(one))["conditions"])
    said_of = [*(titles.get(code, code) for code in one.conditions), one.conditions_said.strip()]
    kept = "; ".join(filter(None, said_of))
    return gettext("Conditions: %(conditions)s") % {"conditions": kept} if kept else ""


def scheme_on(on: date) -> str:
    """The scheme whose words are used for what belongs to none: the one that has been in force longest."""
    return min(schemes.names(), key=lambda name: schemes.versions(name)[0])


def organisations_called(typed: str) -> tuple[list[Organisation], list[str]]:
    """The organisations of these numbers and references; and what is the number of nobody."""
    wanted = [one.strip() for one in typed.split(",") if one.strip()]
    found = {one: called_by(one) for one in wanted}
    return [one for one in found.values() if one], [typed for typed, one in found.items() if one is None]


@dataclass(frozen=True, slots=True)
class ResultOfHandOver:
    """What followed from one piece of intelligence: by which hand-over, the result and what it says of the piece, in words."""

    reference: str
    about: str
    to: str | Promise
    result: str | Promise
    verdict: str | Promise


def results_of(pieces: Iterable[Intelligence], *, by: User) -> tuple[ResultOfHandOver, ...]:
    """What followed from these pieces, and from the reports that they were recorded from, as far as this person may see it."""
    led_to = (
        (origin.reference, one)
        for piece in pieces
        for origin in (piece, piece.report)
        if origin is not None
        for one in origin.hand_overs.visible_to(by).order_by("-pk")
    )
    return tuple(
        ResultOfHandOver(
            one.reference,
            about,
            one.get_to_display(),
            one.result_in_words or one.get_status_display(),
            one.get_verdict_display(),
        )
        for about, one in led_to
    )


@dataclass(frozen=True, slots=True)
class IntelligenceFile:
    """All that the page about one piece of intelligence shows."""

    grades: tuple[tuple[str | Promise, str], ...]
    conditions: tuple[str, ...]
    organisations: tuple[Organisation, ...]
    shows_source_text: bool
    passed_on: "QuerySet[Dissemination]"
    results: tuple[ResultOfHandOver, ...]
    methods: tuple[str, ...]
    ties: tuple[MergedLink, ...]
    events: tuple[InspectionEvent, ...]


def intelligence_file(one: Intelligence, *, by: User) -> IntelligenceFile:
    titles = {name: dict(rows) for name, rows in choices(words_of(one)).items()}
    return IntelligenceFile(
        grades=(
            (_("Source"), titles["source"].get(one.source_grade, one.source_grade)),
            (_("Information"), titles["information"].get(one.information_grade, one.information_grade)),
            (_("Handling"), titles["handling"].get(one.handling, one.handling)),
        ),
        conditions=tuple(titles["conditions"].get(code, code) for code in one.conditions),
        organisations=tuple(subject.organisation for subject in one.subjects.select_related("organisation")),
        shows_source_text=may_read_source_text(one, by=by),
        passed_on=one.passed_on.select_related("agency", "by")
        .prefetch_related("messages", "joint_cases")
        .order_by("-pk"),
        results=results_of([one], by=by),
        methods=tuple(in_words(one)),
        ties=tuple(ties_of(one, by=by)),
        events=tuple(_events("intelligence", one.reference)),
    )


def may_read_source_text(one: Intelligence, *, by: User) -> bool:
    """Need to know: whoever wrote it down, and source handlers."""
    return one.recorded_by_id == by.pk or by.has_perm("compliance.handle_sources")


def may_read_on(one: Intelligence, *, by: User, at: datetime) -> bool:
    """Whether this person said not long ago why they read it."""
    said_why = Event.objects.of([("intelligence", one.reference)]).filter(verb="read", by=by.reference)
    return said_why.filter(at__gt=at - READ_FOR).exists()


#: What is done to intelligence and to sources otherwise than by a declared step.
WORDS: happened.Words = {
    "intelligence": {
        "record": _("Recorded"),
        "read": _("Read"),
        "hand_over_intelligence": _("Handed over to those who act on it"),
        "judge_by_result": _("Judged by the result"),
    },
    "source": {"keep": _("Source kept")},
}


def _events(kind: str, reference: str) -> Iterator[InspectionEvent]:
    for event in Event.objects.of([(kind, reference)])[:EVENTS_ON_A_PAGE]:
        yield InspectionEvent(happened.title(event.kind, event.verb), event.at, event.by_name, event.because)


# --- another authority ---


@dataclass(frozen=True, slots=True)
class PassedIntelligence:
    """What was passed on to an authority, with its conditions in words."""

    row: Dissemination
    organisations: tuple[Organisation, ...]
    conditions: tuple[str, ...]
    grades: tuple[tuple[str | Promise, str], ...]
    may_read: bool


def passed_to(user: User) -> "QuerySet[Dissemination]":
    """What the authority that this person answers for was given, what nobody has accepted yet first."""
    return Dissemination.objects.for_partner(user).order_by("accepted_at", "-pk")


def waiting_for_partner(user: User) -> int:
    return Dissemination.objects.for_partner(user).filter(status=DisseminationStatus.PASSED).count()


def has_opened(row: Dissemination, *, by: User) -> bool:
    """Whether this person of the authority has said that they keep to the conditions."""
    opened = Event.objects.of([("dissemination", row.reference)]).filter(verb__in=("accept_conditions", "open"))
    return opened.filter(by=by.reference).exists()


def passed_in_words(row: Dissemination, *, by: User) -> PassedIntelligence:
    file = intelligence_file(row.intelligence, by=row.by)
    titles = dict(choices(words_of(row.intelligence))["conditions"])
    return PassedIntelligence(
        row,
        file.organisations,
        tuple(titles.get(code, code) for code in row.conditions),
        file.grades,
        has_opened(row, by=by),
    )


# --- sources ---


def sources(user: User) -> "QuerySet[Source]":
    return Source.objects.visible_to(user).order_by("-opened_at", "-pk")


@dataclass(frozen=True, slots=True)
class SourceFile:
    told: "QuerySet[Intelligence]"
    results: tuple[ResultOfHandOver, ...]
    looks: "QuerySet[IdentityLook]"
    events: tuple[InspectionEvent, ...]


def source_file(source: Source, *, by: User) -> SourceFile:
    told = Intelligence.objects.visible_to(by).filter(source=source).order_by("-pk").select_related("report")
    return SourceFile(
        told=told,
        results=results_of(told, by=by),
        looks=source.looks.order_by("-pk"),
        events=tuple(_events("source", source.reference)),
    )


def handlers(besides: User) -> "QuerySet[User]":
    """Every other source handler, by name."""
    return User.objects.who_may("compliance.handle_sources").exclude(pk=besides.pk).order_by("name", "email")
