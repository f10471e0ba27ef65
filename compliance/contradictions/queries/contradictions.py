"""What contradicts itself in a report now, and what of it must still be answered before anything follows from the report."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.contradictions.models import Contradiction
from compliance.contradictions.rules import answering, comparing
from compliance.contradictions.rules.comparing import FoundContradiction, RuleBook, VisitFacts
from compliance.contradictions.states import ContradictionStatus
from compliance.inspection_reports.rules import SAID_BY_A_WORKER
from compliance.inspections.models import Inspection
from compliance.inspections.queries.findings import scheme_of
from compliance.inspections.states import InspectionStatus
from compliance.interviews.queries import interviews_read_by
from compliance.plans.models import VisitPlan
from registry import signing
from registry.accounts.models import User
from registry.errors import Reason
from registry.schemes import ContradictionRule, Scheme, said
from registry.trail.queries import history as happened

S = ContradictionStatus


def rule_book(scheme: Scheme) -> RuleBook:
    """The rules of the pack as plain values: on the server and on the device the same."""
    terms = scheme.contradictions
    return {
        "contradictions": [
            {**one.model_dump(include=set(COMPARED)), "findings": list(one.findings)} for one in terms.contradictions
        ],
        "speaks_against": [
            {"sign": one.sign, "question": one.question, "answer": one.answer, "standards": list(one.standards)}
            for one in terms.speaks_against
        ],
    }


COMPARED = ("code", "kind", "severity", "findings", "days", "percent")


def facts_of(inspection: Inspection) -> VisitFacts:
    """What the report says now, as far as it is compared."""
    scheme, results = scheme_of(inspection), {one.standard: one for one in inspection.results.all()}
    plan = VisitPlan.objects.filter(inspection=inspection).first()
    drawn = inspection.samples.order_by("-number").first()
    return {
        "findings": {
            code: {
                "finding": results[code].finding if code in results else "",
                "evidence": results[code].evidence if code in results else "",
                "critical": scheme.standard(code).critical,
            }
            for code in inspection.standards
        },
        "signs": sorted(inspection.seen_indicators.values_list("code", flat=True), key=int),
        "interviews": [
            {
                "name": one.reference,
                "consents": one.consents,
                "place": one.drawn_number,
                "signs": one.indicators,
                "answers": {code: answer["said"] for code, answer in one.answers.items()},
            }
            for one in inspection.interviews.all()
        ],
        "exhibits": [
            {"name": str(one.number), "standards": one.standards}
            for one in inspection.exhibits.standing().order_by("number")
        ],
        "drawn": drawn.drawn if drawn else [],
        "draws": scheme.interviews is not None,
        "visited_on": inspection.visited_on.isoformat() if inspection.visited_on else "",
        "planned_on": plan.day.isoformat() if plan else "",
        "signatures": inspection.signatures.count(),
    }


@dataclass(frozen=True, slots=True)
class ContradictionNow:
    """One that the report has now, with the digest of all that it rests on, and the row in which it is answered, if there is one."""

    found: FoundContradiction
    rule: ContradictionRule
    digest: str
    row: Contradiction | None

    @property
    def must_answer(self) -> bool:
        return self.rule.severity == "must_answer"

    @property
    def is_settled(self) -> bool:
        return self.row is not None and self.row.status == S.ACCEPTED

    @property
    def in_words(self) -> str:
        says = said(self.rule.says, get_language())
        return f"{self.found.standard}. {says}" if self.found.standard else says


def contradictions_now(inspection: Inspection) -> list[ContradictionNow]:
    """Worked out from what the tables say, so that no answer counts for anything but what it was given to."""
    scheme = scheme_of(inspection)
    if not scheme.contradictions.contradictions:
        return []
    facts = facts_of(inspection)
    rows = {(row.code, row.standard): row for row in inspection.contradictions.exclude(status=S.RESOLVED)}
    by_code = {one.code: one for one in scheme.contradictions.contradictions}
    words = _words_of(inspection)
    now = []
    for found in comparing.contradictions(rule_book(scheme), facts):
        digest, row = _digest_of(found, facts, words), rows.get(found.key)
        now.append(ContradictionNow(found, by_code[found.code], digest, row if row and row.digest == digest else None))
    return now


def row_of(inspection: Inspection, one: ContradictionNow) -> Contradiction:
    """The row in which it is answered, or one as it would be kept; not saved."""
    version = inspection.versions.count()
    row = one.row or Contradiction(first_version=version, last_version=version)
    row.inspection = inspection
    return row


def _words_of(inspection: Inspection) -> Mapping[tuple[str, str], str]:
    """The digest of what each thing says on which a contradiction can rest."""
    words = {("sign", one.code): signing.digest(one.evidence) for one in inspection.seen_indicators.all()}
    for interview in inspection.interviews.all():
        told = {field: getattr(interview, field) for field in SAID_BY_A_WORKER}
        words["interview", interview.reference] = signing.digest(told)
    for item in inspection.exhibits.standing():
        words["exhibit", str(item.number)] = signing.digest([item.description, item.digest])
    return words


def _digest_of(found: FoundContradiction, facts: VisitFacts, words: Mapping[tuple[str, str], str]) -> str:
    """Of all that it rests on: the finding with its evidence, and each thing with what it says."""
    finding = dict(facts["findings"].get(found.standard, {}))
    about = [[*one, words.get(one, "")] for one in found.rests_on]
    return signing.digest({"code": found.code, "standard": found.standard, "finding": finding, "rests_on": about})


# --- what is refused while one is open ---


def confirm_blockers(inspection: Inspection) -> Iterator[Reason]:
    """Why a report may not be confirmed: each that must be answered and is not."""
    if inspection.status == InspectionStatus.REPORTED:
        now = contradictions_now(inspection)
        yield from answering.confirm_blockers(one.in_words for one in now if one.must_answer and not one.is_settled)


def report_blockers(inspection: Inspection) -> Iterator[Reason]:
    """Why a report may not be handed in: each of which its reviewer asked, if it is as it was."""
    if inspection.contradictions.filter(status=S.ASKED).exists():
        now = contradictions_now(inspection)
        yield from answering.report_blockers(one.in_words for one in now if one.row and one.row.status == S.ASKED)


def asked_about(inspection: Inspection) -> list[tuple[Contradiction, str]]:
    """What the reviewer asks the inspector now, each with the last question."""
    rows = inspection.contradictions.filter(status=S.ASKED).prefetch_related("answers").order_by("pk")
    return [(row, max(row.answers.all(), key=lambda answer: answer.number).text) for row in rows]


def of_inspection(inspection: Inspection) -> list[Contradiction]:
    """Those of which the tasks follow from what is done with the inspection."""
    return list(inspection.contradictions.filter(status=S.ASKED).select_related("inspection"))


#: What is done with a contradiction otherwise than by a declared step.
WORDS: happened.Words = {
    "contradiction": {
        "find": _("Contradiction found"),
        "ask_inspector": _("The inspector was asked about a contradiction"),
        "explain_contradiction": _("Contradiction explained by the inspector"),
        "accept_contradiction": _("Contradiction accepted by the reviewer"),
        "find_again": _("Contradiction still in the report"),
        "resolve_contradiction": _("The report was changed, so the contradiction is gone"),
    },
}


def is_unread(inspection: Inspection, one: ContradictionNow, *, by: User) -> bool:
    """Whether it rests on an interview that this person did not write, nor read since the report was handed in."""
    if by.pk == inspection.inspector_id or not any(kind == "interview" for kind, _name in one.found.rests_on):
        return False
    return (
        not interviews_read_by(inspection, by=by)
        .filter(at__gte=inspection.reported_at or inspection.commissioned_at)
        .exists()
    )
