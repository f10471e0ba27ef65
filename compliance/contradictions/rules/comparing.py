"""What contradicts itself in a report: pure functions of plain values, each the same on the device (config/theme/js/field/contradictions.js).

`tests/compliance/contradictions/cases.json` holds both to the same outcome.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypedDict


class InterviewFacts(TypedDict):
    """One interview: who, whether they talked, their place in the list, the signs in what they said, yes or no by question."""

    name: str
    consents: bool
    place: int | None
    signs: list[str]
    answers: dict[str, str]


class ExhibitFacts(TypedDict):
    name: str
    standards: list[str]


class FindingFacts(TypedDict):
    """What was found of one standard: the finding, its evidence, and whether the standard is critical."""

    finding: str
    evidence: str
    critical: bool


class VisitFacts(TypedDict):
    """All of a report that is compared. Days are YYYY-MM-DD, or empty; `drawn` are the places last selected at random."""

    findings: dict[str, FindingFacts]
    signs: list[str]
    interviews: list[InterviewFacts]
    exhibits: list[ExhibitFacts]
    drawn: list[int]
    draws: bool
    visited_on: str
    planned_on: str
    signatures: int


#: One rule and the table of what speaks against which standards, as the pack has them, as plain values.
Rule = Mapping[str, Any]


class RuleBook(TypedDict):
    contradictions: Sequence[Rule]
    speaks_against: Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class FoundContradiction:
    """A rule that is not kept, of which standard (empty: of the visit), and what it rests on: pairs of a kind and a name."""

    code: str
    standard: str
    rests_on: tuple[tuple[str, str], ...]

    @property
    def key(self) -> tuple[str, str]:
        return self.code, self.standard


def contradictions(book: RuleBook, facts: VisitFacts) -> list[FoundContradiction]:
    """In the order of the rules, and of the standards within each."""
    return [
        FoundContradiction(rule["code"], standard, tuple(rests_on))
        for rule in book["contradictions"]
        for standard, rests_on in KINDS[rule["kind"]](rule, book, facts)
    ]


def in_doubt(book: RuleBook, facts: VisitFacts) -> list[str]:
    """The standards that were not met, or that a sign or the words of a worker speak against, whatever was found."""
    return [
        code
        for code, found in sorted(facts["findings"].items())
        if found["finding"] == "not_met"
        or _signs_against(book, code) & set(facts["signs"])
        or any(_speaks_against(book, code, one) for one in facts["interviews"])
    ]


Found = Iterator[tuple[str, list[tuple[str, str]]]]


def _of_findings(rule: Rule, facts: VisitFacts) -> Iterator[tuple[str, FindingFacts]]:
    """The standards that the rule compares, in order of their codes."""
    for code in sorted(facts["findings"]):
        if facts["findings"][code]["finding"] in rule["findings"]:
            yield code, facts["findings"][code]


def _is_said(found: FindingFacts) -> bool:
    """A blank or a dash is no reason."""
    return any(one.isalnum() for one in found["evidence"])


def _sign_without_reason(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    for code, found in _of_findings(rule, facts):
        against = _signs_against(book, code)
        seen = [("sign", sign) for sign in facts["signs"] if sign in against]
        if seen and not _is_said(found):
            yield code, seen


def _exhibit_without_reason(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    for code, found in _of_findings(rule, facts):
        about = [("exhibit", one["name"]) for one in facts["exhibits"] if code in one["standards"]]
        if about and not _is_said(found):
            yield code, about


def _interview_disagrees(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    for code, _found in _of_findings(rule, facts):
        said = [("interview", one["name"]) for one in facts["interviews"] if _speaks_against(book, code, one)]
        if said:
            yield code, said


def _speaks_against(book: RuleBook, standard: str, interview: InterviewFacts) -> bool:
    signs = _signs_against(book, standard)
    return interview["consents"] and (
        any(sign in signs for sign in interview["signs"])
        or any(
            interview["answers"].get(one["question"]) == one["answer"]
            for one in book["speaks_against"]
            if one["question"] and standard in one["standards"]
        )
    )


def _signs_against(book: RuleBook, standard: str) -> set[str]:
    return {one["sign"] for one in book["speaks_against"] if one["sign"] and standard in one["standards"]}


def _critical_without_evidence(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    for code, found in _of_findings(rule, facts):
        if found["critical"] and not _is_said(found) and not any(code in one["standards"] for one in facts["exhibits"]):
            yield code, []


def _sample_not_interviewed(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    """Who was asked and did not want to talk was asked."""
    asked = {one["place"] for one in facts["interviews"]}
    left = [place for place in facts["drawn"] if place not in asked]
    if len(facts["drawn"]) - len(left) < -(-len(facts["drawn"]) * rule["percent"] // 100):
        yield "", [("place", str(place)) for place in left]


def _no_sample(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    if facts["draws"] and not facts["drawn"]:
        yield "", []


def _off_plan(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    visited, planned = facts["visited_on"], facts["planned_on"]
    if visited and planned and abs((date.fromisoformat(visited) - date.fromisoformat(planned)).days) > rule["days"]:
        yield "", [("day", planned), ("day", visited)]


def _no_signature(rule: Rule, book: RuleBook, facts: VisitFacts) -> Found:
    if not facts["signatures"]:
        yield "", []


KINDS: Mapping[str, Callable[[Rule, RuleBook, VisitFacts], Found]] = {
    "sign_without_reason": _sign_without_reason,
    "exhibit_without_reason": _exhibit_without_reason,
    "interview_disagrees": _interview_disagrees,
    "critical_without_evidence": _critical_without_evidence,
    "sample_not_interviewed": _sample_not_interviewed,
    "no_sample": _no_sample,
    "off_plan": _off_plan,
    "no_signature": _no_signature,
}
