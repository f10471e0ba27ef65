"""The application's questions, as the pack asks them: what is shown, what is answered, what is missing. No database, no HTTP.

What the snapshot of the companies register says otherwise than an application. Nothing of it decides; people see it in time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any

from registry.schemes import Scheme, Unknown

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


def is_answered(value: Any) -> bool:
    return value not in (None, "", [], {})


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
            said_so_far |= {key: value for key, value in item.data.items() if is_answered(value)}
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


def _derived(scheme: Scheme, facts: Mapping[str, Any]) -> dict[str, str]:
    address = facts.get("address")
    derived = {
        "turnover_band": turnover_band(scheme, facts.get("turnover")),
        "nation": str(address.get("country", "")) if isinstance(address, Mapping) else "",
    }
    return {key: value for key, value in derived.items() if value}


# The key beside a company number under which the applicant has confirmed a number that the snapshot does not have.
CONFIRMED = "company_number_confirmed"
