"""Who answers a question to the register, and why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.filters import AskedForm, RegisterFilter, schemes_on
from public_lookup.queries.changes import Position
from public_lookup.queries.instants import Misread, on_register
from public_lookup.queries.shown import last_day
from registry.errors import Reason
from registry.index import Found, How, labelled
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
    SIMILAR = "similar"
    FILTER = "filter"


@dataclass(frozen=True, slots=True)
class Row:
    """One holder or applicant that answers. Only an exact one may be read as an answer about the name that was typed."""

    entry: Entry
    exact: bool
    why: Why
    name: str = ""

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def other_name(self) -> str:
        """The name that was found, where it is not the one that stands first."""
        return self.name if self.why != Why.NUMBER and self.name != self.entry.name else ""


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
        return [row for row in self.rows if not row.exact]

    @property
    def outcome(self) -> Outcome | None:
        """What is said of the name that was typed, when nobody has it."""
        return None if self.exact else Outcome.NOT_FOUND

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
    def etag(self) -> str:
        """Changes with every entry that is made or taken off, and with the day."""
        return f'W/"{Position.newest()}-{timezone.localdate(self.at).isoformat()}-{get_language()}"'

    def found(self, limit: int = MOST) -> Findings:
        """Those who answer, best first: the number or the same name, then names that are only alike."""
        if not self.form.is_valid():
            raise Misread(_reasons(self.form))
        entries = self._filter.found()
        if self.text:
            rows = self._matched(entries)
            return Findings(tuple(rows[:limit]), len(rows), not self._filter.matches.is_cut)
        chosen = [Row(entry, True, Why.FILTER) for entry in entries.order_by("name", "number")[:limit]]
        return Findings(tuple(chosen), entries.count() if len(chosen) == limit else len(chosen), True)

    def advice(self) -> list[str]:
        """What each scheme tells those who found nobody; what several say in the same words, once."""
        packs = schemes_on(timezone.localdate(self.at))
        return list(dict.fromkeys(said(pack.outcomes.not_found, get_language()) for pack in packs))

    def _matched(self, entries: Iterable[Entry]) -> list[Row]:
        matches = self._filter.matches
        rank = {listing: place for place, listing in enumerate(matches.listings)}
        ordered = sorted(entries, key=lambda entry: rank[entry.listing_id])
        if matches.number:
            return [Row(entry, True, Why.NUMBER, matches.number) for entry in ordered]
        called = self._called_before(ordered)
        rows = [_row(entry, matches.names[entry.listing_id], called.get(entry.listing_id, set())) for entry in ordered]
        return sorted((row for row in rows if row), key=lambda row: not row.exact)

    def _called_before(self, entries: list[Entry]) -> dict[int, set[str]]:
        """Names that were shown until then, of those that were found by a name which they do not bear: the index
        forgets nothing, and knows names that came later too."""
        found = self._filter.matches.names
        unlike = [e.listing_id for e in entries if {one.text for one in found[e.listing_id]} - set(_names(e))]
        called: dict[int, set[str]] = {}
        if unlike:
            for entry in Entry.objects.filter(listing__in=unlike, shown_from__lte=self.at):
                called.setdefault(entry.listing_id, set()).update(_names(entry))
        return called


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


def _names(entry: Entry) -> dict[str, str]:
    """Every name that the entry shows, and what it is."""
    labels = labelled(entry.name, entry.trading_names, entry.former_names)
    return {text.strip(): kind for kind, text in reversed(labels)}


_KINDS = {"legal": Why.NAME, "trading": Why.TRADING_NAME, "former": Why.FORMER_NAME}


def _row(entry: Entry, found: Iterable[Found], called: set[str]) -> Row | None:
    """The best of the names by which the entry was found. A name that it no longer bears may be somebody else's by now."""
    shown = _names(entry)
    rows = []
    for one in found:
        if one.text not in shown and one.text not in called:
            continue
        kind = _KINDS[shown.get(one.text, "former")]
        exact = one.how == How.EXACT and kind != Why.FORMER_NAME
        rows.append(Row(entry, exact, kind if exact or kind == Why.FORMER_NAME else Why.SIMILAR, one.text))
    return next((row for row in rows if row.exact), rows[0] if rows else None)
