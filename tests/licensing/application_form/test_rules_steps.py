"""The steps of the form: what a pack asks, all of it, once, and nothing else, whatever is answered and in whichever order."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.demo.answers import PLAIN
from licensing.application_form.rules import steps
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from registry import schemes
from registry.schemes import FormPage, FormQuestion, Scheme
from registry.schemes.answers import is_answered

SCHEMES = {name: schemes.in_force(name, date(2026, 11, 29)) for name in schemes.names()}


def an_answer(question: FormQuestion, random: Random) -> Any:
    """Something that a person may answer; of what conditions ask about, any of it."""
    if question.kind == "yes_no":
        return random.random() < 0.5
    if question.kind in ("choice", "choices"):
        value = random.choice([choice.value for choice in question.choices])
        return value if question.kind == "choice" else [value]
    if question.kind == "address":
        return {**PLAIN["address"], "country": random.choice(["england", "wales", "elsewhere"])}
    return random.choice([0, 3]) if question.kind == "number" else PLAIN[question.kind]


class Walker:
    """Goes through a form by its steps, as the pages do: each is answered, saved, and the next worked out anew."""

    def __init__(self, scheme: Scheme, random: Random) -> None:
        self.scheme, self.random = scheme, random
        self.stored: dict[tuple[str, str], dict[str, Any]] = {}
        self.shown: list[tuple[str, str, str]] = []

    @property
    def filled(self) -> ApplicationForm:
        return ApplicationForm.of(
            self.scheme, [PageAnswers(page, item, data, True) for (page, item), data in self.stored.items()]
        )

    def walk(self) -> None:
        page: FormPage | None = self.filled.pages()[0]
        while page is not None:
            for number in range(self.filled.needed(page)):
                self._answer(page, f"item-{number}" if page.list_of else "")
            page = self.filled.after(page)

    def save(self, step: steps.FormStep, answers: Mapping[str, Any]) -> None:
        kept = self.stored.setdefault((step.page.slug, step.item), {})
        kept.update(answers)

    def _answer(self, page: FormPage, item: str) -> None:
        step = steps.first_open(self.filled, page, item)
        while step is not None:
            self.shown += [(page.slug, item, question.key) for question in step.questions]
            self.save(step, {q.key: an_answer(q, self.random) for q in step.questions if not q.optional})
            step = steps.following(self.filled, step)


def asked_by(filled: ApplicationForm) -> set[tuple[str, str, str]]:
    """What the pack asks, straight from its conditions."""
    return {
        (page.slug, item.name, question.key)
        for page in filled.pages()
        for item in filled.on(page)
        for question in page.questions
        if question.is_shown(filled.known(page, item.data))
    }


@pytest.mark.parametrize("name", sorted(SCHEMES))
@settings(max_examples=10, deadline=None)
@given(random=st.randoms(use_true_random=True))
def test_the_steps_ask_exactly_what_the_pack_asks_and_a_change_upstream_keeps_every_answer(
    name: str, random: Random
) -> None:
    walker = Walker(SCHEMES[name], random)
    walker.walk()
    filled = walker.filled

    assert len(walker.shown) == len(set(walker.shown)), "a question is shown twice"
    assert set(walker.shown) == asked_by(filled)
    assert list(filled.missing()) == []
    assert [step for page in filled.pages() for step in steps.open_steps(filled, (page,))] == []

    before = {key: dict(data) for key, data in walker.stored.items()}
    step = random.choice([s for s in all_steps(filled) if s.questions[0].kind == "yes_no"])
    key = step.questions[0].key
    was = walker.stored[step.page.slug, step.item][key]
    walker.save(step, {key: not was})
    assert {**walker.stored[step.page.slug, step.item], key: was} == before[step.page.slug, step.item]
    counted = {(page, item, key) for page, item, key in asked_by(walker.filled)}
    assert all(
        (item.page, item.name, key) in counted
        for page in walker.filled.pages()
        for item in walker.filled.on(page)
        for key, value in item.data.items()
        if is_answered(value)
    )
    walker.save(step, {key: was})
    assert walker.stored == before and set(walker.shown) == asked_by(walker.filled)


@pytest.mark.parametrize("name", sorted(SCHEMES))
def test_back_leads_through_the_same_steps_as_forward(name: str) -> None:
    filled = ApplicationForm.of(SCHEMES[name], [])
    for page in filled.pages():
        forward = steps.steps(filled, page)
        assert [steps.before(filled, step) for step in forward[1:]] == list(forward[:-1])
        assert [steps.following(filled, step) for step in forward[:-1]] == list(forward[1:])


def all_steps(filled: ApplicationForm) -> list[steps.FormStep]:
    return [step for section, _pages in filled.sections() for step in steps.asked_steps(filled, section)]
