"""Who is asked whether they need a licence, and what an application takes over from the answers.

What a renewal begins with, what has changed since, and whom to remind."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from licensing.applications.queries.applications import schemes_offered, suggested
from registry import schemes
from registry.organisations.models import Organisation
from registry.schemes import FormPage, FormQuestion, Scheme


@dataclass(frozen=True, slots=True)
class RenewalAnswers:
    """The answers of one page, or of one thing of a list, as a renewal begins with them."""

    page: str
    item: str
    data: dict[str, Any]
    is_complete: bool


def checkers(today: date) -> dict[str, Scheme]:
    """The schemes of today that say who needs their licence, by name."""
    return {name: scheme for name, scheme in schemes_offered(today).items() if scheme.eligibility}


def asked_since(scheme: Scheme) -> date:
    """Since when it is said like this who needs a licence: a later version may have changed nothing but something else."""
    since = scheme.version
    for version in reversed(schemes.versions(scheme.name)):
        if version < since:
            if schemes.get(scheme.name, version).eligibility != scheme.eligibility:
                break
            since = version
    return since


def begun_with(organisation: Organisation, scheme: Scheme, known: Mapping[str, Any]) -> Iterator[RenewalAnswers]:
    """The pages of a new application that ask what is known already: the same key is the same fact.

    They wait to be saved by the applicant, who has not seen them in the form. What the organisation's file says goes first.
    """
    for page in scheme.form.pages:
        data = {key: value for key, value in _known_on(page, known).items() if value}
        if data:
            yield RenewalAnswers(page.slug, "", {**data, **suggested(organisation, page)}, is_complete=False)


def _known_on(page: FormPage, known: Mapping[str, Any]) -> dict[str, Any]:
    if page.scope:
        return {}
    return {q.key: _as_asked(q, known[q.key]) for q in page.questions if q.key in known}


def _as_asked(question: FormQuestion, answer: Any) -> Any:
    """As far as the form offers it: elsewhere there may have been one choice more."""
    values = {choice.value for choice in question.choices}
    if isinstance(answer, list):
        return [one for one in answer if one in values]
    return answer if isinstance(answer, bool) or answer in values else None
