"""What stands of a visit, part by part, and what a device takes along of it.

What was taken down of the people whom an inspector met on a visit, and who may read it."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.inspections import rules as inspection_rules
from compliance.inspections.models import Inspection, InspectionQuerySet
from compliance.inspections.queries.findings import scheme_of
from compliance.interviews import rules as interview_rules
from compliance.interviews.models import Interview, Sample, Signature
from registry.accounts.models import User
from registry.errors import Reason
from registry.languages import own_names
from registry.schemes import Scheme, said
from registry.trail.models.events import Event, EventQuerySet


def indicators_of(scheme: Scheme) -> list[dict[str, str]]:
    """The signs of forced labour of a scheme, in the reader's language."""
    rows = scheme.intelligence.indicators if scheme.intelligence else ()
    return [{"code": one.code, "title": said(one.title, get_language())} for one in rows]


#: Whoever says why they read interviews reads them for so long.
READ_FOR = timedelta(hours=1)


def readable_by(user: User) -> InspectionQuerySet:
    """The visits of which this person may read what workers said: their own, or those whose reports they go through."""
    seen = Inspection.objects.visible_to(user)
    return seen if user.has_perm("compliance.confirm_inspection") else seen.filter(inspector=user)


def may_read_on(inspection: Inspection, *, by: User, at: datetime) -> bool:
    """The inspector wrote it; everybody else has said not long ago why they read it."""
    if inspection.inspector_id == by.pk:
        return True
    return interviews_read_by(inspection, by=by).filter(at__gt=at - READ_FOR).exists()


def interviews_read_by(inspection: Inspection, *, by: User) -> EventQuerySet:
    """The events in which this person said why they read what workers said on this visit."""
    return Event.objects.of([("inspection", inspection.reference)]).filter(verb="read_interviews", by=by.reference)


@dataclass(frozen=True, slots=True)
class QuestionWithAnswer:
    """One question in the reader's language, with what was said."""

    question: str
    said: str | Promise
    words: str


@dataclass(frozen=True, slots=True)
class InterviewInWords:
    """One interview in words."""

    interview: Interview
    language: str
    answers: tuple[QuestionWithAnswer, ...]
    indicators: tuple[str, ...]
    may_point_to: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleMet:
    """Everybody met on a visit."""

    samples: tuple[Sample, ...]
    interviews: tuple[InterviewInWords, ...]
    indicators: tuple[tuple[str, str], ...]
    signatures: tuple[Signature, ...]
    blockers: tuple[Reason, ...]
    languages: tuple[tuple[str, str], ...]


def met(inspection: Inspection, *, by: User) -> PeopleMet:
    scheme = scheme_of(inspection)
    titles = {one["code"]: f"{one['code']} {one['title']}" for one in indicators_of(scheme)}
    return PeopleMet(
        samples=tuple(inspection.samples.all()),
        interviews=tuple(_spoken(scheme, one, titles) for one in inspection.interviews.all()),
        indicators=tuple(
            (titles.get(one.code, one.code), one.evidence) for one in inspection.seen_indicators.order_by("pk")
        ),
        signatures=tuple(inspection.signatures.all()),
        blockers=tuple(inspection_rules.record_blockers(inspection, by=by)),
        languages=tuple(own_names()),
    )


SAID: dict[str, str | Promise] = {"yes": _("Yes"), "no": _("No"), "": ""}


def _spoken(scheme: Scheme, one: Interview, titles: dict[str, str]) -> InterviewInWords:
    pointed = [code for code in interview_rules.pointers(scheme, one.answers) if code not in one.indicators]
    return InterviewInWords(
        interview=one,
        language=dict(own_names()).get(one.language, one.language),
        answers=tuple(_answered(scheme, one.answers)),
        indicators=tuple(titles.get(code, code) for code in one.indicators),
        may_point_to=tuple(titles.get(code, code) for code in pointed),
    )


def _answered(scheme: Scheme, answers: dict[str, Any]) -> Iterator[QuestionWithAnswer]:
    for question in scheme.interviews.questions if scheme.interviews else ():
        if answer := answers.get(question.code):
            yield QuestionWithAnswer(said(question.words, get_language()), SAID[answer["said"]], answer["words"])


def told_of(interview: Interview) -> dict[str, Any]:
    """What was kept, as it is handed in."""
    return {name: getattr(interview, name) for name in interview_rules.InterviewRecord.__annotations__}


# --- what others may read of it ---


@dataclass(frozen=True, slots=True)
class WorkersInNumbers:
    """What workers said on a visit, where they are so many that none of them can be told from it: numbers, and no word of theirs."""

    held: int = 0
    declined: int = 0
    answers: tuple[tuple[str, str | Promise, int], ...] = ()
    indicators: tuple[str, ...] = ()
    is_withheld: bool = False


def in_numbers(inspection: Inspection) -> WorkersInNumbers:
    """By the limit of the pack for what a business may be told (`disclosure`); an answer that fewer gave is left out."""
    scheme, interviews = scheme_of(inspection), list(inspection.interviews.all())
    talked = [one for one in interviews if one.consents]
    if not scheme.disclosure.tells(len(talked)):
        return WorkersInNumbers(is_withheld=bool(interviews))
    given = Counter((code, answer["said"]) for one in talked for code, answer in one.answers.items() if answer["said"])
    asked = scheme.interviews.questions if scheme.interviews else ()
    titles = {one["code"]: one["title"] for one in indicators_of(scheme)}
    seen = inspection.seen_indicators.order_by("pk").values_list("code", flat=True)
    return WorkersInNumbers(
        held=len(talked),
        declined=len(interviews) - len(talked),
        answers=tuple(
            (said(one.words, get_language()), SAID[answer], given[one.code, answer])
            for one in asked
            for answer in ("yes", "no")
            if scheme.disclosure.tells(given[one.code, answer])
        ),
        indicators=tuple(titles.get(code, code) for code in seen),
    )
