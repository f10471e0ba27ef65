"""Who answers a question to the register, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.filters import AskedForm, RegisterFilter, schemes_on
from public_lookup.queries.changes import Position
from public_lookup.queries.instants import Misread, last_day, on_register
from registry.errors import Reason
from registry.index import Found, How, Name, is_of, of_entry
from registry.models import Entry
from registry.schemes import said
from registry.states import Outcome

#: What one answer holds at most; who needs more takes the data files.
MOST = 100


class Why(StrEnum):
    """Why a row answers the question."""

    NUMBER = "number"
    NAME = "name"
    TRADING_NAME = "trading_name"
    FORMER_NAME = "former_name"
    COMPANY_NUMBER = "company_number"
    TELEPHONE = "telephone"
    EMAIL = "email"
    WEBSITE = "website"
    VEHICLE = "vehicle"
    POSTCODE = "postcode"
    PLACE = "place"
    BEGINNING = "beginning"
    WORDS = "words"
    SOUNDS_LIKE = "sounds_like"
    SIMILAR = "similar"
    FILTER = "filter"


#: Found by a part of the name, as it was typed.
_PARTS_OF_A_NAME = frozenset({Why.BEGINNING, Why.WORDS})


@dataclass(frozen=True, slots=True)
class Row:
    """One holder or applicant that answers. Only an exact one may be read as an answer about what was typed."""

    entry: Entry
    exact: bool
    why: Why
    name: str = ""
    #: The last entry that showed what was found, where the one of the day does not show it any more.
    carried_by: Entry | None = None

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def other_name(self) -> str:
        """The name that was found, where it is not the one that stands first."""
        return self.name if self.why not in _CLUES.values() and self.name != self.entry.name else ""

    @property
    def in_place(self) -> bool:
        """Found by where it is, which says nothing of who it is."""
        return self.why in (Why.POSTCODE, Why.PLACE)


@dataclass(frozen=True, slots=True)
class Findings:
    rows: tuple[Row, ...]
    count: int
    count_is_exact: bool

    @property
    def exact(self) -> list[Row]:
        return [row for row in self.rows if row.exact]

    @property
    def similar(self) -> list[Row]:
        return [row for row in self.rows if not row.exact and not row.in_place]

    @property
    def in_place(self) -> list[Row]:
        return [row for row in self.rows if row.in_place]

    @property
    def outcome(self) -> Outcome | None:
        """What is said of what was typed, when nobody has it as a name or a number."""
        return None if self.exact else Outcome.NOT_FOUND

    @property
    def only(self) -> Row | None:
        """The one that has what was typed as its name or number, where it is one and no more."""
        exact = self.exact
        return exact[0] if len(exact) == 1 and exact[0].why != Why.FILTER else None

    @property
    def is_hint(self) -> bool:
        """What was typed is a place, or the beginning or some words of a name: "not found" would be no answer to it."""
        return self.leads_with_place or self.leads_with_names

    @property
    def leads_with_names(self) -> bool:
        return not self.exact and any(row.why in _PARTS_OF_A_NAME for row in self.similar)

    @property
    def leads_with_place(self) -> bool:
        return not self.exact and not self.leads_with_names and bool(self.in_place)

    @property
    def has_licensed(self) -> bool:
        """Whether "licensed" stands in the list: what it does not mean then stands there too."""
        return any(row.entry.is_licensed for row in self.rows)

    @property
    def more(self) -> int:
        return self.count - len(self.rows)


class Search:
    """A question to the register: its form, with what was typed, and what is found."""

    def __init__(self, asked: Mapping[str, Any], *, at: datetime) -> None:
        self.at = at
        self._filter = RegisterFilter(asked, entries=on_register(at), on=timezone.localdate(at))

    @property
    def form(self) -> AskedForm:
        form: AskedForm = self._filter.form
        return form

    @property
    def text(self) -> str:
        """The name or number that was typed."""
        return str(self.form.cleaned_data.get("q", ""))

    @property
    def followed(self) -> str:
        """The end of the address at which somebody asks to be told of the place and the sector that were asked about."""
        wanted = {name: self.form.cleaned_data.get(name, "") for name in ("place", "sector")}
        return "" if self.text else urlencode({name: value for name, value in wanted.items() if value})

    @property
    def etag(self) -> str:
        """Changes with every entry that is made or taken off, and with the day."""
        return f'W/"{Position.newest()}-{timezone.localdate(self.at).isoformat()}-{get_language()}"'

    def found(self, limit: int = MOST, *, beside: int | None = None) -> Findings:
        """Those who answer, best first: the number or the same name, then names that are only alike.

        At most `limit`; and where somebody has what was typed, at most so many others beside them. With that, what is not
        shown is not read either, so that the count is of what the index has found.
        """
        if not self.form.is_valid():
            raise Misread(_reasons(self.form))
        entries = self._filter.found()
        if self.text:
            rows, more = self._matched(entries, limit, beside)
            exact = sum(row.exact for row in rows)
            shown = rows[: limit if beside is None or not exact else min(limit, exact + beside)]
            return Findings(tuple(shown), len(rows) + more, not (more or self._filter.matches.is_cut))
        chosen = [Row(entry, True, Why.FILTER) for entry in entries.order_by("name", "number")[:limit]]
        return Findings(tuple(chosen), entries.count() if len(chosen) == limit else len(chosen), True)

    @property
    def promise(self) -> str:
        """What a licence does not promise, by the schemes of that day."""
        packs = schemes_on(timezone.localdate(self.at))
        return " ".join(dict.fromkeys(said(pack.outcomes.promise, get_language()) for pack in packs))

    def advice(self) -> list[str]:
        """What each scheme tells those who found nobody; what several say in the same words, once."""
        packs = schemes_on(timezone.localdate(self.at))
        return list(dict.fromkeys(said(pack.outcomes.not_found, get_language()) for pack in packs))

    def _matched(self, entries: "QuerySet[Entry]", limit: int, beside: int | None) -> tuple[list[Row], int]:
        """The rows as far as they are needed, and how many listings more the index has found.

        Reading them all, or only counting those of them that are on the register, costs more than finding them did.
        """
        listings, answers = self._filter.matches.listings, self._filter.matches.answers
        wanted = limit if beside is None or not answers else min(limit, answers + beside)
        rows = self._rows(entries, listings[:wanted])
        rest = listings[wanted:]
        if rest and (beside is None or len(rows) < wanted or self._is_filtered):
            rows, rest = rows + self._rows(entries, rest), ()
        return sorted(rows, key=lambda row: not row.exact), len(rest)

    @property
    def _is_filtered(self) -> bool:
        return any(value for name, value in self.form.cleaned_data.items() if name != "q")

    def _rows(self, entries: "QuerySet[Entry]", listings: Sequence[int]) -> list[Row]:
        matches = self._filter.matches
        rank = {listing: place for place, listing in enumerate(listings)}
        ordered = sorted(entries.filter(listing__in=listings), key=lambda entry: rank[entry.listing_id])
        if matches.number:
            return [Row(entry, True, Why.NUMBER, matches.number) for entry in ordered]
        before = self._shown_before(ordered)
        rows = [row_for(entry, matches.found[entry.listing_id], before.get(entry.listing_id, ())) for entry in ordered]
        return [row for row in rows if row]

    def _shown_before(self, entries: list[Entry]) -> dict[int, list[Entry]]:
        """Entries until then, newest first, of those that were found by what they do not show: the index forgets
        nothing, and knows what came later too."""
        found = self._filter.matches.found
        unlike = [e.listing_id for e in entries if any(borne(e, one) is None for one in found[e.listing_id])]
        before: dict[int, list[Entry]] = {}
        if unlike:
            earlier = Entry.objects.filter(listing__in=unlike, shown_from__lte=self.at)
            for entry in earlier.order_by("-entry_number"):
                before.setdefault(entry.listing_id, []).append(entry)
        return before


def search(asked: Mapping[str, Any], at: datetime) -> Search:
    """Ask the register, as it stood at an instant, for a name, a number, a sector, a place or a standing."""
    return Search(asked, at=at)


def _reasons(form: AskedForm) -> list[Reason]:
    if not form.is_bound:
        return [Reason("nothing_asked", AskedForm.NOTHING_ASKED, "q")]
    return [
        Reason(str(error.code or "invalid"), " ".join(error.messages), field)
        for field, errors in form.errors.as_data().items()
        for error in errors
    ]


_KINDS = {"legal": Why.NAME, "trading": Why.TRADING_NAME, "former": Why.FORMER_NAME}
_CLUES = {
    "company": Why.COMPANY_NUMBER,
    "telephone": Why.TELEPHONE,
    "email": Why.EMAIL,
    "website": Why.WEBSITE,
    "vehicle": Why.VEHICLE,
    "postcode": Why.POSTCODE,
    "place": Why.PLACE,
}
_NEAR = {How.BEGINNING: Why.BEGINNING, How.WORDS: Why.WORDS, How.SOUNDS: Why.SOUNDS_LIKE}


def borne(entry: Entry, one: Found) -> Name | None:
    """What of the entry was found, if it shows it: the kind and the words."""
    return next((name for name in of_entry(entry) if is_of(name, one)), None)


def row_for(entry: Entry, found: Sequence[Found], before: Sequence[Entry]) -> Row | None:
    """The best of all by which the entry was found: an answer, if there is one."""
    rows = [row for one in found if (row := _row_of(entry, one, before))]
    return next((row for row in rows if row.exact), rows[0] if rows else None)


def _row_of(entry: Entry, one: Found, before: Sequence[Entry]) -> Row | None:
    """What it shows no longer may be somebody else's by now, so that it is no answer; what came later was not so then."""
    if shown := borne(entry, one):
        exact = one.how in (How.NUMBER, How.EXACT) and shown[0] != "former"
        return Row(entry, exact, _why(shown[0], one, exact=exact), shown[1])
    for earlier in before:
        if shown := borne(earlier, one):
            kind = one.kind if one.kind in _CLUES else "former"
            return Row(entry, False, _why(kind, one, exact=False), shown[1], earlier)
    return None


def _why(kind: str, one: Found, *, exact: bool) -> Why:
    if one.kind in _CLUES:
        return _CLUES[one.kind]
    return _KINDS[kind] if exact or kind == "former" else _NEAR.get(one.how, Why.SIMILAR)
