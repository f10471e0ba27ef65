"""The application's questions, as the pack asks them: what is shown, what is answered, what is missing. No database, no HTTP."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from registry.errors import Reason
from registry.schemes import Page, Question, Scheme, Unknown, said


class Progress(StrEnum):
    COMPLETED = "completed"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class Item:
    """What was answered on one page, or for one thing of a list (`name` is then not empty)."""

    page: str
    name: str
    data: Mapping[str, Any]
    is_complete: bool


@dataclass(frozen=True, slots=True)
class Filled:
    """A form of the scheme with what has been answered so far."""

    scheme: Scheme
    items: tuple[Item, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(cls, scheme: Scheme, items: Iterable[Item]) -> "Filled":
        kept = tuple(items)
        return cls(scheme, kept, _facts(scheme, kept))

    def pages(self) -> tuple[Page, ...]:
        """The pages that these answers call for, in order."""
        return tuple(self.scheme.form.shown(self.facts))

    def on(self, page: Page) -> tuple[Item, ...]:
        """The answers of one page: one, or one for each thing of a list."""
        return tuple(item for item in self.items if item.page == page.slug and bool(item.name) == bool(page.list_of))

    def data(self, page: Page) -> Mapping[str, Any]:
        """The answers of a page that is not a list; empty when it has not been opened."""
        return next((item.data for item in self.on(page)), {})

    def known(self, page: Page, data: Mapping[str, Any]) -> dict[str, Any]:
        """What the conditions of this page's questions may be asked about: the form's facts, its own page's, its person's."""
        same_person = (
            item.data for other in self.scheme.form.pages if page.person and other.person == page.person
            for item in self.on(other)
        )  # fmt: skip
        known = dict(self.facts)
        for answers in same_person:
            known |= answers
        return known | dict(data)

    def questions(self, page: Page, data: Mapping[str, Any]) -> tuple[Question, ...]:
        """The questions of the page that these answers call for."""
        known = self.known(page, data)
        return tuple(question for question in page.questions if question.is_shown(known))

    def needed(self, page: Page) -> int:
        """How many things a list must hold."""
        return page.list_of.needed(self.facts) if page.list_of else 1

    def progress(self, page: Page) -> Progress:
        items = self.on(page)
        if page.list_of:
            return self._progress_of_list(page, items)
        if not items:
            return Progress.NOT_STARTED
        return Progress.COMPLETED if self.is_complete(page, items[0]) else Progress.IN_PROGRESS

    def is_complete(self, page: Page, item: Item) -> bool:
        """Judged anew, not only when it was saved: an answer elsewhere may have called for another question."""
        asked = self.questions(page, item.data)
        return item.is_complete and all(q.optional or is_answered(item.data.get(q.key)) for q in asked)

    def missing(self) -> Iterator[Reason]:
        """Every page that keeps the application from being handed in; `where` is the page."""
        for page in self.pages():
            progress, title = self.progress(page), said(page.title, _language())
            if progress is Progress.NOT_STARTED:
                yield Reason("page_not_started", _("%s: not started yet.") % title, page.slug)
            elif progress is Progress.IN_PROGRESS:
                yield Reason("page_incomplete", _("%s: something is missing or wrong.") % title, page.slug)

    def after(self, page: Page) -> Page | None:
        """The next page that these answers call for."""
        shown = self.pages()
        later = self.scheme.form.pages.index(page) + 1
        return next((other for other in self.scheme.form.pages[later:] if other in shown), None)

    def person(self, role: str) -> dict[str, Any]:
        """Everything answered about the one person in this role."""
        found: dict[str, Any] = {}
        for page in self.pages():
            if page.person == role:
                found |= self.data(page)
        return found

    def listed(self, of: str) -> Iterator[tuple[Page, Item]]:
        """The things in the lists of this kind: person, premises, vehicle, other."""
        for page in self.pages():
            if page.list_of and page.list_of.of == of:
                for item in self.on(page):
                    yield page, item

    def _progress_of_list(self, page: Page, items: tuple[Item, ...]) -> Progress:
        if any(not self.is_complete(page, item) for item in items):
            return Progress.IN_PROGRESS
        if len(items) < self.needed(page):
            return Progress.IN_PROGRESS if items else Progress.NOT_STARTED
        return Progress.COMPLETED if items else Progress.OPTIONAL


def is_answered(value: Any) -> bool:
    return value not in (None, "", [], {})


def _facts(scheme: Scheme, items: tuple[Item, ...]) -> dict[str, Any]:
    """What the answers about the organisation say, and what follows from them: the band of the turnover, its nation."""
    whole = {page.slug for page in scheme.form.pages if not page.scope}
    facts: dict[str, Any] = {}
    for item in items:
        if item.page in whole and not item.name:
            facts |= {key: value for key, value in item.data.items() if is_answered(value)}
    if band := turnover_band(scheme, facts.get("turnover")):
        facts["turnover_band"] = band
    if nation := (facts.get("address") or {}).get("country"):
        facts["nation"] = nation
    return facts


def turnover_band(scheme: Scheme, turnover: Any) -> str:
    """The code of the fee band of a turnover as typed; empty while it is not known."""
    try:
        return scheme.band(Decimal(str(turnover))).code
    except (InvalidOperation, Unknown):
        return ""


def _language() -> str:
    return (get_language() or "en")[:2]
