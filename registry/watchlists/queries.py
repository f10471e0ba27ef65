"""Comparing with the lists that were read: by company number, or by date of birth and name; a name alone is worth nothing."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from registry import names
from registry.imports.models import Import
from registry.organisations.models import Organisation, Person
from registry.watchlists.models import ListedParty, ListedPartyQuerySet, newest_lists

# Names this much alike, of people born on the same day, are looked at by somebody; a transliteration passes, another name does not.
ALIKE = 82.0


@dataclass(frozen=True, slots=True)
class Match:
    """Somebody on a list who may be meant: `by` says how it was found, and `score` how alike the names are, of 100."""

    who: str
    listed: ListedParty
    title: str
    by: str
    score: int


def lists_read() -> list[Import]:
    """The lists that there are, by title, each in its newest edition."""
    return newest_lists()


def matches_of(organisation: Organisation, *, on: date) -> list[Match]:
    """Who of this business may be on a list: the company itself and everyone with a role in it; the best match of each entry."""
    people = Person.objects.filter(roles__organisation=organisation, roles__until=None).distinct().order_by("pk")
    born = [(name, one.date_of_birth) for one in people if one.date_of_birth for name in _names(one)]
    found: dict[Any, Match] = {}
    for match in [
        *listed_companies([(organisation.legal_name, organisation.company_number)], on=on),
        *listed_people(born, on=on),
    ]:
        known = found.get(match.listed.pk)
        if known is None or known.score < match.score:
            found[match.listed.pk] = match
    return list(found.values())


def _names(person: Person) -> list[str]:
    return [person.full_name, person.former_name] if person.former_name else [person.full_name]


def listed_companies(numbers: Iterable[tuple[str, str]], *, on: date) -> Iterator[Match]:
    """Who bears one of these numbers, each with the name of whose it is."""
    known = {number: who for who, number in numbers if number}
    for one in _in_force(ListedParty.objects.filter(company_number__in=list(known)), on):
        who = known[one.company_number]
        score = max(int(names.score(names.fold(who), names.fold(name))) for name in one.names)
        yield Match(who, one, one.edition.title, "company_number", score)


def listed_people(people: Iterable[tuple[str, date]], *, on: date) -> Iterator[Match]:
    """Who was born on the same day and is called alike, in any order of the words, by any name or alias."""
    by_day: dict[date | None, list[str]] = {}
    for who, born in people:
        by_day.setdefault(born, []).append(who)
    for one in _in_force(ListedParty.objects.filter(date_of_birth__in=list(by_day)), on):
        for who in by_day[one.date_of_birth]:
            score = max(_alike(who, name) for name in one.names)
            if score >= ALIKE:
                yield Match(who, one, one.edition.title, "date_of_birth", int(score))


def _in_force(rows: ListedPartyQuerySet, on: date) -> Iterator[ListedParty]:
    """Of the newest editions, and not over: a disqualification that has ended is none."""
    found = rows.of_newest_editions().select_related("edition")
    for one in found.order_by("edition", "line"):
        if one.listed_until is None or one.listed_until >= on:
            yield one


def _alike(a: str, b: str) -> float:
    return max(names.person_score(x, y) for x in names.readings(a) for y in names.readings(b))
