"""A report with its findings, interviews, exhibits and signs side by side, and what was answered to each contradiction."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from compliance.contradictions.models import Contradiction, ContradictionAnswer
from compliance.contradictions.queries.contradictions import ContradictionNow, contradictions_now
from compliance.contradictions.states import ContradictionStatus
from compliance.exhibits.models import EvidenceItem
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.queries.inspections import day_in_words
from compliance.inspections.rules import score
from compliance.inspections.states import Finding
from compliance.interviews import queries as interview_queries
from compliance.plans.models import VisitPlan
from registry.accounts.models import User
from registry.schemes import Scheme, said

S = ContradictionStatus
#: In an address, in place of the standard of what is about the visit as a whole.
OF_VISIT = "visit"


@dataclass(frozen=True, slots=True)
class AnswerInWords:
    kind: str
    by: str
    at: datetime
    text: str
    version: int


@dataclass(frozen=True, slots=True)
class ShownContradiction:
    """One contradiction in words, with its answers, oldest first."""

    row: Contradiction | None
    found: ContradictionNow | None
    says: str
    must_answer: bool
    rests_on: tuple[str, ...]
    answers: tuple[AnswerInWords, ...]

    @property
    def status(self) -> str:
        return self.row.status if self.row else S.OPEN.value

    @property
    def status_in_words(self) -> str | Promise:
        return S(self.status).label

    @property
    def may_ask_more(self) -> bool:
        """Once the report has gone back with a question, the reviewer may ask about the others in it."""
        return self.row is not None and self.row.last_version > 0 and self.status in (S.OPEN, S.EXPLAINED)

    @property
    def place(self) -> str:
        """What the address of its pages says of the standard."""
        return (self.found.found.standard if self.found else "") or OF_VISIT


@dataclass(frozen=True, slots=True)
class ComparedStandard:
    """One standard, or the visit, with all that is said of it side by side."""

    code: str
    title: str
    points: int
    critical: bool
    finding: str
    evidence: str
    exhibits: tuple[EvidenceItem, ...]
    signs: tuple[tuple[str, str], ...]
    interviews: tuple[interview_queries.InterviewInWords, ...]
    contradictions: tuple[ShownContradiction, ...]


@dataclass(frozen=True, slots=True)
class ReportCompared:
    """All that the page of contradictions shows. `reads` is whether this person may read what workers said now."""

    standards: tuple[ComparedStandard, ...]
    visit: tuple[ShownContradiction, ...]
    former: tuple[ShownContradiction, ...]
    plan: VisitPlan | None
    reads: bool
    talked: int
    unanswered: int
    points: int
    points_if_right: int
    fail_at: int

    @property
    def is_empty(self) -> bool:
        return not (self.standards or self.visit)


def compared(inspection: Inspection, *, by: User, at: datetime) -> ReportCompared:
    scheme, now, answers = scheme_of(inspection), contradictions_now(inspection), answers_of(inspection)
    unmet = {one.standard for one in inspection.results.all() if one.finding == Finding.NOT_MET}
    reads = may_read(inspection, by=by, at=at)
    shown = [(one, _shown(one, answers, reads=reads)) for one in now]
    former = inspection.contradictions.filter(status=S.RESOLVED).order_by("pk")
    return ReportCompared(
        standards=tuple(_standards(inspection, shown, by=by, reads=reads)),
        visit=tuple(one for found, one in shown if not found.found.standard),
        former=tuple(_of_row(scheme, row, answers) for row in former),
        plan=VisitPlan.objects.filter(inspection=inspection).first(),
        reads=reads,
        talked=inspection.interviews.filter(consents=True).count(),
        unanswered=sum(1 for one in now if one.must_answer and not one.is_settled),
        points=score(scheme, unmet).points,
        points_if_right=score(scheme, unmet | {one.found.standard for one in now if one.found.standard}).points,
        fail_at=scheme.fail_at,
    )


def may_read(inspection: Inspection, *, by: User, at: datetime) -> bool:
    """What workers said is for the inspector, and for the reviewer who said not long ago why they read it."""
    readable = interview_queries.readable_by(by).filter(pk=inspection.pk).exists()
    return readable and interview_queries.may_read_on(inspection, by=by, at=at)


def answers_of(inspection: Inspection) -> Mapping[int, list[ContradictionAnswer]]:
    found: dict[int, list[ContradictionAnswer]] = {}
    given = ContradictionAnswer.objects.filter(contradiction__inspection=inspection).select_related("answered_by")
    for answer in given.order_by("number"):
        found.setdefault(answer.contradiction_id, []).append(answer)
    return found


def shown_of(inspection: Inspection, code: str, place: str, *, by: User, at: datetime) -> ShownContradiction | None:
    """One that the report has now; `place` is what the address says of its standard."""
    standard = "" if place == OF_VISIT else place
    found = next((one for one in contradictions_now(inspection) if one.found.key == (code, standard)), None)
    reads = may_read(inspection, by=by, at=at)
    return _shown(found, answers_of(inspection), reads=reads) if found else None


def _shown(
    one: ContradictionNow, answers: Mapping[int, list[ContradictionAnswer]], *, reads: bool
) -> ShownContradiction:
    given = answers.get(one.row.pk, []) if one.row else []
    return ShownContradiction(
        row=one.row,
        found=one,
        says=said(one.rule.says, get_language()),
        must_answer=one.must_answer,
        rests_on=tuple(dict.fromkeys(thing_in_words(*thing, reads=reads) for thing in one.found.rests_on)),
        answers=tuple(answer_in_words(answer) for answer in given),
    )


def _of_row(scheme: Scheme, row: Contradiction, answers: Mapping[int, list[ContradictionAnswer]]) -> ShownContradiction:
    """One that the report has no more."""
    return ShownContradiction(
        row=row,
        found=None,
        says=row_in_words(scheme, row),
        must_answer=False,
        rests_on=(),
        answers=tuple(answer_in_words(answer) for answer in answers.get(row.pk, [])),
    )


def row_in_words(scheme: Scheme, row: Contradiction) -> str:
    rule = next((one for one in scheme.contradictions.contradictions if one.code == row.code), None)
    says = said(rule.says, get_language()) if rule else row.code
    return f"{row.standard}. {says}" if row.standard else says


def answer_in_words(answer: ContradictionAnswer) -> AnswerInWords:
    text = answer.text
    if answer.changed:
        text = gettext("Changed: %(codes)s") % {"codes": ", ".join(answer.changed)}
    return AnswerInWords(answer.get_kind_display(), str(answer.answered_by), answer.answered_at, text, answer.version)


THINGS: Mapping[str, str | Promise] = {
    "sign": _("Sign %(name)s"),
    "exhibit": _("Exhibit %(name)s"),
    "interview": _("Interview %(name)s"),
    "place": _("Worker %(name)s in the list"),
}


def thing_in_words(kind: str, name: str, *, reads: bool) -> str:
    """Which interview it is only those learn who may read it."""
    if kind == "interview" and not reads:
        return gettext("An interview")
    if kind == "day":
        return day_in_words(date.fromisoformat(name))
    return str(THINGS[kind]) % {"name": name}


def _standards(
    inspection: Inspection, shown: list[tuple[ContradictionNow, ShownContradiction]], *, by: User, reads: bool
) -> Iterator[ComparedStandard]:
    scheme, language = scheme_of(inspection), get_language()
    results = {one.standard: one for one in inspection.results.all()}
    exhibits = list(inspection.exhibits.standing().in_order())
    seen = {one.code: one.evidence for one in inspection.seen_indicators.all()}
    titles = {one["code"]: f"{one['code']} {one['title']}" for one in interview_queries.indicators_of(scheme)}
    spoken = interview_queries.met(inspection, by=by).interviews if reads else ()
    concerned = dict.fromkeys(one.found.standard for one, _words in shown if one.found.standard)
    for code in sorted(concerned, key=inspection.standards.index):
        standard, result = scheme.standard(code), results.get(code)
        against = _things(shown, code)
        yield ComparedStandard(
            code=code,
            title=said(standard.title, language),
            points=standard.points,
            critical=standard.critical,
            finding=str(Finding(result.finding).label) if result and result.finding else "",
            evidence=result.evidence if result else "",
            exhibits=tuple(item for item in exhibits if code in item.standards),
            signs=tuple((titles.get(sign, sign), seen.get(sign, "")) for kind, sign in against if kind == "sign"),
            interviews=tuple(one for one in spoken if ("interview", one.interview.reference) in against),
            contradictions=tuple(words for one, words in shown if one.found.standard == code),
        )


def _things(shown: list[tuple[ContradictionNow, ShownContradiction]], code: str) -> list[tuple[str, str]]:
    return [thing for one, _words in shown if one.found.standard == code for thing in one.found.rests_on]


# --- for who decides ---


def answered_of(inspections: Iterable[Inspection]) -> Iterator[tuple[Inspection, str, tuple[AnswerInWords, ...]]]:
    """What the reviewer accepted of each confirmed report, with every answer: who decides on it weighs it."""
    for inspection in inspections:
        scheme, answers = scheme_of(inspection), answers_of(inspection)
        for row in inspection.contradictions.filter(status=S.ACCEPTED).order_by("standard", "pk"):
            yield inspection, row_in_words(scheme, row), tuple(answer_in_words(one) for one in answers.get(row.pk, []))
