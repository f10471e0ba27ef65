"""Every path through the questions of `eligibility.toml`: where one leads nowhere, and what none leads to."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from registry.schemes.clauses import Asked, misfits
from registry.schemes.conditions import AnswerCondition, holds
from registry.schemes.eligibility import Eligibility, EligibilityResult, only_question
from registry.schemes.form import Form, FormPage, FormQuestion
from registry.schemes.scheme import Scheme

# What can be answered in so few ways that all paths can be gone.
KINDS = frozenset({"yes_no", "choice", "choices"})
# Below the address of the questions these words are pages of the product's own.
TAKEN_SLUGS = frozenset({"check-answers", "result"})

State = tuple[tuple[str, Any], ...]


@dataclass(slots=True)
class ReachedPages:
    """The pages that paths come to, the endings with answers that lead there, and answers that lead nowhere."""

    pages: set[str] = field(default_factory=set)
    endings: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    nowhere: list[Mapping[str, Any]] = field(default_factory=list)


def faults(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """What is wrong with the questions about who needs a licence."""
    if scheme.eligibility is None:
        return
    found = list(_of_pages(scheme.eligibility, scheme))
    yield from found
    if not found:  # the paths of what contradicts itself say nothing
        yield from _of_paths(scheme.eligibility)


def _of_pages(eligibility: Eligibility, scheme: Scheme) -> Iterator[tuple[str, str]]:
    asked: dict[str, FormQuestion] = {}
    for page in eligibility.pages:
        key, question = f"pages[{page.slug}]", only_question(page)
        yield from ((f"{key}.show_when", reason) for reason in _misfits(page.show_when, asked, scheme))
        yield from ((key, reason) for reason in _of_page(page))
        if question.key in asked:
            yield f"{key}.questions[{question.key}]", "is asked on a page before"
        yield from ((f"{key}.questions[{question.key}]", reason) for reason in _of_question(question, scheme.form))
        asked[question.key] = question
    for ending in eligibility.endings:
        key = f"endings[{ending.code}].when"
        yield from ((key, reason) for reason in _misfits(ending.when, asked, scheme))


def _misfits(condition: AnswerCondition | None, asked: Asked, scheme: Scheme) -> Iterator[str]:
    """Nothing is known here but what was asked before: no fact that the product derives from an application."""
    for clause in condition.clauses if condition else ():
        if clause.fact not in asked:
            yield f"no page before asks {clause.fact!r}"
            return
    yield from misfits(condition, asked, scheme)


def _of_page(page: FormPage) -> Iterator[str]:
    if len(page.questions) > 1:
        yield "asks one thing only"
    if page.list_of or page.person:
        yield "asks about the business itself: neither a list nor a person"
    if page.slug in TAKEN_SLUGS:
        yield "is the address of a page of the product itself"


def _of_question(question: FormQuestion, form: Form) -> Iterator[str]:
    """What the form asks too, under the same key, is carried into an application: so it must be the same question."""
    if question.kind not in KINDS:
        yield f"must be one of {', '.join(sorted(KINDS))}"
    if question.kind != "yes_no" and not question.choices:
        yield "there is nothing to choose"
    if question.show_when or question.optional:
        yield "the page says when it is asked, and it must be answered"
    if question.key in form.facts() and not can_be_carried(question, form):
        yield "the form asks this too, in another way: the answer could not be carried over"


def can_be_carried(question: FormQuestion, form: Form) -> bool:
    """Whether the form takes an answer to this question for an answer to its own of the same key."""
    own = form.question(question.key)
    values = {choice.value for choice in own.choices}
    return own.kind == question.kind and (
        own.kind == "yes_no" or any(choice.value in values for choice in question.choices)
    )


def _of_paths(eligibility: Eligibility) -> Iterator[tuple[str, str]]:
    reached = reach(eligibility)
    for answers in reached.nowhere[:3]:
        said = ", ".join(f"{key} = {value!r}" for key, value in answers.items())
        yield "endings", f"whoever answers {said} comes to no ending"
    for page in eligibility.pages:
        if page.slug not in reached.pages:
            yield f"pages[{page.slug}]", "no path leads to this page"
    for ending in eligibility.endings:
        if ending.code not in reached.endings:
            yield f"endings[{ending.code}]", "no path leads to this ending"


def reach(eligibility: Eligibility) -> ReachedPages:
    """Go every path. Two paths that differ only in what nothing asks about any more are gone as one from there on."""
    reached = ReachedPages()
    states: dict[State, dict[str, Any]] = {(): {}}
    for number, page in enumerate(eligibility.pages):
        relevant = _relevant(eligibility, number + 1)
        following: dict[State, dict[str, Any]] = {}
        for facts in states.values():
            for further in _answered(eligibility, page, facts, reached):
                following.setdefault(_state(further, relevant), further)
        states = following
    for facts in states.values():
        if eligibility.last:
            reached.endings.setdefault(eligibility.last.code, facts)
        else:
            reached.nowhere.append(facts)
    return reached


def _answered(
    eligibility: Eligibility, page: FormPage, facts: dict[str, Any], reached: ReachedPages
) -> Iterator[dict[str, Any]]:
    """The facts after this page, for each way to answer it that does not end the path."""
    if not page.is_shown(facts):
        yield facts
        return
    reached.pages.add(page.slug)
    question = only_question(page)
    may_end = _endings_on({question.key}, eligibility)
    for value in answers_to(question, eligibility):
        further = {**facts, question.key: value}
        if ending := next((one for one in may_end if holds(one.when, further)), None):
            reached.endings.setdefault(ending.code, further)
        else:
            yield further


def answers_to(question: FormQuestion, eligibility: Eligibility) -> Iterator[Any]:
    """Every answer that conditions can tell apart."""
    if question.kind == "yes_no":
        yield from (True, False)
    elif question.kind == "choice":
        yield from (choice.value for choice in question.choices)
    else:
        values = _told_apart(question, eligibility)
        for size in range(1, len(values) + 1):
            yield from (list(some) for some in combinations(values, size))


def _told_apart(question: FormQuestion, eligibility: Eligibility) -> list[str]:
    """The choices that conditions name, and one for all the others."""
    asking = [one for one in _clauses(eligibility.pages, eligibility.endings) if one.fact == question.key]
    named = {value for clause in asking for value in (clause.has, *(clause.only or ()))}
    values = [choice.value for choice in question.choices]
    return [value for value in values if value in named] + [value for value in values if value not in named][:1]


def _relevant(eligibility: Eligibility, number: int) -> frozenset[str]:
    """The facts that anything from this page on asks about."""
    to_come = eligibility.pages[number:]
    keys = {only_question(page).key for page in to_come}
    # Of "any of these", what was so before has ended the path; of "all of these", it counts until the end.
    open_still = (
        clause
        for ending in _endings_on(keys, eligibility)
        for clause in _clauses((), [ending])
        if (ending.when and ending.when.all) or clause.fact in keys
    )
    return frozenset(clause.fact for clause in (*_clauses(to_come, ()), *open_still))


def _endings_on(keys: Set[str], eligibility: Eligibility) -> list[EligibilityResult]:
    """The endings that ask about one of these facts. What held without them has ended the path before."""
    return [one for one in eligibility.endings if one.when and any(clause.fact in keys for clause in one.when.clauses)]


def _clauses(pages: Any, endings: Any) -> Iterator[Any]:
    conditions = [*(page.show_when for page in pages), *(ending.when for ending in endings)]
    return (clause for condition in conditions if condition for clause in condition.clauses)


def _state(facts: Mapping[str, Any], relevant: frozenset[str]) -> State:
    return tuple((key, str(value)) for key, value in facts.items() if key in relevant)
