"""The answers of an application as officers read them, page by page."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import get_language, gettext, pgettext

from licensing.application_form.rules import choosing, gathered
from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.gathered import OwnAnswer
from licensing.applications.models import Application
from licensing.applications.queries.applications import form_of
from licensing.holding.queries.renewals import changed_since
from registry.schemes import FormPage, FormQuestion, holds, said
from registry.schemes.answers import is_answered
from registry.trail.queries.summaries import SummaryRow


@dataclass(frozen=True, slots=True)
class AnsweredPage:
    """What was answered on one page; `is_changed` when a renewal says otherwise than the application before it."""

    title: str
    rows: tuple[SummaryRow, ...]
    is_changed: bool


def answered_pages(application: Application, *, on: date) -> tuple[AnsweredPage, ...]:
    """What was answered, page by page, marked where a renewal says otherwise than the application before it."""
    return pages_of(application, form_of(application, today=on))


def pages_of(application: Application, filled: ApplicationForm) -> tuple[AnsweredPage, ...]:
    return tuple(_pages(filled, changed_since(application), application.facts))


def _pages(
    filled: ApplicationForm, changed: Set[tuple[str, str]], handed_in: Mapping[str, Any]
) -> Iterator[AnsweredPage]:
    """The answers as they were handed in; a list has a page for each thing in it."""
    for _section, pages in filled.sections():
        for page in pages:
            for item in filled.on(page):
                rows = tuple(_rows(filled, page, item, handed_in))
                yield AnsweredPage(said(page.title, get_language()), rows, (page.slug, item.name) in changed)


def _rows(
    filled: ApplicationForm, page: FormPage, item: PageAnswers, handed_in: Mapping[str, Any]
) -> Iterator[SummaryRow]:
    asked = filled.questions(page, item.data)
    for question in page.questions:
        label = said(question.label, get_language())
        if question in asked:
            yield SummaryRow(label, filled.in_words(question, item.data.get(question.key)))
        elif question.from_each and (words := _of_each(filled, question, item, handed_in)):
            yield SummaryRow(label, words)


def _of_each(filled: ApplicationForm, question: FormQuestion, item: PageAnswers, handed_in: Mapping[str, Any]) -> str:
    """What follows from each person's own part, and whose it is; before it was left to each, the whole was asked."""
    answers = list(gathered.own_answers(filled, question))
    if question.kind == "yes_no":
        return _decided(filled, question, answers, handed_in)
    lines = [_said_by(filled, one, filled.in_words(one.question, one.answer)) for one in answers if one.answer]
    of_all = item.kept.get(question.key)
    if is_answered(of_all) and holds(question.show_when, handed_in):
        lines.append(filled.in_words(question, of_all))
    return "\n".join(lines)


def _decided(
    filled: ApplicationForm, question: FormQuestion, answers: list[OwnAnswer], handed_in: Mapping[str, Any]
) -> str:
    if gathered.was_said_of_all(question, handed_in, answers):
        return gettext("Yes, as answered for everyone named at once")
    answer = gathered.follows(filled, question)
    if answer is None:
        return gettext("Not answered by everyone named yet")
    if not answer:
        return gettext("No, as everyone named answered for themselves")
    named = [choosing.in_words(filled, one.person, get_language()) for one in answers if one.is_yes]
    return gettext("Yes: %s") % ", ".join(named)


def _said_by(filled: ApplicationForm, own: OwnAnswer, words: str) -> str:
    return pgettext("a person: what was answered", "%(person)s: %(answer)s") % {
        "person": choosing.in_words(filled, own.person, get_language()),
        "answer": words,
    }
