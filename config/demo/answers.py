"""Fills in the form of a pack for a made-up applicant: what the profile says, and for the rest the plainest valid answer."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any
from zlib import crc32

from licensing.application_form.rules.facts import PageAnswers
from licensing.application_form.rules.filled import ApplicationForm
from registry.schemes import FormPage, FormQuestion, Scheme

ADDRESS = {
    "line_1": "1 Market Place",
    "line_2": "",
    "town": "Boston",
    "county": "",
    "postcode": "PE21 6EH",
    "country": "england",
}

PLAIN: Mapping[str, Any] = {
    "text": "Not applicable",
    "textarea": "Nothing further to say.",
    "email": "office@example.com",
    "telephone": "+441205311111",
    "postcode": "PE21 6EH",
    "date": "2020-03-02",
    "money": "250000",
    "number": 12,
    "yes_no": False,
    "company_number": "00445790",
    "utr": "1955839661",
    "vat": "980780684",
    "paye": "123/AB456",
    "nino": "AA123456C",
    "address": ADDRESS,
    "country": "United Kingdom",
    "nationality": "Not applicable",
    "website": "https://www.example.com",
    "vehicle_registration": "AB12 CDE",
    "lines": ["As described elsewhere"],
    "paye_references": ["123/AB456"],
    "premises": [{"name": "Hand Farm", "address": ADDRESS}],
}

PLAIN_BY_KEY: Mapping[str, Any] = {
    "full_name": "Alex Sample",
}


@dataclass(frozen=True, slots=True)
class Profile:
    """Who applies: facts about the organisation, particulars of the one person in a role, and things for the lists."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    people: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    lists: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    #: Whether the plain answers are this firm's own: its telephones, mailboxes, houses and vans are then shared with nobody.
    has_its_own: bool = False


def answers(scheme: Scheme, profile: Profile) -> Iterator[PageAnswers]:
    """The answers, page by page, that hand the form in complete. Each page is shown or not by the answers before it."""
    items: list[PageAnswers] = []
    for page in scheme.form.pages:
        so_far = ApplicationForm.of(scheme, items)
        if page.is_shown(so_far.facts):
            for item in _page(so_far, page, profile):
                items.append(item)
                yield item


def still_to_answer(filled: ApplicationForm, profile: Profile) -> Iterator[PageAnswers]:
    """What is missing in a form that was filled in before: what was answered is kept, the rest is as the profile says."""
    for page in filled.pages():
        said = profile.people.get(page.person, {}) if page.person else profile.facts
        kept = filled.on(page) or (() if page.list_of else (PageAnswers(page.slug, "", {}, False),))
        for item in kept:
            if not filled.is_complete(page, item):
                data = _data(filled, page, said, of=_whose(profile, item.name))
                yield PageAnswers(page.slug, item.name, {**data, **item.data}, True)


def _page(so_far: ApplicationForm, page: FormPage, profile: Profile) -> Iterator[PageAnswers]:
    if page.list_of:
        given = profile.lists.get(page.slug, ())
        for number in range(max(len(given), so_far.needed(page))):
            said = given[number] if number < len(given) else {}
            name = f"item-{number + 1}"
            yield PageAnswers(page.slug, name, _data(so_far, page, said, of=_whose(profile, name)), True)
    else:
        said = profile.people.get(page.person, {}) if page.person else profile.facts
        yield PageAnswers(page.slug, "", _data(so_far, page, said, of=_whose(profile)), True)


def _whose(profile: Profile, item: str = "") -> str:
    """By what the plain answers of a firm that has its own are told from those of others; nothing for one that has not."""
    return f"{profile.facts['legal_name']} {item}" if profile.has_its_own else ""


def _data(so_far: ApplicationForm, page: FormPage, said: Mapping[str, Any], *, of: str) -> dict[str, Any]:
    data: dict[str, Any] = {}
    for question in page.questions:
        if question.is_shown(so_far.known(page, data)):
            if question.key in said:
                data[question.key] = said[question.key]
            elif not question.optional:
                data[question.key] = _plain(question, of=of and f"{of} {page.slug}")
    if "date_of_birth" in data and "date_of_birth" not in said:
        data["date_of_birth"] = _birthday_of_nobody(str(so_far.facts.get("legal_name", "")), page.slug)
    return data


def _birthday_of_nobody(*of: str) -> str:
    """Another for each organisation: people of the same name and birthday would connect all the firms that have one."""
    return (date(1956, 3, 1) + timedelta(days=crc32(" ".join(of).encode()) % 15_000)).isoformat()


def _own(question: FormQuestion, of: str) -> Any:
    """Of a made-up range each: telephones are from those that are kept free for stories."""
    number = crc32(f"{of} {question.key}".encode())
    if question.kind == "address":
        return {**ADDRESS, "line_1": f"{number % 900 + 2} Market Place", "postcode": f"PE21 {number % 9 + 1}EH"}
    if question.kind == "premises":
        return [{"name": "Hand Farm", "address": {**ADDRESS, "line_1": f"{number % 900 + 2} Farm Lane"}}]
    if question.kind == "telephone":
        return f"+441632960{number % 1000:03}"
    if question.kind == "email":
        return f"office@firm-{number}.example"
    letters = "".join(LETTERS[number // 24**place % 24] for place in range(5))
    return f"{letters[:2]}{number % 90 + 10} {letters[2:]}"


LETTERS = "ABCDEFGHJKLMNOPRSTUVWXYZ"


def _is_own(question: FormQuestion) -> bool:
    return question.kind in {"address", "telephone", "email", "premises", "vehicle_registration"}


def _plain(question: FormQuestion, *, of: str = "") -> Any:
    if of and _is_own(question):
        return _own(question, of)
    if question.kind == "choice":
        return question.choices[0].value
    if question.kind == "choices":
        chosen = question.choices if question.all_of else question.choices[:1]
        return [choice.value for choice in chosen]
    if question.key in PLAIN_BY_KEY:
        return PLAIN_BY_KEY[question.key]
    return PLAIN[question.kind]
