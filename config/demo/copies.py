"""Copies of patterns: the same story of other firms on other days, as rows, with the numbers and hashes that are theirs."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from django.db import connection
from django.utils.formats import date_format

from config.demo import made_up, papers
from config.demo.made_up import Firm
from config.demo.pattern_tables import SHORT, PatternTable, tables
from config.demo.patterns import Pattern
from config.demo.sheets import Sheets
from registry import matching, names, signing
from registry import search as index
from registry.codes import make_code
from registry.documents.models import Document
from registry.letters.models import Letter
from registry.licence_numbers import LAST_NUMBER, VARIATIONS, draw_licence_prefix, make_licence_number, vary
from registry.organisations.models import Organisation, Person
from registry.premises.models import Premises
from registry.register import queries as register_queries
from registry.register.actions import publishing as register
from registry.register.models import Entry, Listing
from registry.register.rules import name_digest
from registry.trail.actions import events as trail
from registry.trail.models.events import Counter, Event
from registry.trail.queries import chain

# Codes are drawn by stepping through all that there are, so that millions of them never meet.
CODES = "demo codes"
ALL_CODES = 2**35
STEP = 0x2_6B3C_9A1D

PLACES = {table.model: place for place, table in enumerate(tables())}


@dataclass(frozen=True, slots=True)
class Copy:
    """The story of `pattern` for this firm, moved by so many days and seconds; `known` fills in what was there before it."""

    pattern: Pattern
    firm: Firm
    days: int = 0
    seconds: int = 0
    known: Mapping[str, str] | None = None


class Numbers:
    """The next numbers of everything that is numbered; `keep` writes back what was drawn."""

    def __init__(self) -> None:
        self.ids = {table.name: table.last() for table in tables()}
        self.drawn: dict[str, int] = {}
        self.known = dict(Counter.objects.values_list("name", "value"))

    def draw(self, counter: str) -> int:
        if counter not in self.drawn:
            self.drawn[counter] = self.known.get(counter, 0)
        self.drawn[counter] += 1
        return self.drawn[counter]

    def code(self) -> str:
        return make_code((self.draw(CODES) * STEP % ALL_CODES).to_bytes(5, "big"))

    def licence(self, name: str) -> str:
        """As `registry.licences.actions.licences` draws it."""
        prefix = draw_licence_prefix(names.fold(name))
        for attempt in range(VARIATIONS):
            candidate = vary(prefix, attempt)
            if (drawn := self.draw(f"licence {candidate}")) <= LAST_NUMBER:
                return make_licence_number(candidate, drawn)
        raise RuntimeError(f"No licence number is left for {prefix}.")

    def keep(self) -> None:
        Counter.objects.set_to(self.drawn)


class CopyBlanks(dict[str, str]):
    """What goes into the blanks of one copy, each found when it is first asked for."""

    def __init__(self, copy: Copy, numbers: Numbers) -> None:
        own = made_up.own(copy.firm)
        super().__init__({SHORT.get(key, key): value for key, value in own.items()}, **(copy.known or {}))
        self.pattern, self.numbers = copy.pattern, numbers
        self.began = copy.pattern.began + timedelta(days=copy.days, seconds=copy.seconds)
        self.day = self.began.date()
        self.first = {name: number + 1 for name, number in numbers.ids.items()}

    def __missing__(self, key: str) -> str:
        kind, _colon, said = key.partition(":")
        if key[0] == "#":
            value = str(self.first[kind[1:]] + int(said))
        elif key[0] == "=":
            value = key[1:].replace("/", "-")
        else:
            value = str(getattr(self, f"_{kind}")(said))
        self[key] = value
        return value

    def _day(self, days: str) -> str:
        return (self.day + timedelta(days=int(days))).isoformat()

    def _said(self, days: str) -> str:
        return date_format(self.day + timedelta(days=int(days)))

    def _row(self, seconds: str) -> str:
        at = (self.began + timedelta(seconds=int(seconds))).replace(tzinfo=None).isoformat(" ")
        return at if connection.vendor == "sqlite" else f"{at}+00"

    def _json(self, seconds: str) -> str:
        return f"{(self.began + timedelta(seconds=int(seconds))).replace(tzinfo=None).isoformat()}.000000Z"

    def _code(self, _old: str) -> str:
        return self.numbers.code()

    def _stored(self, _old: str) -> str:
        return signing.digest_of_bytes(self.numbers.code().encode())[:32]

    def _reference(self, old: str) -> str:
        code = self.numbers.code()
        return f"{old.partition('-')[0]}-{code[:4]}-{code[4:]}"

    def _lower(self, old: str) -> str:
        return self[f"reference:{old}"].lower()

    def _licence(self, said: str) -> str:
        return self.numbers.licence(self[said.split(":")[1]])

    def _applicant(self, _old: str) -> str:
        return f"APP-{self.numbers.draw(Counter.APPLICANTS):05}"

    def _digest(self, key: str) -> str:
        return name_digest(self[key])

    def _answers(self, _nothing: str) -> str:
        return self.pattern.digest_of_answers(self)

    def _report(self, nth: str) -> str:
        return self.pattern.digest_of_report(int(nth), self)


def write(copies: Iterable[Copy]) -> None:
    """Write all rows of these copies, and by what their files are known again. Called inside a transaction."""
    matching.add_files(write_rows(copies))


def write_rows(copies: Iterable[Copy]) -> list[int]:
    """Write all rows of these copies, in the order of time as far as they hang together; which organisations are new."""
    Counter.objects.held(Counter.EVENTS)
    numbers, batch = Numbers(), _CopyBatch()
    for copy in copies:
        batch.add(copy, numbers)
    numbers.keep()
    batch.write()
    return list(batch.names[index.STAFF])


class _CopyBatch:
    def __init__(self) -> None:
        self.sheets = Sheets()
        self.events: list[dict[str, Any]] = []
        self.letters: list[tuple[int, list[Any]]] = []
        self.shown: list[register.EntryContent] = []
        self.listings: dict[str, Listing] = {}
        spaces = (index.PUBLIC, index.STAFF, index.PEOPLE, Premises.SPACE)
        self.names: dict[str, dict[int, list[index.Name]]] = {space: {} for space in spaces}

    def add(self, copy: Copy, numbers: Numbers) -> None:
        filled = CopyBlanks(copy, numbers)
        first = len(self.events)
        for place, row in copy.pattern.rows(filled):
            self._add(place, row, first)
        for name, count in copy.pattern.counts.items():
            numbers.ids[name] += count

    def _add(self, place: int, row: list[Any], first: int) -> None:
        if place == PLACES[Event]:
            self.events.append(_event(row))
        elif place == PLACES[Entry]:
            self._show(row)
        elif place == PLACES[Letter]:
            self.letters.append((first, row))
        else:
            self._keep(place, row)

    def _keep(self, place: int, row: list[Any]) -> None:
        table = tables()[place]
        self.sheets.add(place, row)
        if table.model is Listing:
            self.listings[row[table.key]] = Listing(pk=int(row[table.key]), code=row[table.at("code")])
        elif table.model is Document:
            papers.lay(row[table.at("stored_as")], row[table.at("digest")])
        elif table.model is Organisation:
            self.names[index.STAFF][int(row[table.key])] = index.of_organisation(_said(table, row))
        elif table.model is Person:
            self.names[index.PEOPLE][int(row[table.key])] = index.of_person(_said(table, row))
        elif table.model is Premises:
            said = Premises(name=row[table.at("name")], approval_number=row[table.at("approval_number")])
            self.names[Premises.SPACE][int(row[table.key])] = said.index_names

    def _show(self, row: list[Any]) -> None:
        said = dict(zip(tables()[PLACES[Entry]].columns, row, strict=True))
        listing = self.listings[said["listing_id"]]
        content = {field: _typed(field, said[field]) for field in register_queries.CONTENT}
        for field in ("named_people", "named_digests"):
            content[field] = sorted(content[field]) if content[field] else content[field]
        until = said["shown_until"]
        self.shown.append(
            register.EntryContent(listing, content, _instant(said["shown_from"]), until and _instant(until))
        )
        shown: Any = SimpleNamespace(**content)
        self.names[index.PUBLIC].setdefault(listing.pk, []).extend(index.of_entry(shown))

    def write(self) -> None:
        # Sorting keeps the order of what has one time, so each story stays in its own order.
        order = sorted(range(len(self.events)), key=lambda nth: self.events[nth]["at"])
        links = dict(zip(order, trail.record_many([self.events[nth] for nth in order]), strict=True))
        letters = tables()[PLACES[Letter]]
        for first, row in self.letters:
            link = links[first + row[letters.at("trail_number")] - 1]
            row[letters.at("trail_number")], row[letters.at("trail_hash")] = link.number, link.hash
            self.sheets.add(PLACES[Letter], row)
        self.sheets.write()
        if self.shown:
            register.publish_many(sorted(self.shown, key=lambda one: one.shown_from))
        for space, found in self.names.items():
            index.add_many(space, sorted(found.items()))


def _event(row: list[Any]) -> dict[str, Any]:
    said = dict(zip(tables()[PLACES[Event]].columns, row, strict=True))
    content = {field: said[field] for field in chain.CONTENT}
    return {**content, "covers": "", "at": _instant(said["at"]), "facts": json.loads(said["facts"])}


_JSON = frozenset(tables()[PLACES[Entry]].columns[nth] for nth in tables()[PLACES[Entry]].json)


def _said(table: PatternTable, row: list[Any]) -> Any:
    """The particulars of an organisation or a person as the index reads them."""
    said = {
        column: json.loads(value) if nth in table.json else value
        for nth, (column, value) in enumerate(zip(table.columns, row, strict=True))
    }
    return SimpleNamespace(**said)


def _typed(field: str, value: Any) -> Any:
    if field in _JSON and value is not None:
        return json.loads(value)
    return date.fromisoformat(value) if field.endswith(("_from", "_until", "_on")) and value else value


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text.removesuffix("+00"))
    return at.replace(tzinfo=UTC)
