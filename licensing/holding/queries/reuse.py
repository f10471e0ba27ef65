"""What another application of the same business begins with: what it answered for its licence, or last handed in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from licensing.application_form.rules.facts import SIGNATURE, PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import SAME
from licensing.applications.models import Application
from licensing.applications.queries.applications import suggested
from licensing.applications.queries.eligibility import RenewalAnswers
from licensing.holding.queries.holding import answers_now, answers_of
from registry import schemes
from registry.organisations.models import Organisation
from registry.schemes import FormPage, FormQuestion, Scheme


@dataclass(frozen=True, slots=True)
class KnownAnswers:
    """What a business has answered, in the form of the scheme that asked it."""

    scheme: Scheme
    items: tuple[PageAnswers, ...]


def carried_from(organisation: Organisation, scheme: Scheme, *, today: date) -> Iterator[RenewalAnswers]:
    """What an application under this scheme begins with; nothing where the business has not handed in any before."""
    known = _known(organisation, today=today)
    if known is None:
        return
    is_other = known.scheme.name != scheme.name
    for one in carried(organisation, known, scheme):
        if not (is_other and one.page in scheme.renewals.of_scheme):
            yield one


def carried(organisation: Organisation, known: KnownAnswers, scheme: Scheme) -> Iterator[RenewalAnswers]:
    """What is known, as far as the form of this scheme asks for it.

    What the organisation's file says by now of its name, numbers and addresses goes before what was answered then. Pages
    that the pack wants answered again, and the signature, begin empty; so does what everyone is asked about themselves, where
    such a page follows from it. Those to be confirmed wait to be saved again.
    """
    pages = {page.slug: page for page in scheme.form.pages}
    of_each = {key for slug in scheme.renewals.anew for one in pages[slug].from_each for key in one.from_each}
    filled = ApplicationForm.of(known.scheme, known.items)
    named = {item.page for item in known.items} & pages.keys()
    before = {page.slug: page for page in known.scheme.form.pages}
    for item in (_named_here(one, filled, named) for one in known.items):
        page = pages.get(item.page)
        if page is None or _begins_empty(page, scheme):
            continue
        kept = _as_asked(item.data, before.get(item.page, page), page)
        emptied = of_each if page.is_about_people else frozenset()
        data = {key: value for key, value in kept.items() if key not in emptied} | suggested(organisation, page)
        yield RenewalAnswers(
            item.page, item.name, data, item.is_complete and page.slug not in scheme.renewals.confirmed
        )


def _known(organisation: Organisation, *, today: date) -> KnownAnswers | None:
    licence = organisation.licences.order_by("-valid_from", "-pk").first()
    if licence is not None:
        scheme = schemes.in_force(licence.scheme, today)
        return KnownAnswers(scheme, tuple(answers_now(licence, scheme)))
    last = organisation.applications.exclude(submitted_at=None).order_by("-submitted_at", "-pk").first()
    return _handed_in(last) if last and last.version else None


def _handed_in(application: Application) -> KnownAnswers:
    assert application.version is not None
    scheme = schemes.get(application.scheme, application.version)
    return KnownAnswers(scheme, tuple(answers_of(application, scheme)))


def _named_here(item: PageAnswers, filled: ApplicationForm, named: set[str]) -> PageAnswers:
    """A thing about a person who is named on a page that this form lacks says all that is known of them."""
    place = str(item.data.get(SAME, ""))
    if not place or place.partition("/")[0] in named:
        return item
    joined = next((one for one in filled.items if (one.page, one.name) == (item.page, item.name)), item)
    return replace(item, data={key: value for key, value in joined.data.items() if key != SAME})


def _as_asked(data: Mapping[str, Any], before: FormPage, page: FormPage) -> dict[str, Any]:
    """The answers to what is asked now as it was then; what is kept beside the answers stays."""
    then = {question.key: question for question in before.questions}
    now = {question.key: question for question in page.questions}
    return {
        key: value
        for key, value in data.items()
        if key not in then or (key in now and _is_same(then[key], now[key], value))
    }


def _is_same(before: FormQuestion, question: FormQuestion, answer: Any) -> bool:
    if before.kind != question.kind:
        return False
    values = {choice.value for choice in question.choices}
    return not values or set(answer if isinstance(answer, list) else [answer]) <= values


def _begins_empty(page: FormPage, scheme: Scheme) -> bool:
    return page.slug in scheme.renewals.anew or any(question.key == SIGNATURE for question in page.questions)
