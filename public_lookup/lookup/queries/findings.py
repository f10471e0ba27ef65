"""Who answers a question to the register, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.lookup.filters import AskedForm, RegisterFilter, schemes_on
from public_lookup.lookup.queries.instants import Misread, on_register
from public_lookup.lookup.rules.days import last_day
from public_lookup.open_data.queries.changes import Position
from registry import names
from registry.errors import Reason
from registry.register.models import Entry
from registry.register.states import Outcome, Standing
from registry.schemes import said
from registry.search import Found, How, Name, is_of, of_entry

#: Among those who have the same name, the standing that nobody must miss comes first.
WORST_FIRST = (
    Standing.REVOKED, Standing.SUSPENDED, Standing.EXPIRED, Standing.SURRENDERED, Standing.REFUSED, Standing.APPLIED,
    Standing.REVOCATION_TO_COME, Standing.LICENSED_WITH_CONDITIONS, Standing.LICENSED,
)  # fmt: skip

#: What one answer holds at most; who needs more takes the data files.
MOST = 100


class Why(StrEnum):
    """Why a row answers the question."""

    NUMBER = "number"
    NAME = "name"
    TRADING_NAME = "trading_name"
    OTHER_FORM = "other_form"
    SEVERAL_FORMS = "several_forms"
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
    def several(self) -> list[Row]:
        """Businesses of the name that was typed, which differ only by their legal form."""
        return [row for row in self.rows if row.why == Why.SEVERAL_FORMS]

    @property
    def similar(self) -> list[Row]:
        return [row for row in self.rows if not row.exact and not row.in_place and row.why != Why.SEVERAL_FORMS]

    @property
    def in_place(self) -> list[Row]:
        return [row for row in self.rows if row.in_place]

    @property
    def outcome(self) -> Outcome | None:
        """What is said of what was typed, when nobody has it as a name or a number."""
        return None if self.exact or self.several else Outcome.NOT_FOUND

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
        """Not where somebody has the name with another legal form: of the one that was typed, "not found" is the answer."""
        why = {row.why for row in self.similar}
        return not (self.exact or self.several) and Why.OTHER_FORM not in why and bool(why & _PARTS_OF_A_NAME)

    @property
    def leads_with_place(self) -> bool:
        has_form = any(row.why == Why.OTHER_FORM for row in self.similar)
        return not (self.exact or self.several or self.leads_with_names or has_form) and bool(self.in_place)

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
            exact = sum(row.exact or row.why == Why.SEVERAL_FORMS for row in rows)
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
        return settled(rows, self.text), len(rest)

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
_NEAR = {
    How.OTHER_FORM: Why.OTHER_FORM,
    How.WITH_FORM: Why.BEGINNING,
    How.BEGINNING: Why.BEGINNING,
    How.WORDS: Why.WORDS,
    How.SOUNDS: Why.SOUNDS_LIKE,
}


_OF_A_NAME = frozenset({Why.NAME, Why.TRADING_NAME, Why.BEGINNING, Why.OTHER_FORM, Why.WORDS})


def borne(entry: Entry, one: Found) -> Name | None:
    """What of the entry was found, if it shows it: the kind and the words."""
    return next((name for name in of_entry(entry) if is_of(name, one)), None)


def row_for(entry: Entry, found: Sequence[Found], before: Sequence[Entry]) -> Row | None:
    """The best of all by which the entry was found: an answer, if there is one."""
    rows = [row for one in found if (row := _row_of(entry, one, before))]
    return next((row for row in rows if row.exact), rows[0] if rows else None)


def settled(rows: Sequence[Row], text: str) -> list[Row]:
    """What the rows say of each other: exact ones first, the legal name before others, the worst standing first.

    Where businesses differ only by their legal form and none was typed, none of them is the one that was asked for.
    """
    judged = [_of_another_form(row, text) for row in rows]
    if len(_forms_of(judged, text)) > 1:
        judged = [
            replace(row, exact=False, why=Why.SEVERAL_FORMS) if _is_this_name(row, text) else row for row in judged
        ]
    exact = sorted((row for row in judged if row.exact), key=_worst_first)
    several = sorted((row for row in judged if row.why == Why.SEVERAL_FORMS), key=_worst_first)
    return [*exact, *several, *(row for row in judged if not row.exact and row.why != Why.SEVERAL_FORMS)]


def _of_another_form(row: Row, text: str) -> Row:
    is_near = not row.exact and row.why in (*_NEAR.values(), Why.SIMILAR)
    return replace(row, why=Why.OTHER_FORM) if is_near and names.other_form(text, row.name) else row


def _is_this_name(row: Row, text: str) -> bool:
    """Whether the name is what was typed but for a legal form, and is borne today."""
    if row.why not in _OF_A_NAME or names.taken_apart(text).says:
        return False
    return _bare(row.name) == _bare(text)


def _bare(name: str) -> str:
    return "".join(names.taken_apart(name).bare)


def _forms_of(rows: Sequence[Row], text: str) -> set[str]:
    """The legal forms of those who have the name. A name that is only traded under says none."""
    said = {(names.taken_apart(row.name).says, row.name == row.entry.name) for row in rows if _is_this_name(row, text)}
    return {form for form, is_legal in said if form or is_legal}


def _worst_first(row: Row) -> tuple[object, ...]:
    is_traded_under = row.why != Why.NUMBER and row.name != row.entry.name
    return is_traded_under, WORST_FIRST.index(Standing(row.entry.standing)), row.entry.name, row.entry.number


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
