"""A person is named once: a thing of a list can be about somebody who is named elsewhere in the form, and asks only the rest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from licensing.application_form.rules.facts import PageAnswers
from registry.schemes import Form, FormPage

# The key under which a thing of a list names its person: the page, and of a list the thing after a slash.
SAME = "same_person"


@dataclass(frozen=True, slots=True)
class PersonInForm:
    """Somebody named in the form, by the pages that ask about them or by a thing of a list."""

    place: str
    pages: tuple[FormPage, ...]
    data: Mapping[str, Any]
    is_own: bool = False

    @property
    def keys(self) -> frozenset[str]:
        """What is asked about them there."""
        return frozenset(question.key for page in self.pages for question in page.questions)


def named_people(form: Form, items: tuple[PageAnswers, ...], facts: Mapping[str, Any]) -> Iterator[PersonInForm]:
    """Everyone who is named on a page that these answers call for; a thing that is about one of the others is no other person.

    A person with pages of their own, like who answers for the organisation, is one also before anything is answered.
    """
    shown = tuple(form.shown(facts))
    for kind in dict.fromkeys(page.person for page in shown if page.person):
        pages = tuple(page for page in shown if page.person == kind)
        own = [item for item in items if not item.name and item.page in {page.slug for page in pages}]
        data = {key: value for item in own for key, value in item.kept.items()}
        yield PersonInForm(pages[0].slug, pages, data, any(item.is_own for item in own))
    for page in (page for page in shown if page.list_of and page.list_of.of == "person"):
        for item in (item for item in items if item.page == page.slug and item.name and SAME not in item.kept):
            yield PersonInForm(f"{page.slug}/{item.name}", (page,), item.kept, item.is_own)


def joined(form: Form, items: tuple[PageAnswers, ...], facts: Mapping[str, Any]) -> tuple[PageAnswers, ...]:
    """The answers, in which a thing about somebody named elsewhere has what is answered about them there."""
    if not any(SAME in item.kept for item in items):
        return items
    people = {person.place: person for person in named_people(form, items, facts)}
    pages = {page.slug: page for page in form.pages}
    return tuple(_joined(item, pages.get(item.page), people) for item in items)


def _joined(item: PageAnswers, page: FormPage | None, people: Mapping[str, PersonInForm]) -> PageAnswers:
    person = people.get(str(item.kept.get(SAME, "")))
    if person is None or page is None:
        return item
    taken = person.keys & {question.key for question in page.questions}
    own = {key: value for key, value in item.kept.items() if key not in taken}
    data = own | {key: person.data[key] for key in taken if key in person.data}
    return replace(item, data=data, stored=item.kept, taken=taken, is_own=item.is_own or person.is_own)
