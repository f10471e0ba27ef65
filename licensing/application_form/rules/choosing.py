"""Choosing a person who is named in the form already: who can be chosen for a list, and who was."""

from collections.abc import Iterator, Mapping
from typing import Any

from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import SAME, PersonInForm, named_people
from registry.schemes import FormPage, said
from registry.schemes.answers import is_answered


def person_chosen(filled: ApplicationForm, data: Mapping[str, Any]) -> PersonInForm | None:
    """The person named elsewhere that these answers are about; None where they are all there is."""
    place = data.get(SAME)
    named = named_people(filled.scheme.form, filled.items, filled.facts) if place else ()
    return next((person for person in named if person.place == place), None)


def offered(filled: ApplicationForm, page: FormPage) -> Iterator[PersonInForm]:
    """Who can be chosen for a further thing of this list: everyone who is named and is not on it."""
    if page.list_of is None or page.list_of.of != "person":
        return
    on_it = {item.kept.get(SAME) for item in filled.on(page)}
    for person in named_people(filled.scheme.form, filled.items, filled.facts):
        if person.place not in on_it and page not in person.pages:
            yield person


def in_words(filled: ApplicationForm, person: PersonInForm, language: str) -> str:
    """The name, where it is known, and as what the person is named."""
    page = person.pages[0]
    named_as = said(page.list_of.noun if page.list_of else page.title, language)
    name = _name(filled, person)
    return f"{name} ({named_as})" if name else named_as


def chosen_in_words(filled: ApplicationForm, data: Mapping[str, Any], language: str) -> str:
    """The name of the person chosen for these answers; empty where no one was."""
    person = person_chosen(filled, data)
    return in_words(filled, person, language) if person else ""


def answers_offered(filled: ApplicationForm, page: FormPage) -> dict[str, Any]:
    """What the organisation answered that may be the answer about this person too."""
    return {one.key: filled.facts[one.offer] for one in page.questions if one.offer and one.offer in filled.facts}


def address_offered(filled: ApplicationForm, page: FormPage) -> tuple[str, Any] | None:
    """The question and the address that is offered for it. It is often another one: so it is not filled in unasked."""
    offered = answers_offered(filled, page)
    return next(
        ((one.key, offered[one.key]) for one in page.questions if one.kind == "address" and one.key in offered), None
    )


def _name(filled: ApplicationForm, person: PersonInForm) -> str:
    """The first thing that was answered about them and may be read."""
    parts = filled.scheme.parts
    for question in (question for page in person.pages for question in page.questions):
        may_be_read = not person.is_own or parts is None or question.key in parts.shown
        if may_be_read and is_answered(person.data.get(question.key)):
            return filled.in_words(question, person.data[question.key])
    return ""
