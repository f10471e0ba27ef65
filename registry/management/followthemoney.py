"""Reads people and companies from a file in the format of FollowTheMoney: one entity in JSON on each line."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any, TextIO

from django.core.management.base import CommandError

from registry.identifiers import InvalidIdentifier, company_number
from registry.json_reader import read_object
from registry.management.lists import Row
from registry.watchlists.rules import LISTED_COLUMNS, NOT_READ

#: Entities that can be someone in a business; what links them, and where they live, is not read.
PARTIES = frozenset({"Person", "Company", "Organization", "LegalEntity"})
LONGEST_LINE = 1_000_000  # characters
A_DAY = len("2026-11-30")
HERE = "gb"


def parties_in(text: TextIO, name: str, topics: Collection[str]) -> Iterator[Row]:
    """Each party with the line that it is on, by our names of the columns; with `topics`, only parties of one of them."""
    for number, line in _lines(text, name):
        entity = _entity(line)
        if entity is None:
            yield number, {**dict.fromkeys(LISTED_COLUMNS, ""), NOT_READ: "yes"}
        elif entity.get("schema") in PARTIES and _is_of(entity, topics):
            yield number, _row(entity)


def _lines(text: TextIO, name: str) -> Iterator[tuple[int, str]]:
    number = 0
    while line := text.readline(LONGEST_LINE + 1):
        number += 1
        if len(line) > LONGEST_LINE:
            raise CommandError(f"line {number} of {name} is too long. What came before it has been read.")
        if line.strip():
            yield number, line


def _entity(line: str) -> Mapping[str, Any] | None:
    entity = read_object(line)
    return entity if entity and isinstance(entity.get("properties"), dict) else None


def _is_of(entity: Mapping[str, Any], topics: Collection[str]) -> bool:
    return not topics or not {*topics}.isdisjoint(_values(entity, "topics"))


def _row(entity: Mapping[str, Any]) -> dict[str, str]:
    names = list(dict.fromkeys([*_values(entity, "name"), *_values(entity, "alias")]))
    days = [day for day in _values(entity, "birthDate") if len(day) == A_DAY]
    return {
        "name": names[0] if names else _text(entity.get("caption")),
        "aliases": "; ".join(names[1:]),
        "date_of_birth": days[0] if days else "",
        "company_number": _number(entity),
        "reference": _text(entity.get("id")),
        "from": _text(entity.get("first_seen"))[:A_DAY],
        "to": "",
        "source": ", ".join([*_values(entity, "topics"), *_values(entity, "program")])[:200],
    }


def _number(entity: Mapping[str, Any]) -> str:
    """Its number in our companies register. One from a register elsewhere may look the same and is another company."""
    places = {place.lower() for place in [*_values(entity, "jurisdiction"), *_values(entity, "country")]}
    if places and HERE not in places:
        return ""
    for number in _values(entity, "registrationNumber"):
        try:
            return company_number(number)
        except InvalidIdentifier:
            continue
    return ""


def _values(entity: Mapping[str, Any], name: str) -> list[str]:
    values = entity["properties"].get(name)
    return [_text(value) for value in values if _text(value)] if isinstance(values, list) else []


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""
