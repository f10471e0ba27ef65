"""What is asked about everyone named is asked of each in their own part, and follows from the parts for the whole.

The applicant is not asked it again: they cannot know what the others answered, and need not sign it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import PersonInForm, named_people
from registry.schemes import FormPage, FormQuestion
from registry.schemes.answers import is_answered

YES = frozenset({True, "yes"})


@dataclass(frozen=True, slots=True)
class OwnAnswer:
    """What one person is asked for the whole, and what was answered; `answer` is None while nothing was."""

    person: PersonInForm
    question: FormQuestion
    answer: Any

    @property
    def is_yes(self) -> bool:
        return self.answer in YES


def own_answers(filled: ApplicationForm, question: FormQuestion) -> Iterator[OwnAnswer]:
    """What everyone named is asked about themselves, from which the answer to this follows. Each person comes once."""
    for person in named_people(filled.scheme.form, filled.items, filled.facts):
        own = {one.key: one for page in person.pages for one in page.questions if one.key in question.from_each}
        for key in question.from_each:
            if key in own and own[key].is_shown({**filled.facts, **person.data}):
                answer = person.data.get(key)
                yield OwnAnswer(person, own[key], answer if is_answered(answer) else None)


def follows(filled: ApplicationForm, question: FormQuestion) -> bool | None:
    """Yes as soon as one person says so; no only when everyone has said no; else it is not known yet."""
    answers = list(own_answers(filled, question))
    if any(one.is_yes for one in answers):
        return True
    is_open = not answers or any(one.answer is None for one in answers)
    return None if is_open else False


def facts_of_all(filled: ApplicationForm) -> dict[str, Any]:
    """The facts of the form, with what follows from each person's own part. For the authority: not for the applicant."""
    found = {question.key: follows(filled, question) for page in filled.pages() for question in decided(page)}
    return {**filled.facts, **{key: answer for key, answer in found.items() if answer is not None}}


def decided(page: FormPage) -> tuple[FormQuestion, ...]:
    """The questions of a page that are not asked there, and are yes or no for the whole."""
    return tuple(question for question in page.from_each if question.kind == "yes_no")


def was_said_of_all(question: FormQuestion, handed_in: Mapping[str, Any], answers: list[OwnAnswer]) -> bool:
    """Whether the whole was asked this when it was handed in, before it was left to each person, and said yes."""
    return handed_in.get(question.key) in YES and not any(one.is_yes for one in answers)
