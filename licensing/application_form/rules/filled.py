"""The application's questions, as the pack asks them: what is shown, what is answered, what is missing. No database, no HTTP.

What is done with an application, from its start until a decision."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from licensing.application_form.rules import people
from licensing.application_form.rules.facts import (
    LISTED_PARTICULARS,
    SIGNATURE,
    PageAnswers,
    Progress,
    counted,
    facts_of_items,
    questions_asked,
)
from registry import signing
from registry.errors import Reason
from registry.schemes import FeeKind, FormPage, FormQuestion, Scheme, Section, answers, said
from registry.schemes.answers import current_language, is_answered


@dataclass(frozen=True, slots=True)
class ApplicationForm:
    """A form of the scheme with what has been answered so far.

    `asked` are the pages that an alteration of a licence answers anew. `settled` are those that were shown when it was
    granted, each with whether it was complete in this version: of these it asks only what its own answers make incomplete.
    """

    scheme: Scheme
    items: tuple[PageAnswers, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)
    asked: frozenset[str] = frozenset()
    settled: Mapping[str, bool] = field(default_factory=dict)
    on_paper: bool = False  # typed in for somebody who need not have a mailbox
    # Asked for many times while a page is made, and worked out once: the answers do not change here.
    _pages: list[tuple[FormPage, ...]] = field(default_factory=list, init=False, repr=False, compare=False)

    @classmethod
    def of(
        cls,
        scheme: Scheme,
        items: Iterable[PageAnswers],
        *,
        asked: Iterable[str] = (),
        settled: Mapping[str, bool] | None = None,
        on_paper: bool = False,
    ) -> "ApplicationForm":
        kept = tuple(items)
        facts = facts_of_items(scheme, kept)
        counting = counted(scheme, people.joined(scheme.form, kept, facts), facts)
        return cls(scheme, counting, facts, frozenset(asked), settled or {}, on_paper)

    def pages(self) -> tuple[FormPage, ...]:
        """The pages that these answers call for, in order."""
        if not self._pages:
            self._pages.append(tuple(page for page in self.scheme.form.shown(self.facts) if self._asks(page)))
        return self._pages[0]

    def _asks(self, page: FormPage) -> bool:
        if not self.asked or page.slug in self.asked:
            return True
        was_complete = self.settled.get(page.slug)
        if was_complete is None:
            return True
        return was_complete and not self._is_done(page)

    def done(self) -> dict[str, bool]:
        """The pages that these answers call for, each with whether nothing is missing on it."""
        return {page.slug: self._is_done(page) for page in self.pages()}

    def _is_done(self, page: FormPage) -> bool:
        return self.progress(page) not in (Progress.NOT_STARTED, Progress.IN_PROGRESS)

    def sections(self) -> Iterator[tuple[Section, tuple[FormPage, ...]]]:
        """The sections that have a page for these answers, each with its pages."""
        shown = self.pages()
        for section in self.scheme.form.sections:
            if pages := tuple(page for page in section.pages if page in shown):
                yield section, pages

    def page_asking(self, key: str) -> FormPage | None:
        """The page on which the organisation itself is asked this."""
        return next((p for p in self.pages() if not p.scope and any(q.key == key for q in p.questions)), None)

    def item(self, page: FormPage, name: str) -> PageAnswers | None:
        """One thing of a list, or with no name the answers of a page that is not a list."""
        return next((item for item in self.on(page) if item.name == name), None)

    def on(self, page: FormPage) -> tuple[PageAnswers, ...]:
        """The answers of one page: one, or one for each thing of a list."""
        return tuple(item for item in self.items if item.page == page.slug and bool(item.name) == bool(page.list_of))

    def data(self, page: FormPage) -> Mapping[str, Any]:
        """The answers of a page that is not a list; empty when it has not been opened."""
        return next((item.data for item in self.on(page)), {})

    def known(self, page: FormPage, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the conditions of this page's questions may be asked about: the form's facts, its own page's, its person's."""
        same_person = (
            item.data
            for other in self.scheme.form.pages
            if page.person and other.person == page.person
            for item in self.on(other)
        )
        known = dict(self.facts)
        for told in same_person:
            known |= told
        return known | dict(data)

    def questions(self, page: FormPage, data: Mapping[str, Any]) -> tuple[FormQuestion, ...]:
        """The questions of the page that these answers call for."""
        return questions_asked(page, self.known(page, {}), data)

    def needed(self, page: FormPage) -> int:
        """How many things a list must hold."""
        return page.list_of.needed(self.facts) if page.list_of else 1

    def progress(self, page: FormPage) -> Progress:
        items = self.on(page)
        if page.list_of:
            return self._progress_of_list(page, items)
        if not items:
            return Progress.NOT_STARTED if self.questions(page, {}) else Progress.COMPLETED
        return Progress.COMPLETED if self.is_complete(page, items[0]) else Progress.IN_PROGRESS

    def is_complete(self, page: FormPage, item: PageAnswers) -> bool:
        """Judged anew, not only when it was saved: an answer elsewhere may have called for another question."""
        return item.is_complete and not self.unanswered(page, item.data, taken=item.taken)

    def unanswered(self, page: FormPage, data: Mapping[str, Any], *, taken: Collection[str] = ()) -> list[FormQuestion]:
        """The questions that these answers call for and that must be answered here, and are not; `taken` are asked elsewhere."""
        asked = (question for question in self.questions(page, data) if question.key not in taken)
        return [q for q in asked if not (self.is_optional(q) or is_answered(data.get(q.key)))]

    def is_optional(self, question: FormQuestion) -> bool:
        """Whether it may be left out. On paper one may have no email address: letters then go by post."""
        return question.optional or (self.on_paper and question.kind == "email")

    def missing(self, *, apart: Collection[tuple[str, str]] = ()) -> Iterator[Reason]:
        """Everything that keeps the application from being handed in, question by question; `where` is the page.

        Nothing is said of what stands `apart`: pages, or things of their lists, that others answer for themselves.
        """
        for page in self.pages():
            progress, title = self.progress(page), said(page.title, current_language())
            if (page.slug, "") in apart:
                continue
            if progress is Progress.NOT_STARTED:
                yield Reason("page_not_started", gettext("%s – not started yet.") % title, page.slug)
            elif progress is Progress.IN_PROGRESS:
                yield from self._wanting(page, title, apart)

    def left(self) -> int:
        """How many pages keep the application from being handed in."""
        return len({reason.where for reason in self.missing()})

    def changed_since_signed(self) -> bool:
        """Whether an answer was saved after the declaration: what was signed is then not what is there now."""
        page = self.page_asking(SIGNATURE)
        signed = self.item(page, "") if page else None
        if signed is None or signed.saved_at is None:
            return False
        saved = (item.saved_at for page in self.pages() for item in self.on(page))
        return any(at > signed.saved_at for at in saved if at)

    def fee(self, kind: FeeKind = "application") -> Decimal | None:
        """What an application with these answers costs; unknown until the turnover is known."""
        band = self.facts.get("turnover_band")
        return self.scheme.fee(band, kind) if band else None

    def in_words(self, question: FormQuestion, value: Any) -> str:
        """An answer as people read it; what is not yet right is shown as it was typed."""
        return answers.in_words(self.scheme, question, value)

    def title_of(self, page: FormPage, item: PageAnswers) -> str:
        """What a thing of a list is called: the first thing that was answered of it and may be read."""
        shown = (question for question in page.questions if self.is_shown(item, question))
        words = (self.in_words(question, item.data.get(question.key)) for question in shown)
        return next((said for said in words if said), "")

    def after(self, page: FormPage) -> FormPage | None:
        """The next page that these answers call for."""
        shown = self.pages()
        later = self.scheme.form.pages.index(page) + 1
        return next((other for other in self.scheme.form.pages[later:] if other in shown), None)

    def person(self, role: str) -> dict[str, Any]:
        """Everything answered about the one person in this role."""
        found: dict[str, Any] = {}
        for page in self.scheme.form.shown(self.facts):
            if page.person == role:
                found |= self.data(page)
        return found

    def told_of_people(self) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
        """Page, thing of the list and all answers about each person who is named, also where it is not asked any more."""
        for page in self.scheme.form.pages:
            if page.list_of and page.list_of.of == "person":
                yield from ((page.slug, item.name, item.data) for item in self.on(page))
        for role in dict.fromkeys(page.person for page in self.scheme.form.pages if page.person):
            pages = [page for page in self.scheme.form.pages if page.person == role]
            yield pages[0].slug, "", {key: value for page in pages for key, value in self.data(page).items()}

    def about_same_person(self, slug: str) -> tuple[FormPage, ...]:
        """The pages that ask about the person whom this page is about; none when it is not asked, or about nobody."""
        page = next((page for page in self.pages() if page.slug == slug), None)
        if page is None:
            return ()
        if page.list_of:
            return (page,) if page.list_of.of == "person" else ()
        return tuple(other for other in self.pages() if other.person == page.person) if page.person else ()

    @property
    def sends_links(self) -> bool:
        """Whether persons may be let answer for themselves: who is named on paper has signed the paper."""
        return self.scheme.parts is not None and not self.on_paper

    def is_shown(self, item: PageAnswers, question: FormQuestion) -> bool:
        """Whether whoever applies may read this answer: what persons answered for themselves is for the authority alone."""
        return not item.is_own or self.scheme.parts is None or question.key in self.scheme.parts.shown

    def listed(self, of: str) -> Iterator[tuple[FormPage, PageAnswers]]:
        """The things in the lists of this kind: person, premises, vehicle, other."""
        for page in self.pages():
            if page.list_of and page.list_of.of == of:
                for item in self.on(page):
                    yield page, item

    def listed_particulars(self) -> Iterator[tuple[str, Any]]:
        """Each particular of the organisation's file that a thing of a list gives, with what it says."""
        for _page, item in self.listed("other"):
            for key, particular in LISTED_PARTICULARS.items():
                if is_answered(item.data.get(key)):
                    yield particular, item.data[key]

    @property
    def agents_taking_fees(self) -> int | None:
        """How many agents take money from the workers, as was answered of each; None where the form does not ask it."""
        if not any(question.key == "agent_fees" for page in self.scheme.form.pages for question in page.questions):
            return None
        return sum(item.data.get("agent_fees") in (True, "yes") for _page, item in self.listed("other"))

    @property
    def asks_for_places(self) -> bool:
        """Whether this form asks where workers are supplied: one that does not says nothing of it."""
        return any(question.kind == "premises" for page in self.scheme.form.pages for question in page.questions)

    def places(self) -> Iterator[tuple[FormPage, PageAnswers, Mapping[str, Any]]]:
        """Every place that an answer names, with the page and the thing of a list it was named for."""
        for page in self.pages():
            asked = [question.key for question in page.questions if question.kind == "premises"]
            for item in self.on(page) if asked else ():
                yield from ((page, item, place) for key in asked for place in item.data.get(key, ()))

    def _wanting(self, page: FormPage, title: str, apart: Collection[tuple[str, str]]) -> Iterator[Reason]:
        """What is not answered on a page; else that something on it is wrong, or that its list is too short."""
        items = [item for item in self.on(page) if (page.slug, item.name) not in apart]
        gaps = [(item, one) for item in items for one in self.unanswered(page, item.data, taken=item.taken)]
        for item, question in gaps:
            thing = self.title_of(page, item) if page.list_of else ""
            where = f"{title} {thing}".strip()
            facts = {"page": where, "question": said(question.label, current_language())}
            yield Reason("not_answered", gettext("%(page)s – “%(question)s” is not answered.") % facts, page.slug)
        with_gaps = [item for item, _question in gaps]
        is_wrong = any(not item.is_complete for item in items if item not in with_gaps)
        if is_wrong or len(self.on(page)) < self.needed(page):
            yield Reason("page_incomplete", gettext("%s – something is missing or wrong.") % title, page.slug)

    def _progress_of_list(self, page: FormPage, items: tuple[PageAnswers, ...]) -> Progress:
        if any(not self.is_complete(page, item) for item in items):
            return Progress.IN_PROGRESS
        if len(items) < self.needed(page):
            return Progress.IN_PROGRESS if items else Progress.NOT_STARTED
        return Progress.COMPLETED if items else Progress.OPTIONAL


def digest_of(filled: ApplicationForm) -> str:
    return signing.digest([[item.page, item.name, item.data] for item in filled.items])


def tag_of(answer: Any) -> str:
    """By which a form says what an answer was when it was opened: equal tags are equal answers."""
    return signing.digest(answer)[:8]


def people_of(filled: ApplicationForm) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for kind in dict.fromkeys(page.person for page in filled.pages() if page.person):
        yield kind, filled.person(kind)
    for page, item in [*filled.listed("person"), *filled.listed("other")]:
        if page.list_of and page.list_of.role:
            yield page.list_of.role, item.data
