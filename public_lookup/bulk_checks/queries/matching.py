"""Many looked up at once: what `search` answers to each, in few statements; and what a row of a list comes to."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils import timezone

from public_lookup.bulk_checks.states import SURE, WHO, Confidence, Doubt, UploadedColumn
from public_lookup.lookup.filters import Matches, by_names, by_numbers
from public_lookup.lookup.queries import pasted
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.queries.rows import BORROWED, AnswerReason, LookupRow, borne, row_for, row_of, settled
from registry import licence_numbers, names
from registry import search as index
from registry.register.models import Entry
from registry.register.states import Outcome
from registry.search import identifiers as clues

#: Similar ones that a row is answered with at most, and exact ones, when it is not clear which is meant.
MOST_SIMILAR = 3
MOST_EXACT = 5

#: What a row says of whom it means.
Asked = Mapping[UploadedColumn, str]

BY_NAME = (AnswerReason.NAME, AnswerReason.TRADING_NAME, AnswerReason.NAMED_BESIDE)
_COMPARED = (
    (UploadedColumn.COMPANY, Doubt.COMPANY, "company"),
    (UploadedColumn.TELEPHONE, Doubt.TELEPHONE, "telephone"),
    (UploadedColumn.POSTCODE, Doubt.POSTCODE, "postcode"),
)


def may_be_meant(confidence: str, why: str) -> bool:
    """Whether a person may choose a business that was found so: not one that only has a number given with another name."""
    return confidence != Confidence.BORROWED or why in BY_NAME


@dataclass(frozen=True, slots=True)
class RowMatch:
    """What the register says to one row: a single one if it is sure, else those that it may be, and never a guess."""

    confidence: Confidence
    rows: tuple[LookupRow, ...] = ()
    doubts: tuple[Doubt, ...] = ()

    @property
    def sure(self) -> LookupRow | None:
        return self.rows[0] if self.confidence in SURE else None

    @property
    def may_be_meant(self) -> tuple[LookupRow, ...]:
        """Those that a person may choose as the one that is meant."""
        return tuple(row for row in self.rows if may_be_meant(self.confidence, row.why))

    @property
    def outcome(self) -> str:
        """What the look-up would say; nothing where it is not clear of whom: a similar name says what it says itself."""
        if self.sure:
            return self.sure.entry.outcome
        if self.confidence == Confidence.CANNOT_TELL:
            return Outcome.CANNOT_TELL
        return Outcome.NOT_FOUND if self.confidence == Confidence.NOTHING else ""


def former_numbers(rows: Iterable[Sequence[str]]) -> frozenset[str]:
    """The cells that are licence numbers of the authority before us."""
    meant = {cell: number for row in rows for cell in row if (number := licence_numbers.foreign(cell))}
    given = set(Entry.objects.filter(number__in=set(meant.values())).values_list("number", flat=True).distinct())
    return frozenset(cell for cell, number in meant.items() if number in given)


def check(asked: Sequence[Asked], at: datetime) -> list[RowMatch]:
    """Look every row up by the surest thing that it says, then by the next, until one is answered."""
    found: list[tuple[UploadedColumn, list[LookupRow]] | None] = [None] * len(asked)
    similar: list[list[LookupRow]] = [[] for _row in asked]
    for column in WHO:
        texts = {
            place: row[column] for place, row in enumerate(asked) if found[place] is None and _may_ask(row, column)
        }
        rows = look_up(set(texts.values()), at)
        for place, text in texts.items():
            exact = [row for row in rows[text] if row.exact]
            if exact:
                found[place] = column, exact
            elif column == UploadedColumn.NAME:
                similar[place] = rows[text]
    answers = [_answer(row, found[place], similar[place]) for place, row in enumerate(asked)]
    return _borrowed(asked, answers, at)


def _borrowed(asked: Sequence[Asked], answers: Sequence[RowMatch], at: datetime) -> list[RowMatch]:
    """The answers; and where a number is of one business and the name beside it of another, both, the worse first.

    A borrowed number must not hide who was named: the answer to the number alone may be "licensed".
    """
    doubted = {
        place: asked[place][UploadedColumn.NAME]
        for place, answer in enumerate(answers)
        if Doubt.NAME in answer.doubts and _may_ask(asked[place], UploadedColumn.NAME)
    }
    rows = look_up(set(doubted.values()), at) if doubted else {}
    named = {place: [row for row in rows[text] if row.exact and row.why in BY_NAME] for place, text in doubted.items()}
    return [_of_two(named[place], answer) if named.get(place) else answer for place, answer in enumerate(answers)]


def _of_two(named: Sequence[LookupRow], of_number: RowMatch) -> RowMatch:
    worst_first = sorted(named, key=lambda row: row.entry.is_licensed)[: MOST_EXACT - 1]
    known = {row.entry.pk for row in worst_first}
    others = [row for row in of_number.rows if row.entry.pk not in known]
    return RowMatch(Confidence.BORROWED, (*worst_first, *others)[:MOST_EXACT], (Doubt.BORROWED,))


def look_up(texts: Collection[str], at: datetime) -> dict[str, list[LookupRow]]:
    """By each text the exact ones; where there are none, the most similar: as `search`, which looks for more names in a message."""
    matches = by_numbers(texts)
    equal = index.equal_to([text for text in texts if text not in matches], index.PUBLIC)
    rows = _rows({**{text: by_names(found) for text, found in equal.items()}, **matches}, at)
    rows = {text: settled(of_text, text) for text, of_text in rows.items()}
    unanswered = [text for text in texts if text not in matches and not any(row.exact for row in rows.get(text, ()))]
    near = pasted.near_matches(unanswered, on_register(at), timezone.localdate(at))
    within = {text: found for text, found in near.items() if found.pasted and found.answers}
    answered = _rows(within, at)
    near = {text: found for text, found in near.items() if not answered.get(text)}
    several = {
        text: [row for row in rows.get(text, ()) if row.why == AnswerReason.SEVERAL_FORMS] for text in unanswered
    }
    return {text: [] for text in texts} | _exact(rows) | _similar(near, several, at) | answered


def _exact(found: Mapping[str, list[LookupRow]]) -> dict[str, list[LookupRow]]:
    return {text: [row for row in rows if row.exact] for text, rows in found.items()}


def _similar(
    near: Mapping[str, Matches], several: Mapping[str, list[LookupRow]], at: datetime
) -> dict[str, list[LookupRow]]:
    """The first few that are on the register and no mere neighbours: most that are found are never read in."""
    found: dict[str, list[LookupRow]] = {text: [] for text in near}
    left, start, step = dict(near), 0, MOST_SIMILAR
    while left:
        part = {text: _part(matches, start, start + step) for text, matches in left.items()}
        for text, rows in _rows(part, at).items():
            found[text] += [row for row in rows if not row.in_place]
        start, step = start + step, step * 4
        left = {
            text: matches
            for text, matches in left.items()
            if len(found[text]) < MOST_SIMILAR and len(matches.listings) > start
        }
    return {text: _beside(several[text], settled(rows, text)) for text, rows in found.items()}


def _beside(several: Sequence[LookupRow], rows: Sequence[LookupRow]) -> list[LookupRow]:
    """Those that differ only by their legal form, all of them; then as many others as are shown."""
    known = {row.entry.pk for row in several}
    others = [row for row in rows if row.entry.pk not in known and not row.exact]
    return [*several, *others][: max(MOST_SIMILAR, len(several))][:MOST_EXACT]


def _part(matches: Matches, start: int, end: int) -> Matches:
    return replace(matches, listings=matches.listings[start:end])


def _rows(matches: Mapping[str, Matches], at: datetime) -> dict[str, list[LookupRow]]:
    """Those of what was found that are on the register then, in the order of the matches."""
    wanted = {listing for one in matches.values() for listing in one.listings}
    entries = {entry.listing_id: entry for entry in on_register(at).filter(listing__in=wanted)} if wanted else {}
    before = _before(matches, entries, at)
    return {text: list(_rows_of(one, entries, before)) for text, one in matches.items()}


def _rows_of(matches: Matches, entries: Mapping[int, Entry], before: Mapping[int, list[Entry]]) -> Iterator[LookupRow]:
    for listing in matches.listings:
        if (entry := entries.get(listing)) is None:
            continue
        if matches.number:
            yield LookupRow(entry, True, AnswerReason.NUMBER, matches.number)
        elif within := matches.pasted.get(listing):
            yield row_of(entry, within)
        elif row := row_for(entry, matches.found[listing], before.get(listing, ())):
            yield row


def _before(matches: Mapping[str, Matches], entries: Mapping[int, Entry], at: datetime) -> dict[int, list[Entry]]:
    """Entries until then, newest first, of those found by what they do not show any more."""
    unlike = {
        listing
        for one in matches.values()
        if not one.number
        for listing in one.found
        if listing in entries and any(borne(entries[listing], found) is None for found in one.found[listing])
    }
    before: dict[int, list[Entry]] = {}
    if unlike:
        for entry in Entry.objects.filter(listing__in=unlike, shown_from__lte=at).order_by("-entry_number"):
            before.setdefault(entry.listing_id, []).append(entry)
    return before


# What a row comes to


def _may_ask(row: Asked, column: UploadedColumn) -> bool:
    return 0 < len(row.get(column, "")) <= index.LONGEST


def _answer(
    asked: Asked, found: tuple[UploadedColumn, list[LookupRow]] | None, similar: Sequence[LookupRow]
) -> RowMatch:
    if found:
        return _judged(asked, *found)
    if not any(_may_ask(asked, column) for column in WHO):
        too_long = any(asked.get(column) for column in WHO)
        return RowMatch(Confidence.UNREAD, doubts=(Doubt.TOO_LONG,) if too_long else ())
    if any(row.why in BORROWED for row in similar):
        return RowMatch(Confidence.BORROWED, tuple(similar), (Doubt.BORROWED,))
    if any(row.why == AnswerReason.SEVERAL_FORMS for row in similar):
        return RowMatch(Confidence.UNCLEAR, tuple(similar), (Doubt.SEVERAL,))
    return RowMatch(Confidence.SIMILAR if similar else Confidence.NOTHING, tuple(similar))


def _judged(asked: Asked, column: UploadedColumn, exact: Sequence[LookupRow]) -> RowMatch:
    """The one that all the rest of the row agrees with; if there is none, or several, it is not clear which is meant."""
    doubts = [tuple(_doubts(asked, column, row.entry)) for row in exact]
    agreeing = [row for row, against in zip(exact, doubts, strict=True) if not against]
    if len(agreeing) == 1:
        sure = Confidence.NAME if agreeing[0].why in BY_NAME else Confidence.NUMBER
        return RowMatch(sure, (agreeing[0],))
    if len(exact) == 1:
        return RowMatch(Confidence.UNCLEAR, tuple(exact), doubts[0])
    of_all = [doubt for doubt in doubts[0] if all(doubt in against for against in doubts)]
    return RowMatch(Confidence.UNCLEAR, tuple(agreeing or exact)[:MOST_EXACT], (Doubt.SEVERAL, *of_all))


def _doubts(asked: Asked, by: UploadedColumn, entry: Entry) -> Iterator[Doubt]:
    """What else the row says that the register says otherwise. What either does not say is no doubt."""
    # A number is tried before anything else: where something else found them, it is not theirs.
    if by != UploadedColumn.NUMBER and asked.get(UploadedColumn.NUMBER):
        yield Doubt.NUMBER
    if (
        by != UploadedColumn.NAME
        and asked.get(UploadedColumn.NAME)
        and not _is_name_of(asked[UploadedColumn.NAME], entry)
    ):
        yield Doubt.NAME
    for column, doubt, kind in _COMPARED:
        if column != by and _differs(kind, asked.get(column, ""), _registered(entry, kind)):
            yield doubt


def _is_name_of(text: str, entry: Entry) -> bool:
    own = (entry.name, *entry.trading_names, *entry.former_names)
    return any(names.is_same(reading, name) for reading in names.spellings(text) for name in own)


def _differs(kind: str, given: str, registered: str) -> bool:
    """Whether both can be read, and what was given, be it only a part of it, is not what is registered."""
    typed, known = clues.kept(kind, given), clues.kept(kind, registered)
    return bool(typed and known) and typed[0] not in known


def _registered(entry: Entry, kind: str) -> str:
    if kind == "postcode":
        return str(entry.address.get("postcode", ""))
    return entry.company_number if kind == "company" else entry.telephone
