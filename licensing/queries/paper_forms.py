"""The form of a scheme as it is printed: every page and question, what calls for it in words, boxes and lines to write on."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import get_language, gettext

from licensing.queries.pack_words import asked_when, in_words
from licensing.queries.packs import page_row
from registry.schemes import Page, Question, Scheme, said

LINES = {"textarea": 6, "lines": 4, "paye_references": 4, "address": 5, "premises": 5}
# Nobody ticks a hundred boxes in one row: how many copies of a list's page the paper holds, whatever the scheme allows.
MOST_COPIES = 3


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """What is asked; either `boxes` to tick or `lines` to write on. `when` says what calls for it."""

    label: str
    hint: str
    when: str
    optional: bool
    boxes: tuple[str, ...]
    lines: range


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One page as often as it is printed: once, or for each of the first things of a list."""

    title: str
    why: str
    body: tuple[str, ...]
    notes: tuple[str, ...]
    copies: tuple[str, ...]
    questions: tuple[PaperQuestion, ...]


@dataclass(frozen=True, slots=True)
class PaperSection:
    title: str
    pages: tuple[PaperPage, ...]


@dataclass(frozen=True, slots=True)
class PaperForm:
    title: str
    summary: str
    sections: tuple[PaperSection, ...]


def paper_form(scheme: Scheme) -> PaperForm:
    """The whole form in the language of now, as one prints it."""
    sections = tuple(
        PaperSection(
            f"{section.code}. {said(section.title, get_language())}",
            tuple(_page(scheme, page) for page in section.pages),
        )
        for section in scheme.form.sections
    )
    return PaperForm(said(scheme.service.apply, get_language()), said(scheme.summary, get_language()), sections)


def _page(scheme: Scheme, page: Page) -> PaperPage:
    language = get_language()
    when = asked_when(scheme, page)
    return PaperPage(
        title=said(page.title, language),
        why=said(page.why, language),
        body=tuple(said(text, language) for text in page.body),
        notes=tuple(_notes(scheme, page)),
        copies=tuple(_copies(page)),
        questions=tuple(_question(question, when.get(question.key, "")) for question in page.questions),
    )


def _notes(scheme: Scheme, page: Page) -> Iterator[str]:
    """What calls for the page, and of what it is filled in once each; not what is only for domain owners to read."""
    if page.show_when:
        yield gettext("Only if %s.") % in_words(scheme, page.show_when)
    if page.list_of:
        yield page_row(scheme, page).notes[1 if page.show_when else 0]
        if page.list_of.at_most > MOST_COPIES:
            yield gettext("If there are more, copy the page.")


def _copies(page: Page) -> Iterator[str]:
    if page.list_of is None:
        yield ""
        return
    noun = said(page.list_of.noun, get_language())
    for number in range(1, min(max(page.list_of.at_least, 1) + 1, page.list_of.at_most, MOST_COPIES) + 1):
        yield f"{noun} {number}"


def _question(question: Question, when: str) -> PaperQuestion:
    language = get_language()
    boxes = tuple(said(choice.label, language) for choice in question.choices)
    if question.kind == "yes_no":
        boxes = (gettext("Yes"), gettext("No"))
    return PaperQuestion(
        label=said(question.label, language),
        hint=said(question.hint, language) if question.hint else "",
        when=when,
        optional=question.optional,
        boxes=boxes,
        lines=range(0 if boxes else LINES.get(question.kind, 1)),
    )
