"""Do I need a licence: one question on a page, and the answers so far as they stand in an address."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.datastructures import MultiValueDict

from licensing.forms.answers import FIELDS, language
from registry.schemes import Page, Question, Scheme, said
from registry.schemes.eligibility import Eligibility, only_question


class Ask(forms.Form):
    """The one question of a page. Its label is the heading, and what must be read before answering is its hint."""

    def __init__(
        self,
        scheme: Scheme,
        page: Page,
        *,
        known: Mapping[str, Any],
        today: date,
        data: MultiValueDict[str, str] | None = None,
    ) -> None:
        question = only_question(page)
        kept = [value for key, value in as_query(known) if key == question.key]
        super().__init__(data, initial={question.key: kept if question.kind == "choices" else next(iter(kept), None)})
        before = [*page.body, *([question.hint] if question.hint else [])]
        common = {
            "label": said(page.title, language()),
            "help_text": " ".join(said(text, language()) for text in before),
            "required": True,
        }
        self.fields[question.key] = FIELDS[question.kind](scheme, question, today, common)

    @property
    def asked(self) -> forms.BoundField:
        return next(iter(self))


def answers_in(query: MultiValueDict[str, str], eligibility: Eligibility) -> dict[str, Any]:
    """The answers that an address holds; what answers no question, or not with one of its choices, is none."""
    read = {question.key: _answer(query, question) for question in map(only_question, eligibility.pages)}
    return {key: answer for key, answer in read.items() if answer is not None}


def _answer(query: MultiValueDict[str, str], question: Question) -> Any:
    if question.kind == "yes_no":
        return {"yes": True, "no": False}.get(query.get(question.key, ""))
    values = {choice.value for choice in question.choices}
    given = [value for value in dict.fromkeys(query.getlist(question.key)) if value in values]
    return (given if question.kind == "choices" else given[-1]) if given else None


def as_query(answers: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The answers as an address holds them, and a form in hidden inputs."""
    for key, answer in answers.items():
        for one in answer if isinstance(answer, list) else [answer]:
            yield key, {True: "yes", False: "no"}[one] if isinstance(one, bool) else one
