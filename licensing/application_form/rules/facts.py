"""The application's questions, as the pack asks them: what is shown, what is answered, what is missing. No database, no HTTP.

What the snapshot of the companies register says otherwise than an application. Nothing of it decides; people see it in time."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from registry.schemes import FormPage, FormQuestion, Scheme, Unknown
from registry.schemes.answers import is_answered

# The question whose answer signs the application: the name of the principal authority, typed.
SIGNATURE = "signature"


# Which answers are particulars of the organisation's file, and under which name; the others stay answers, and become facts.
PARTICULARS = {
    "legal_name": "legal_name",
    "trading_names": "trading_names",
    "former_names": "former_names",
    "legal_status": "legal_status",
    "company_number": "company_number",
    "utr": "utr",
    "vat_number": "vat_number",
    "paye_reference": "paye_references",
    "address": "address",
    "telephone": "telephone",
    "email": "email",
    "website": "website",
}


# What a list says goes to the same particular, after what was answered about the organisation itself.
LISTED_PARTICULARS = {"previous_name": "former_names", "paye_number": "paye_references"}


# The form does not ask for these in every case: what it leaves out is not known of the organisation any more.
NOTHING: Mapping[str, Any] = {"trading_names": [], "former_names": [], "paye_references": [], "address": {}}


class Progress(StrEnum):
    COMPLETED = "completed"
    IN_PROGRESS = "in_progress"
    NOT_STARTED = "not_started"
    OPTIONAL = "optional"


@dataclass(frozen=True, slots=True)
class PageAnswers:
    """What was answered on one page, or for one thing of a list (`name` is then not empty)."""

    page: str
    name: str
    data: Mapping[str, Any]
    is_complete: bool
    saved_at: datetime | None = None
    version: int = 0
    is_own: bool = False  # answered by the person it is about, by a link
    stored: Mapping[str, Any] | None = None  # with what was answered to questions that are not asked now
    taken: frozenset[str] = frozenset()  # what is answered where the same person is named: not asked here

    @property
    def kept(self) -> Mapping[str, Any]:
        """All that is stored, so that an answer is there again when its question is asked again."""
        return self.data if self.stored is None else self.stored


def turnover_band(scheme: Scheme, turnover: Any) -> str:
    """The code of the fee band of a turnover as typed; empty while it is not known."""
    try:
        return scheme.band(Decimal(str(turnover))).code
    except (InvalidOperation, Unknown):
        return ""


def facts_of_items(scheme: Scheme, items: tuple[PageAnswers, ...]) -> dict[str, Any]:
    """What the answers about the organisation say, and what follows from them: the band of the turnover, its nation.

    An answer counts only while its question is asked. Taking one away may take further questions away, so this goes on
    until nothing changes.
    """
    whole = {page.slug for page in scheme.form.pages if not page.scope}
    said_so_far: dict[str, Any] = {}
    for item in items:
        if item.page in whole and not item.name:
            said_so_far |= {key: value for key, value in item.kept.items() if is_answered(value)}
    facts = said_so_far | _derived(scheme, said_so_far)
    for _page in scheme.form.pages:
        asked = [
            q.key for page in scheme.form.shown(facts) if not page.scope for q in page.questions if q.is_shown(facts)
        ]
        counting = {key: said_so_far[key] for key in asked if key in said_so_far}
        counting |= _derived(scheme, counting)
        if counting == facts:
            break
        facts = counting
    return facts


def questions_asked(page: FormPage, known: Mapping[str, Any], data: Mapping[str, Any]) -> tuple[FormQuestion, ...]:
    """The questions of a page that its own answers and what is known elsewhere call for.

    What a question that is not asked was once answered calls for nothing: so this goes on until nothing changes.
    """
    own = {question.key for question in page.questions}
    if not any(question.show_when or question.from_each for question in page.questions):
        return page.questions
    elsewhere = {key: value for key, value in known.items() if key not in own}
    counting = {key: value for key, value in data.items() if key in own and is_answered(value)}
    asked: tuple[FormQuestion, ...] = ()
    for _question in page.questions:
        asked = tuple(question for question in page.questions if question.is_shown(elsewhere | counting))
        still = {question.key: data[question.key] for question in asked if is_answered(data.get(question.key))}
        if still == counting:
            break
        counting = still
    return asked


def counted(scheme: Scheme, items: tuple[PageAnswers, ...], facts: Mapping[str, Any]) -> tuple[PageAnswers, ...]:
    """The answers that count: those to questions that are asked. The others stay stored, and come back with their question."""
    pages = {page.slug: page for page in scheme.form.pages}
    return tuple(_counting(pages, item, items, facts) if item.page in pages else item for item in items)


def _counting(
    pages: Mapping[str, FormPage], item: PageAnswers, items: tuple[PageAnswers, ...], facts: Mapping[str, Any]
) -> PageAnswers:
    page, known, given = pages[item.page], dict(facts), item.data if item.taken else item.kept
    for other in items:
        if page.person and other.page in pages and pages[other.page].person == page.person:
            known |= other.kept
    asked = {question.key for question in questions_asked(page, known, given)}
    unasked = {question.key for question in page.questions} - asked
    if not unasked & given.keys():
        return item
    return replace(item, data={key: value for key, value in given.items() if key not in unasked}, stored=item.kept)


def _derived(scheme: Scheme, facts: Mapping[str, Any]) -> dict[str, str]:
    address = facts.get("address")
    derived = {
        "turnover_band": turnover_band(scheme, facts.get("turnover")),
        "nation": str(address.get("country", "")) if isinstance(address, Mapping) else "",
    }
    return {key: value for key, value in derived.items() if value}


COMPANY_NUMBER = "company_number"


# The key beside a company number under which the applicant has confirmed a number that the snapshot does not have.
CONFIRMED = "company_number_confirmed"
