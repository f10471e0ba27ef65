"""What the companies register says of a company is taken over at once, and is not asked while it stays the answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.filled import ApplicationForm
from licensing.application_form.rules.people import named_people
from registry import names
from registry.schemes import FormPage, FormQuestion

#: What the companies register can answer.
FROM_REGISTER = (COMPANY_NUMBER, "legal_name", "former_names", "registered_on", "address")
# The key beside the legal name under which is kept what was taken over, by the keys of the questions.
TAKEN_OVER = "taken_over"
# Within it, the officers and owners that the register named: each with the name and the kinds of role.
PEOPLE = "people"
# The question that asks for the name of a person, on every page about one.
NAME = "full_name"


def taken_over(filled: ApplicationForm) -> Mapping[str, Any]:
    """What was taken over from the companies register; nothing, once another number or legal form has been given."""
    if filled.facts.get("legal_status") != "company":
        return {}
    kept: Mapping[str, Any] = next((item.data[TAKEN_OVER] for item in filled.items if TAKEN_OVER in item.data), {})
    is_same = filled.facts.get(COMPANY_NUMBER) in (None, kept.get(COMPANY_NUMBER))
    return kept if is_same else {}


def is_taken_over(taken: Mapping[str, Any], page: FormPage, question: FormQuestion, data: Mapping[str, Any]) -> bool:
    """Whether the answer to this is what the companies register says."""
    if page.scope or question.key not in taken:
        return False
    return (data.get(question.key) or None) == (taken[question.key] or None)


@dataclass(frozen=True, slots=True)
class RegisterPerson:
    """An officer or owner that the companies register names, and who is not on all lists of the form that ask for them.

    `pages` are these lists; `place` is where they are named already, if they are; `own_page` asks about the one person who
    answers for the organisation, while no one is named there.
    """

    key: str
    name: str
    pages: tuple[FormPage, ...]
    place: str = ""
    own_page: FormPage | None = None


def register_people(filled: ApplicationForm) -> Iterator[RegisterPerson]:
    """Who is offered from the companies register, in its order; each person once, with every role that is still missing."""
    kinds: dict[str, set[str]] = {}
    called: dict[str, str] = {}
    for one in taken_over(filled).get(PEOPLE, ()):
        key = names.person_key(one["name"])
        kinds.setdefault(key, set()).add(one["kind"])
        called.setdefault(key, one["name"])
    places = _places(filled) if kinds else {}
    for key, named_as in kinds.items():
        pages = tuple(page for page in filled.pages() if _is_missing(filled, page, key, named_as))
        if pages:
            own = None if key in places else _own_page(filled)
            yield RegisterPerson(key, called[key], pages, places.get(key, ""), own)


def place_of(filled: ApplicationForm, name: str) -> str:
    """Where the person of this name is named in the form; empty where no one is."""
    return _places(filled).get(names.person_key(name), "")


def _places(filled: ApplicationForm) -> dict[str, str]:
    """Where each person who is named is named, by the key of their name."""
    people = named_people(filled.scheme.form, filled.items, filled.facts)
    return {names.person_key(str(one.data[NAME])): one.place for one in people if one.data.get(NAME)}


def _is_missing(filled: ApplicationForm, page: FormPage, key: str, kinds: set[str]) -> bool:
    if page.list_of is None or page.list_of.of != "person" or page.list_of.role not in kinds:
        return False
    return not is_on(filled, page, key) and len(filled.on(page)) < page.list_of.at_most


def is_on(filled: ApplicationForm, page: FormPage, key: str) -> bool:
    """Whether a person whose name has this key is on the list."""
    return key in {names.person_key(str(item.data.get(NAME, ""))) for item in filled.on(page)}


def _own_page(filled: ApplicationForm) -> FormPage | None:
    page = next(
        (one for one in filled.pages() if one.person and any(question.key == NAME for question in one.questions)), None
    )
    return page if page and not filled.data(page).get(NAME) else None
