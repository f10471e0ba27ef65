"""The form in small steps: one question, or a few that belong together. Which comes next is worked out from the answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from licensing.application_form.rules.facts import SIGNATURE, PageAnswers, Progress
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.registered import is_taken_over, taken_over
from registry.schemes import Form, FormPage, FormQuestion, Section, Text
from registry.schemes.answers import is_answered


@dataclass(frozen=True, slots=True)
class FormStep:
    """The questions of one page, or of one thing of its list, that are asked together now."""

    page: FormPage
    item: str
    code: str
    questions: tuple[FormQuestion, ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(question.key for question in self.questions)

    @property
    def is_single(self) -> bool:
        """Whether it is drawn as one field, whose words are then its heading: one question, or one list to tick."""
        return len(self.questions) == 1 or self.is_list_to_tick

    @property
    def is_list_to_tick(self) -> bool:
        return all(question.tick for question in self.questions)


@dataclass(frozen=True, slots=True)
class StepPlace:
    """Where a step is: which section of how many, which question of about how many; a thing of a list is counted alone."""

    section: int
    sections: int
    question: int
    questions: int


def steps(filled: ApplicationForm, page: FormPage, item: str = "") -> tuple[FormStep, ...]:
    """The steps that the answers call for, in the order of the pack."""
    found = filled.item(page, item)
    by_code: dict[str, list[FormQuestion]] = {}
    taken = taken_over(filled)
    for question in filled.questions(page, found.data if found else {}):
        if found and (question.key in found.taken or is_taken_over(taken, page, question, found.data)):
            continue
        by_code.setdefault(question.asked_in, []).append(question)
    order = {question.asked_in: place for place, question in reversed(list(enumerate(page.questions)))}
    return tuple(FormStep(page, item, code, tuple(by_code[code])) for code in sorted(by_code, key=order.__getitem__))


def step_of(filled: ApplicationForm, page: FormPage, item: str, code: str) -> FormStep | None:
    """The step of this code; None while nothing of it is asked."""
    return next((step for step in steps(filled, page, item) if step.code == code), None)


def heading_of(form: Form, step: FormStep) -> Text:
    """The question, where there is one; else the title of the step or of its page."""
    if len(step.questions) == 1 and not step.is_list_to_tick:
        return step.questions[0].label
    return next((one.title for one in form.steps if one.code == step.code), step.page.title)


def is_open(filled: ApplicationForm, step: FormStep) -> bool:
    """Whether something in it must be answered and is not."""
    found = filled.item(step.page, step.item)
    data: Mapping[str, Any] = found.data if found else {}
    return any(not (filled.is_optional(question) or is_answered(data.get(question.key))) for question in step.questions)


def first_open(filled: ApplicationForm, page: FormPage, item: str = "") -> FormStep | None:
    """Where somebody goes on who comes to a page: where an answer is missing; from the first step, where any may be wrong."""
    asked, found = steps(filled, page, item), filled.item(page, item)
    if found is None or not found.is_complete:
        return next(iter(asked), None)
    return next((step for step in asked if is_open(filled, step)), None)


def following(filled: ApplicationForm, step: FormStep) -> FormStep | None:
    """The step after this one on its page, by these answers; also when this one is not asked any more."""
    order = [question.asked_in for question in step.page.questions]
    later = order.index(step.code)
    return next((one for one in steps(filled, step.page, step.item) if order.index(one.code) > later), None)


def before(filled: ApplicationForm, step: FormStep) -> FormStep | None:
    """The step before this one on its page."""
    order = [question.asked_in for question in step.page.questions]
    earlier = order.index(step.code)
    found = [one for one in steps(filled, step.page, step.item) if order.index(one.code) < earlier]
    return found[-1] if found else None


def page_before(filled: ApplicationForm, page: FormPage) -> FormPage | None:
    """The page before this one that asks something: a list, or one with a step."""
    pages = filled.pages()
    earlier = reversed(pages[: pages.index(page)])
    return next((one for one in earlier if one.list_of or steps(filled, one)), None)


def next_page(filled: ApplicationForm, page: FormPage) -> FormPage | None:
    """The next page with something to ask: not one that is complete, but also a list that may stay empty."""
    following = filled.after(page)
    while following is not None and filled.progress(following) is Progress.COMPLETED:
        following = filled.after(following)
    return following


def arisen(before: ApplicationForm, now: ApplicationForm, step: FormStep) -> FormStep | None:
    """What a changed answer newly asks on the same page, and what is still open there."""
    asked = {one.code for one in steps(before, step.page, step.item)}
    data = _data(now, step)
    for one in steps(now, step.page, step.item):
        is_new = one.code not in asked and not any(is_answered(data.get(key)) for key in one.keys)
        if one.code != step.code and (is_new or is_open(now, one)):
            return one
    return None


def pages_arisen(before: ApplicationForm, now: ApplicationForm) -> tuple[str, ...]:
    """The pages on which something is missing now and was not before."""
    missing = {reason.where for reason in before.missing()}
    return tuple(dict.fromkeys(reason.where for reason in now.missing() if reason.where not in missing))


def place_of(filled: ApplicationForm, step: FormStep) -> StepPlace:
    sections = list(filled.sections())
    section = next(place for place, (_section, pages) in enumerate(sections) if step.page in pages)
    counted = (
        [one.code for one in steps(filled, step.page, step.item)]
        if step.item
        else [code for page in sections[section][1] for code in _codes(filled, page)]
    )
    own = step.code if step.item else f"{step.page.slug} {step.code}"
    question = counted.index(own) + 1 if own in counted else len(counted)
    return StepPlace(section + 1, len(sections), question, len(counted))


def open_steps(filled: ApplicationForm, pages: tuple[FormPage, ...]) -> Iterator[FormStep]:
    """What is still to be asked on these pages: all of a page that has not been begun, else what is missing."""
    for page in pages:
        if page.list_of:
            yield from _open_of_list(filled, page)
        else:
            begun = filled.item(page, "") is not None
            yield from (step for step in steps(filled, page) if not begun or is_open(filled, step))


def waiting_steps(filled: ApplicationForm) -> Iterator[FormStep]:
    """What waits to be answered or looked at again of the pages and things that are there; neither places to find nor the signature."""
    for page in filled.pages():
        if any(question.key == SIGNATURE or question.kind == "premises" for question in page.questions):
            continue
        for item in [one.name for one in filled.on(page)] if page.list_of else [""]:
            yield from waiting_of(filled, page, item)


def waiting_of(filled: ApplicationForm, page: FormPage, item: str) -> Iterator[FormStep]:
    """Nothing of what is complete; what is open; all of it, where something that was answered waits to be confirmed."""
    found = filled.item(page, item)
    if found is not None and filled.is_complete(page, found):
        return
    asked = steps(filled, page, item)
    yield from [step for step in asked if is_open(filled, step)] or asked


def asked_steps(filled: ApplicationForm, section: Section) -> Iterator[FormStep]:
    """Every step of a section that these answers call for."""
    for page in (page for page in filled.pages() if page in section.pages):
        for item in [one.name for one in filled.on(page)] if page.list_of else [""]:
            yield from steps(filled, page, item)


def _open_of_list(filled: ApplicationForm, page: FormPage) -> Iterator[FormStep]:
    items: tuple[PageAnswers, ...] = filled.on(page)
    for item in items:
        yield from (step for step in steps(filled, page, item.name) if is_open(filled, step))
    for number in range(len(items), filled.needed(page)):
        yield from steps(filled, page, f"new-{number}")


def _codes(filled: ApplicationForm, page: FormPage) -> Iterator[str]:
    """A list is one question of its section: what is asked of each thing is counted there."""
    yield from [page.slug] if page.list_of else (f"{page.slug} {step.code}" for step in steps(filled, page))


def _data(filled: ApplicationForm, step: FormStep) -> Mapping[str, Any]:
    found = filled.item(step.page, step.item)
    return found.data if found else {}
