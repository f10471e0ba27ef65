"""How long a form takes: ten seconds a field and 200 words a minute, since nobody can be timed beforehand."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from math import ceil
from typing import Any

from licensing.application_form.rules import choosing, steps
from licensing.application_form.rules.facts import PARTICULARS, PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import SAME
from licensing.application_form.rules.registered import FROM_REGISTER, TAKEN_OVER
from registry.schemes import FormPage, FormQuestion, Scheme, Text, drawn_as_one, said

SECONDS_A_FIELD = 10
WORDS_A_MINUTE = 200
# All other kinds have one: the parts of a date and of an address are typed one by one.
FIELDS = {"date": 3, "address": 6, "premises": 3}
# What nobody knows by heart.
LOOKED_UP = frozenset({"company_number", "utr", "vat", "paye", "paye_references", "nino", "money"})
_worked_out: dict[tuple[str, date, bool], ApplicationForm] = {}
# An ordinary company has two directors, and one of everything else that the pack wants at least one of.
ORDINARY = {"director": 2}


@dataclass(frozen=True, slots=True)
class FormEffort:
    """What somebody reads and types."""

    fields: int
    words: int

    @property
    def minutes(self) -> int:
        return ceil(self.fields * SECONDS_A_FIELD / 60 + self.words / WORDS_A_MINUTE)


def effort_of(filled: ApplicationForm, asked: Iterable[steps.FormStep], *, language: str) -> FormEffort:
    """Of these steps: a heading, and of each question its label, its hint and its choices."""
    fields = words = 0
    for step in asked:
        fields += sum(FIELDS.get(together[0].kind, 1) for together in drawn_as_one(step.questions))
        texts = [text for question in step.questions for text in _texts(question)]
        if not step.is_single or step.is_list_to_tick:
            texts.append(steps.heading_of(filled.scheme.form, step))
        words += sum(len(said(text, language).split()) for text in texts)
    return FormEffort(fields, words)


def effort_of_ordinary_company(scheme: Scheme, *, language: str, is_registered: bool = False) -> FormEffort:
    filled = ordinary_company(scheme, is_registered=is_registered)
    asked = [step for section, _pages in filled.sections() for step in steps.asked_steps(filled, section)]
    return effort_of(filled, asked, language=language)


def to_have_at_hand(scheme: Scheme) -> tuple[Text, ...]:
    """The numbers and documents that an ordinary company has to look up before it can answer, each once."""
    filled = ordinary_company(scheme)
    numbers = {
        str(question.label): question.label
        for section, _pages in filled.sections()
        for step in steps.asked_steps(filled, section)
        for question in step.questions
        if question.kind in LOOKED_UP
    }
    documents = [one.title for one in scheme.documents_for(filled.facts) if one.required]
    return (*numbers.values(), *documents)


def effort_left(filled: ApplicationForm, pages: tuple[FormPage, ...], *, language: str) -> FormEffort:
    """What is left for the applicant: how much a person who answers for themselves still types follows from their answers."""
    left = (step for step in steps.open_steps(filled, pages) if not _is_of_another(filled, step))
    return effort_of(filled, left, language=language)


def _is_of_another(filled: ApplicationForm, step: steps.FormStep) -> bool:
    found = [filled.item(page, step.item) for page in filled.about_same_person(step.page.slug)]
    return any(item is not None and item.is_own for item in found)


def ordinary_company(scheme: Scheme, *, is_registered: bool = False) -> ApplicationForm:
    """What an ordinary company is asked, worked out once for each version that is loaded.

    With `is_registered` it takes over what the companies register says of it.
    """
    pinned = (scheme.name, scheme.version, is_registered)
    if pinned not in _worked_out or _worked_out[pinned].scheme is not scheme:
        by_hand = _ordinary_company(scheme)
        _worked_out[pinned] = _taken_over(by_hand) if is_registered else by_hand
    return _worked_out[pinned]


def _taken_over(filled: ApplicationForm) -> ApplicationForm:
    taken = {key: filled.facts[key] for key in FROM_REGISTER if key in filled.facts}
    items = [
        replace(item, data={**item.data, TAKEN_OVER: taken}) if "legal_name" in item.data and not item.name else item
        for item in filled.items
    ]
    return ApplicationForm.of(filled.scheme, items)


def _ordinary_company(scheme: Scheme) -> ApplicationForm:
    """The answers of a company in the first nation of the pack: registered for taxes, few workers, and no to everything else."""
    items: list[PageAnswers] = []
    for page in scheme.form.pages:
        filled = ApplicationForm.of(scheme, items)
        if page.is_shown(filled.facts):
            items += _of_page(filled, page)
    return ApplicationForm.of(scheme, items)


def _of_page(filled: ApplicationForm, page: FormPage) -> Iterator[PageAnswers]:
    """The first of a list that must hold somebody is named already: who answers for a company is one of its directors."""
    same = next(choosing.offered(filled, page), None) if filled.needed(page) else None
    for number, name in enumerate(_things(filled, page)):
        person = {SAME: same.place} if same and not number else {}
        yield PageAnswers(page.slug, name, {**_answers(filled, page), **person}, True)


def _things(filled: ApplicationForm, page: FormPage) -> list[str]:
    if page.list_of is None:
        return [""]
    most = max(filled.needed(page), ORDINARY.get(page.list_of.role or "", 0) if filled.needed(page) else 0)
    return [f"item-{number}" for number in range(1, most + 1)]


def _answers(filled: ApplicationForm, page: FormPage) -> dict[str, Any]:
    # It has the numbers that the register knows of a company, so it says yes to whether it has them.
    has = {fact for question in page.questions if question.key in PARTICULARS for fact in question.depends_on}
    data: dict[str, Any] = {}
    for question in page.questions:
        if question in filled.questions(page, data):
            data[question.key] = _answer(filled.scheme, question, is_so=question.key in has)
    return data


def _answer(scheme: Scheme, question: FormQuestion, *, is_so: bool) -> Any:
    if question.key == "legal_status":
        return "company"
    if question.kind in ("choice", "choices"):
        first = question.choices[0].value
        return first if question.kind == "choice" else [first]
    address = {"line_1": "x", "country": scheme.nations[0].code}
    return {
        "yes_no": is_so,
        "address": address,
        "premises": [{"name": "x", "address": address}],
        "date": "2020-01-01",
        "number": max(question.at_least or 0, 1),
        "money": 1,
        "lines": ["x"],
        "paye_references": ["x"],
    }.get(question.kind, "x")


def _texts(question: FormQuestion) -> Iterator[Text]:
    if question.tick:
        yield question.tick
        return
    yield question.label
    if question.hint:
        yield question.hint
    for choice in question.choices:
        yield choice.label
        if choice.hint:
            yield choice.hint
