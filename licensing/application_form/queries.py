"""What a scheme pack says, in words: texts, marks and conditions as staff and applicants read them.

Scheme packs as staff read them, before a version is in force and afterwards: what it holds, and what is new in it.

The form of a scheme as it is printed: every page and question, what calls for it in words, boxes and lines to write on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.gathered import decided
from registry.schemes import DERIVED, AnswerCondition, Clause, FormPage, FormQuestion, Scheme, Text, drawn_as_one, said


@dataclass(frozen=True, slots=True)
class AnswerTable:
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def say(text: Text) -> str:
    return said(text, get_language())


def mark(thing: Any) -> str:
    """What a domain owner must still confirm is marked, with the source that it was taken from."""
    if not thing.needs_review:
        return ""
    return gettext("To confirm: %s") % thing.source if thing.source else gettext("To confirm")


SAYS: Mapping[str, str | Promise] = {
    "is_": _("“%(question)s” is answered “%(answer)s”"),
    "in_": _("“%(question)s” is answered “%(answer)s”"),
    "has": _("the answer to “%(question)s” includes “%(answer)s”"),
    "at_least": _("the answer to “%(question)s” is %(answer)s or more"),
    "before": _("the answer to “%(question)s” is before %(answer)s"),
}


NOTHING: Mapping[str, FormQuestion] = {}


def in_words(
    scheme: Scheme, condition: AnswerCondition | tuple[Clause, ...] | None, near: Mapping[str, FormQuestion] = NOTHING
) -> str:
    """A condition as people read it; empty when there is none. `near` are the questions beside the one that it is about."""
    if not condition:
        return ""
    clauses = condition.clauses if isinstance(condition, AnswerCondition) else condition
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    joint = gettext(" and ") if isinstance(condition, AnswerCondition) and condition.all else gettext(" or ")
    return joint.join(_clause(scheme, clause, {**asked, **near}) for clause in clauses)


def _clause(scheme: Scheme, clause: Clause, asked: Mapping[str, FormQuestion]) -> str:
    wanted = getattr(clause, clause.operator)
    question = asked.get(clause.fact)
    if question is None:
        return _address_in(scheme, wanted) if clause.fact == "nation" else _derived(clause.fact, wanted)
    return str(SAYS[clause.operator]) % {"question": say(question.label), "answer": _answer(scheme, question, wanted)}


def _address_in(scheme: Scheme, wanted: Any) -> str:
    """Which nations the organisation's own address may be in, by their names: whoever applies on paper reads this too."""
    titles = {nation.code: say(nation.title) for nation in scheme.nations}
    codes = wanted if isinstance(wanted, tuple) else (wanted,)
    named = [titles.get(code, gettext("another country")) for code in codes]
    return gettext("the organisation’s address is in %s") % gettext(" or ").join(named)


def _derived(fact: str, wanted: Any) -> str:
    """What the product itself knows. The words of these facts are those of the guide for whoever writes packs."""
    words = DERIVED.get(fact, fact)
    if wanted is True:
        return words.removeprefix("whether ")
    if wanted is False:
        return gettext("it is not so that %s") % words.removeprefix("whether ")
    return gettext("%(fact)s is “%(value)s”") % {"fact": words, "value": wanted}


def _answer(scheme: Scheme, question: FormQuestion, wanted: Any) -> str:
    """As it would be read in an application; one of several is said with an “or”."""
    if isinstance(wanted, date):
        wanted = wanted.isoformat()
    given = list(wanted) if isinstance(wanted, tuple) else wanted
    return gettext("” or “").join(ApplicationForm.of(scheme, ()).in_words(question, given).splitlines()) or str(wanted)


def asked_when(scheme: Scheme, page: FormPage) -> dict[str, str]:
    """For each question of a page that is not always asked: what calls for it."""
    beside = {
        question.key: question
        for other in scheme.form.pages
        if page.scope and other.scope == page.scope
        for question in other.questions
    }
    return {
        question.key: gettext("Only if %s.") % in_words(scheme, question.show_when, beside)
        for question in page.asked
        if question.show_when
    }


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of the application form. Its notes: when it is asked, how often if it is a list, what is to be confirmed."""

    slug: str
    title: str
    notes: tuple[str, ...]


# --- the form ---


def page_row(scheme: Scheme, page: FormPage) -> PageRow:
    when = in_words(scheme, page.show_when)
    asked = gettext("Only if %s.") % when if when else ""
    from_each = [gettext("Follows from everyone’s own part: %s") % say(one.label) for one in decided(page)]
    notes = tuple(filter(None, (asked, _times(scheme, page), *from_each, mark(page))))
    return PageRow(page.slug, say(page.title), notes)


def _times(scheme: Scheme, page: FormPage) -> str:
    listed = page.list_of
    if listed is None:
        return ""
    words = {"noun": say(listed.noun), "least": listed.at_least, "most": listed.at_most}
    several = gettext("A list, one page for each: %(noun)s; at most %(most)s.") % words
    if not listed.at_least:
        return several
    when = in_words(scheme, listed.at_least_when)
    needed = gettext("At least %(least)s, if %(when)s.") if when else gettext("At least %(least)s.")
    return f"{several} {needed % {**words, 'when': when}}"


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


def _page(scheme: Scheme, page: FormPage) -> PaperPage:
    language = get_language()
    when = asked_when(scheme, page)
    return PaperPage(
        title=said(page.title, language),
        why=said(page.why, language),
        body=tuple(said(text, language) for text in page.body),
        notes=tuple(_notes(scheme, page)),
        copies=tuple(_copies(page)),
        questions=tuple(_on_paper(scheme, page, when)),
    )


def _on_paper(scheme: Scheme, page: FormPage, when: Mapping[str, str]) -> Iterator[PaperQuestion]:
    for first, *others in drawn_as_one(page.asked):
        if first.tick:
            yield _list_to_tick(scheme, [first, *others])
        else:
            yield _question(first, when.get(first.key, ""))


def _list_to_tick(scheme: Scheme, questions: list[FormQuestion]) -> PaperQuestion:
    ticks = [say(question.tick) for question in questions if question.tick]
    return PaperQuestion(
        label=say(scheme.form.step_title(questions[0])),
        hint=gettext("Tick all that apply."),
        when="",
        optional=False,
        boxes=(*ticks, gettext("None of these")),
        lines=range(0),
    )


def _notes(scheme: Scheme, page: FormPage) -> Iterator[str]:
    """What calls for the page, and of what it is filled in once each; not what is only for domain owners to read."""
    if page.show_when:
        yield gettext("Only if %s.") % in_words(scheme, page.show_when)
    if page.list_of:
        yield page_row(scheme, page).notes[1 if page.show_when else 0]
        if page.list_of.at_most > MOST_COPIES:
            yield gettext("If there are more, copy the page.")


def _copies(page: FormPage) -> Iterator[str]:
    if page.list_of is None:
        yield ""
        return
    noun = said(page.list_of.noun, get_language())
    for number in range(1, min(max(page.list_of.at_least, 1) + 1, page.list_of.at_most, MOST_COPIES) + 1):
        yield f"{noun} {number}"


def _question(question: FormQuestion, when: str) -> PaperQuestion:
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
