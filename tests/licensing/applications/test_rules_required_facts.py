"""For every fact that a pack requires, an application without it is refused, with that reason. Made from the packs themselves.

A question is brought up by the answers that its conditions ask for; then its answer alone is taken away.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest

from config.demo.answers import Profile, answers
from licensing.application_form.rules.facts import SIGNATURE, PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.models import Application
from licensing.applications.rules import applications as rules
from licensing.people_named.models import Part
from licensing.people_named.rules import must_sign
from registry import schemes
from registry.errors import Reason
from registry.schemes import AnswerCondition, FormPage, FormQuestion, Scheme
from tests.conftest import NOW
from tests.stories import a_profile

pytestmark = pytest.mark.once

TODAY = NOW.date()
# What applies today and what is newest: between them a version changes a few questions, which the newest has too.
PACKS = [
    schemes.get(name, version)
    for name in schemes.names()
    for version in sorted({schemes.in_force(name, TODAY).version, schemes.versions(name)[-1]})
]
EACH = pytest.mark.parametrize("pack", PACKS, ids=lambda pack: f"{pack.name}-{pack.version}")


@dataclass
class Wanted:
    """What must be answered so that a question is asked: of the organisation, and on the page of a person or a thing itself."""

    pack: Scheme
    facts: dict[str, Any] = field(default_factory=dict)
    own: dict[str, Any] = field(default_factory=dict)

    def bring_up(self, page: FormPage, question: FormQuestion | None = None) -> None:
        self._meet(page.show_when, page)
        if page.list_of:
            self._meet(page.list_of.at_least_when, page)
        if question:
            self._meet(question.show_when, page)

    def _meet(self, condition: AnswerCondition | None, page: FormPage) -> None:
        if condition is None:
            return
        for clause in condition.all or condition.any[:1]:
            value = _fitting(clause.operator, getattr(clause, clause.operator))
            here = next((q for p in self._same_scope(page) for q in p.questions if q.key == clause.fact), None)
            if page.scope and here:
                self.own[clause.fact] = value
                self._meet(here.show_when, page)
            else:
                self.facts[clause.fact] = value
                self._bring_up_fact(clause.fact)

    def _bring_up_fact(self, key: str) -> None:
        for page in self.pack.form.pages:
            for question in page.questions:
                if not page.scope and question.key == key:
                    self.bring_up(page, question)

    def _same_scope(self, page: FormPage) -> Iterator[FormPage]:
        return (other for other in self.pack.form.pages if other.scope == page.scope)


def _fitting(operator: str, value: Any) -> Any:
    """An answer that satisfies the clause."""
    if operator == "in_":
        return value[0]
    return [value] if operator == "has" else value


KNOWN: dict[str, ApplicationForm] = {}


def filled_for(pack: Scheme, page: FormPage, question: FormQuestion | None = None) -> ApplicationForm:
    """A whole application in which this page, and this question on it, is asked and answered. Made once for all it suits."""
    wanted = Wanted(pack)
    wanted.bring_up(page, question)
    itself = page.slug if page.list_of or wanted.own else ""
    key = f"{pack.name} {pack.version} {itself} {wanted.facts} {wanted.own}"
    if key not in KNOWN:
        KNOWN[key] = _filled(pack, page, wanted)
    return KNOWN[key]


def _filled(pack: Scheme, page: FormPage, wanted: Wanted) -> ApplicationForm:
    told = a_profile(**wanted.facts)
    role = page.person or ""
    people = {**told.people, role: {**told.people.get(role, {}), **wanted.own}}
    lists = {**told.lists, page.slug: [dict(wanted.own)] * max(1, _least(page))} if page.list_of else told.lists
    items = answers(pack, Profile(told.facts, people, lists))
    return ApplicationForm.of(pack, [PageAnswers(item.page, item.name, item.data, True, NOW) for item in items])


def _least(page: FormPage) -> int:
    return page.list_of.at_least if page.list_of else 0


def without(filled: ApplicationForm, page: FormPage, key: str) -> ApplicationForm:
    """The same with this one answer left out; of a list, in its first thing."""
    first = filled.on(page)[0]
    items = [
        PageAnswers(one.page, one.name, _less(one.data, key), True, NOW) if one is first else one
        for one in filled.items
    ]
    return ApplicationForm.of(filled.scheme, items)


def _less(data: Mapping[str, Any], key: str) -> dict[str, Any]:
    return {other: value for other, value in data.items() if other != key}


def reasons(filled: ApplicationForm, signed: Iterable[Part] | None = None) -> list[Reason]:
    """Why this is not handed in when these parts are signed: of everybody who must, if none are given."""
    application = Application(status="draft", scheme=filled.scheme.name)
    parts = signed_parts(filled) if signed is None else signed
    return list(rules.submit_blockers(application, filled, parts=parts, today=TODAY))


def signed_parts(filled: ApplicationForm) -> list[Part]:
    """The own part of each who must sign for themselves, signed."""
    return [Part(page=page, item=item, name=name, signed_at=NOW) for page, item, name in must_sign(filled)]


def required(pack: Scheme) -> Iterator[tuple[FormPage, FormQuestion]]:
    return ((page, question) for page in pack.form.pages for question in page.asked if not question.optional)


def says_so(found: list[Reason], page: FormPage, question: FormQuestion) -> bool:
    label = str(question.label)
    return any(one.code == "not_answered" and one.where == page.slug and label in str(one.text) for one in found)


@EACH
def test_an_application_without_a_required_answer_is_refused_with_that_reason(pack: Scheme) -> None:
    wrong = []
    for page, question in required(pack):
        whole = filled_for(pack, page, question)
        if reasons(whole) or question.key not in whole.on(page)[0].data:
            wrong.append(f"{page.slug} {question.key}: not brought up, {reasons(whole)}")
        elif not says_so(reasons(without(whole, page, question.key)), page, question):
            wrong.append(f"{page.slug} {question.key}: may be left out")
    assert wrong == []


@EACH
def test_what_is_optional_may_be_left_out(pack: Scheme) -> None:
    whole = filled_for(pack, pack.form.pages[0])
    left_out = {
        (page.slug, question.key)
        for page in whole.pages()
        for item in whole.on(page)
        for question in page.questions
        if question.optional and question.key not in item.data
    }

    assert len(left_out) > 10
    assert reasons(whole) == []


@EACH
def test_an_application_without_a_page_that_is_asked_is_refused_with_that_page(pack: Scheme) -> None:
    for page in pack.form.pages:
        whole = filled_for(pack, page)
        if page.list_of and not whole.needed(page):
            continue
        rest = ApplicationForm.of(pack, [item for item in whole.items if item.page != page.slug])
        if page in rest.pages():
            assert ("page_not_started", page.slug) in [(one.code, one.where) for one in reasons(rest)]


@EACH
def test_an_application_without_the_part_of_one_who_must_sign_is_refused_with_that_person(pack: Scheme) -> None:
    roles = pack.parts.must_sign if pack.parts else ()
    for page in [one for one in pack.form.pages if (one.list_of.role if one.list_of else one.person) in roles]:
        whole = filled_for(pack, page)
        signed = signed_parts(whole)
        assert signed
        for left_out in signed:
            rest = [part for part in signed if part is not left_out]
            assert [(one.code, one.where) for one in reasons(whole, rest)] == [("part_not_sent", left_out.page)]


@EACH
def test_a_list_that_is_too_short_is_refused(pack: Scheme) -> None:
    for page in [page for page in pack.form.pages if _least(page) > 1]:
        whole = filled_for(pack, page)
        last = whole.on(page)[-1]
        short = ApplicationForm.of(pack, [item for item in whole.items if item is not last])

        assert ("page_incomplete", page.slug) in [(one.code, one.where) for one in reasons(short)]


@EACH
def test_a_declaration_that_is_not_signed_is_refused(pack: Scheme) -> None:
    page = next(p for p in pack.form.pages if any(q.key == SIGNATURE for q in p.questions))

    found = reasons(without(filled_for(pack, page), page, SIGNATURE))

    assert "not_answered" in [one.code for one in found]
