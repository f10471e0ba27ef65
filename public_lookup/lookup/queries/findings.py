"""Who answers a question to the register, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.lookup.filters import LookupForm, RegisterFilter, schemes_on
from public_lookup.lookup.queries.advice import to_do
from public_lookup.lookup.queries.instants import UnreadableQuestion, on_register
from public_lookup.lookup.queries.pasted import matches_of
from public_lookup.lookup.queries.rows import (
    BORROWED,
    PARTS_OF_A_NAME,
    AnswerReason,
    LookupRow,
    borne,
    row_for,
    row_of,
    settled,
)
from public_lookup.open_data.queries.changes import Position
from registry.errors import Reason
from registry.register.models import Entry
from registry.register.states import Outcome
from registry.schemes import contact, said

#: What one answer holds at most; who needs more takes the data files.
MOST = 100


@dataclass(frozen=True, slots=True)
class Findings:
    rows: tuple[LookupRow, ...]
    count: int
    count_is_exact: bool
    #: How many that may be meant are on the pages before.
    before: int = 0

    @property
    def exact(self) -> list[LookupRow]:
        return [row for row in self.rows if row.exact]

    @property
    def borrowed(self) -> list[LookupRow]:
        """Who is named and who has the number, where these are two; the worst first."""
        return [row for row in self.rows if row.why in BORROWED]

    @property
    def several(self) -> list[LookupRow]:
        """Businesses of the name that was typed, which differ only by their legal form."""
        return [row for row in self.rows if row.why == AnswerReason.SEVERAL_FORMS]

    @property
    def similar(self) -> list[LookupRow]:
        return [
            row
            for row in self.rows
            if not (row.exact or row.in_place or row.why == AnswerReason.SEVERAL_FORMS or row.why in BORROWED)
        ]

    @property
    def in_place(self) -> list[LookupRow]:
        return [row for row in self.rows if row.in_place]

    @property
    def outcome(self) -> Outcome | None:
        """What is said of what was typed, when nobody has it as a name or a number."""
        return None if self.exact or self.several or self.borrowed else Outcome.NOT_FOUND

    @property
    def outcomes(self) -> set[str]:
        """The answers to what was typed: one, or one for each that has it as a name or a number."""
        return {str(row.entry.outcome) for row in self.exact or self.borrowed} or {str(self.outcome or "")}

    @property
    def only(self) -> LookupRow | None:
        """The one that has what was typed as its name or number, where it is one and no more."""
        exact = self.exact
        return exact[0] if len(exact) == 1 and exact[0].why != AnswerReason.FILTER else None

    @property
    def is_hint(self) -> bool:
        """What was typed is a place, or the beginning or some words of a name: "not found" would be no answer to it."""
        return self.leads_with_place or self.leads_with_names

    @property
    def leads_with_names(self) -> bool:
        """Not where somebody has the name with another legal form: of the one that was typed, "not found" is the answer."""
        why = {row.why for row in self.similar}
        return not (self.exact or self.several) and AnswerReason.OTHER_FORM not in why and bool(why & PARTS_OF_A_NAME)

    @property
    def leads_with_place(self) -> bool:
        has_form = any(row.why == AnswerReason.OTHER_FORM for row in self.similar)
        answered = self.exact or self.several or self.borrowed or self.leads_with_names or has_form
        return not answered and bool(self.in_place)

    @property
    def marks_what_differs(self) -> bool:
        return any(row.pieces for row in self.rows)

    @property
    def has_licensed(self) -> bool:
        """Whether "licensed" stands in the list: what it does not mean then stands there too."""
        return any(row.entry.is_licensed for row in self.rows)

    @property
    def more(self) -> int:
        return self.count - self.before - len(self.rows)

    @property
    def is_near(self) -> bool:
        """Whether nobody has what was typed, but somebody may be meant."""
        return bool(self.similar) and not (self.exact or self.several or self.borrowed)

    def after(self, before: int) -> "Findings":
        """The page of those who may be meant that comes after so many."""
        return replace(self, rows=self.rows[before:], before=before) if before and self.is_near else self


class Search:
    """A question to the register: its form, with what was typed, and what is found."""

    def __init__(self, asked: Mapping[str, Any], *, at: datetime) -> None:
        self.at = at
        day = timezone.localdate(at)
        self._filter = RegisterFilter(asked, entries=on_register(at), on=day, look_up=partial(matches_of, on=day))

    @property
    def form(self) -> LookupForm:
        form: LookupForm = self._filter.form
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

    def found(self, limit: int = MOST, *, beside: int = MOST, hints: int = MOST) -> Findings:
        """Those who answer, best first: the number or the same name, then names that are only alike.

        At most `limit`; of names that are only alike at most `beside` where one is what was typed, and at most `hints` where
        none is. With `beside`, what is not shown is not read either, so that the count is of what the index has found.
        """
        if not self.form.is_valid():
            raise UnreadableQuestion(_reasons(self.form))
        entries = self._filter.found()
        if self.text:
            rows, more = self._matched(entries, limit, beside, hints)
            exact = sum(row.exact or row.why == AnswerReason.SEVERAL_FORMS for row in rows)
            shown = rows[: min(limit, exact + beside if exact else hints)]
            return Findings(tuple(shown), len(rows) + more, not (more or self._filter.matches.is_cut))
        chosen = [LookupRow(entry, True, AnswerReason.FILTER) for entry in entries.order_by("name", "number")[:limit]]
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

    @property
    def telephone(self) -> str:
        """Where the authority answers."""
        return contact.telephone(timezone.localdate(self.at))

    def to_do(self) -> list[str]:
        """What to do when the employer is not found."""
        return to_do(schemes_on(timezone.localdate(self.at)))

    def _matched(self, entries: "QuerySet[Entry]", limit: int, beside: int, hints: int) -> tuple[list[LookupRow], int]:
        """The rows as far as they are needed, and how many listings more the index has found.

        Reading them all, or only counting those of them that are on the register, costs more than finding them did.
        """
        listings, answers = self._filter.matches.listings, self._filter.matches.answers
        wanted = min(limit, answers + beside if answers else hints)
        rows = self._rows(entries, listings[:wanted])
        rest = listings[wanted:]
        if rest and (beside == MOST or len(rows) < wanted or self._is_filtered):
            rows, rest = rows + self._rows(entries, rest), ()
        return settled(rows, self.text), len(rest)

    @property
    def _is_filtered(self) -> bool:
        return any(value for name, value in self.form.cleaned_data.items() if name != "q")

    def _rows(self, entries: "QuerySet[Entry]", listings: Sequence[int]) -> list[LookupRow]:
        matches = self._filter.matches
        rank = {listing: place for place, listing in enumerate(listings)}
        ordered = sorted(entries.filter(listing__in=listings), key=lambda entry: rank[entry.listing_id])
        if matches.number:
            return [LookupRow(entry, True, AnswerReason.NUMBER, matches.number) for entry in ordered]
        before = self._shown_before([entry for entry in ordered if entry.listing_id in matches.found])
        rows = [self._row(entry, before.get(entry.listing_id, ())) for entry in ordered]
        return [row for row in rows if row]

    def _row(self, entry: Entry, before: Sequence[Entry]) -> LookupRow | None:
        matches = self._filter.matches
        if pasted := matches.pasted.get(entry.listing_id):
            return row_of(entry, pasted)
        return row_for(entry, matches.found[entry.listing_id], before)

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


def _reasons(form: LookupForm) -> list[Reason]:
    if not form.is_bound:
        return [Reason("nothing_asked", LookupForm.NOTHING_ASKED, "q")]
    return [
        Reason(str(error.code or "invalid"), " ".join(error.messages), field)
        for field, errors in form.errors.as_data().items()
        for error in errors
    ]
