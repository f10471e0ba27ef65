"""Whose turn it is, and what each page about an inspection shows.

What an inspector is asked to do on a visit, thing by thing, so that a device can be told what of it has changed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections import rules
from compliance.inspections.filters import InspectionFilter
from compliance.inspections.models import OPEN, Inspection
from compliance.inspections.queries.findings import FindingInWords, TestedSection, scheme_of, sections_of
from compliance.inspections.rules import Proposal, Score
from compliance.inspections.states import Finding
from registry.accounts.models import User
from registry.documents.models import Document
from registry.errors import Reason
from registry.organisations.queries import DERIVED_TITLES
from registry.schemes import Scheme, answers, said
from registry.tasks.filters import waiting_for
from registry.trail.models.events import Event
from registry.trail.queries import history as happened

EVENTS_ON_A_PAGE = 100


def inspections(params: Mapping[str, Any], *, by: User, on: date) -> InspectionFilter:
    """The inspections that this person may see: open ones first, the most urgent at the top."""
    rows = Inspection.objects.visible_to(by).select_related("organisation", "inspector", "sending")
    sees_all = by.has_perm("compliance.view_inspections")
    return InspectionFilter(params, inspections=rows, inspectors=_with_some() if sees_all else (), by=by, on=on)


def _with_some() -> "QuerySet[User]":
    """Everybody who has or had an inspection."""
    return employed_who(Exists(Inspection.objects.filter(inspector=OuterRef("pk")))).order_by("name", "email")


def employed_who(did: Q | Exists) -> "QuerySet[User]":
    """Of the staff and those who are gone, who did something: looked for among them, and not in all that was done."""
    # Their keys are read first: else PostgreSQL takes half of all people for staff, and reads all that was done. Those who are gone
    # are asked for by themselves: with an "or", SQLite reads through everybody who ever signed in.
    staff = list(User.objects.who_may("registry.work_for_authority").values_list("pk", flat=True))
    gone = User.objects.filter(is_active__in=[False])
    return User.objects.filter(did, pk__in=staff).union(gone.filter(did))


def open_count_for(user: User, on: date) -> int:
    """About how many inspections this person has something to do."""
    return waiting_for(Inspection.objects.visible_to(user), user, on).count()


def inspectors() -> "QuerySet[User]":
    """Everybody to whom an inspection may be given."""
    return User.objects.who_may("compliance.report_inspection").order_by("name", "email")


@dataclass(frozen=True, slots=True)
class KnownFact:
    """Something that was known when the inspection was commissioned, as the form asks it."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class ReportGap:
    """What a report still lacks, and the section whose page puts it right; none for the page about the visit."""

    text: str
    section: int | None
    field: str


@dataclass(frozen=True, slots=True)
class InspectionEvent:
    """One event of an inspection, in words."""

    title: str | Promise
    at: datetime
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class InspectionFile:
    """All that the pages about one inspection show."""

    inspection: Inspection
    scheme_title: str
    is_overdue: bool
    is_own: bool
    sections: tuple[TestedSection, ...]
    counts: Mapping[str, int]
    still_open: int
    unmet: tuple[FindingInWords, ...]
    score: Score
    fail_at: int
    proposal: Proposal
    facts: tuple[KnownFact, ...]
    missing: tuple[ReportGap, ...]
    documents: tuple[Document, ...]
    events: tuple[InspectionEvent, ...]


def inspection_file(inspection: Inspection, *, by: User, on: date) -> InspectionFile:
    scheme = scheme_of(inspection)
    prefetch_related_objects([inspection], "results")
    sections = sections_of(inspection)
    tested = [one for section in sections for one in section.tested]
    unmet = tuple(one for one in tested if one.is_unmet)
    score = rules.score(scheme, (one.code for one in unmet))
    return InspectionFile(
        inspection=inspection,
        scheme_title=said(scheme.title, get_language()),
        is_overdue=inspection.is_overdue(on),
        is_own=inspection.inspector_id == by.pk,
        sections=sections,
        counts={finding: sum(1 for one in tested if one.finding == finding) for finding in Finding.values},
        still_open=sum(1 for one in tested if not one.finding),
        unmet=unmet,
        score=score,
        fail_at=scheme.fail_at,
        proposal=rules.proposes(score),
        facts=tuple(known_facts(scheme, inspection.facts)),
        missing=tuple(_missing(sections, rules.report_blockers(inspection, by=by, on=on))),
        documents=tuple(_documents(inspection, by=by)),
        events=tuple(_events(inspection)),
    )


def blockers_elsewhere(move: str, inspection: Inspection) -> Iterator[Reason]:
    """What other rooms have against this move: each app names it in `before_inspection` of its configuration."""
    for config in apps.get_app_configs():
        declared: Mapping[str, Sequence[str]] = getattr(config, "before_inspection", {})
        for path in declared.get(move, ()):
            blockers: Callable[[Inspection], Iterator[Reason]] = import_string(path)
            yield from blockers(inspection)


def _documents(inspection: Inspection, *, by: User) -> Iterator[Document]:
    """The evidence handed in with the case: for whoever has to inspect it, as long as that lasts."""
    if inspection.case and inspection.inspector_id == by.pk and inspection.status in OPEN:
        yield from Document.objects.about(inspection.case).there()


def _missing(sections: tuple[TestedSection, ...], reasons: Iterator[Reason]) -> Iterator[ReportGap]:
    section_of = {one.code: section.number for section in sections for one in section.tested}
    for reason in reasons:
        if reason.where:
            yield ReportGap(str(reason.text), section_of.get(reason.where), reason.where)


def known_facts(scheme: Scheme, facts: Mapping[str, Any]) -> Iterator[KnownFact]:
    """The facts with the words of the form, in its order; then those that nobody was asked."""
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    for key, question in asked.items():
        if key in facts:
            answer = answers.in_words(scheme, question, facts[key])
            yield KnownFact(said(question.label, get_language()), ", ".join(answer.splitlines()))
    for key in sorted(facts.keys() - asked.keys()):
        yield KnownFact(
            str(DERIVED_TITLES.get(key, key.replace("_", " "))), answers.derived_in_words(scheme, key, facts[key])
        )


#: What is done to an inspection otherwise than by a declared step.
WORDS: happened.Words = {
    "inspection": {
        "commission": _("Commissioned"),
        "record_findings": _("Findings saved"),
        "lock": _("Locked, with the digest of all that it says"),
        "take_along": _("Taken along on a device"),
        "hear": _("A device was told what had changed"),
        "field_conflict": _("A device sent another version of something"),
        "field_refused": _("Something that a device sent was refused"),
        "settle": _("Chosen which of two versions counts"),
        "keep_interview": _("Interview saved"),
        "read_interviews": _("Interviews read"),
        "plan": _("Planned"),
        "reply_to_report": _("The business replied"),
    },
}


def _events(inspection: Inspection) -> Iterator[InspectionEvent]:
    own = [("inspection", inspection.reference)]
    found = [
        ("contradiction", reference) for reference in inspection.contradictions.values_list("reference", flat=True)
    ]
    for event in Event.objects.of([*own, *found])[:EVENTS_ON_A_PAGE]:
        yield InspectionEvent(happened.title(event.kind, event.verb), event.at, event.by_name, event.because)


def day_in_words(day: date) -> str:
    return str(date_format(day, "j F Y"))


#: Without a round, an officer has commissioned these because of something that was heard or seen.
REACTIVE = ("compliance",)
