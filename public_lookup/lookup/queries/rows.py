"""One holder or applicant that answers a question, and why it does."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from public_lookup.lookup.filters import PastedMatch
from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.differences import Pieces, compared
from registry import names
from registry.register.models import Entry
from registry.register.states import Standing
from registry.search import Name, SearchHit, SearchMatch, is_of, of_entry

#: Among those who have the same name, the standing that nobody must miss comes first.
WORST_FIRST = (
    Standing.REVOKED,
    Standing.SUSPENDED,
    Standing.EXPIRED,
    Standing.SURRENDERED,
    Standing.REFUSED,
    Standing.APPLIED,
    Standing.REVOCATION_TO_COME,
    Standing.LICENSED_WITH_CONDITIONS,
    Standing.LICENSED,
)


class AnswerReason(StrEnum):
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
    #: Of a trading name that was typed with a legal form, which no trading name has.
    TRADING_NAME_WITH_FORM = "trading_name_with_form"
    #: Within a longer text: a name; a number without the name of who has it; a number with one sign wrong.
    IN_TEXT = "in_text"
    NUMBER_IN_TEXT = "number_in_text"
    NEAR_NUMBER = "near_number"
    #: A text with the name of one business and the number of another: who is named, and who has the number.
    NAMED_BESIDE = "named_beside"
    NUMBER_OF_ANOTHER = "number_of_another"
    FILTER = "filter"


#: A number that is not theirs who are named: both are the answer, and neither is what was asked for.
BORROWED = frozenset({AnswerReason.NAMED_BESIDE, AnswerReason.NUMBER_OF_ANOTHER})
#: Found by a part of the name, as it was typed.
PARTS_OF_A_NAME = frozenset({AnswerReason.BEGINNING, AnswerReason.WORDS})
#: Nearly the name that was typed: its reader has to see what differs.
NEARLY_THE_NAME = frozenset(
    {AnswerReason.OTHER_FORM, AnswerReason.SEVERAL_FORMS, AnswerReason.SOUNDS_LIKE, AnswerReason.SIMILAR}
)
_PLAIN_TO_SEE = PARTS_OF_A_NAME | {AnswerReason.SOUNDS_LIKE, AnswerReason.SIMILAR}
#: Found by a number, which is no name.
_BY_A_NUMBER = frozenset({AnswerReason.NUMBER_IN_TEXT, AnswerReason.NEAR_NUMBER, AnswerReason.NUMBER_OF_ANOTHER})


@dataclass(frozen=True, slots=True)
class LookupRow:
    """One holder or applicant that answers. Only an exact one may be read as an answer about what was typed."""

    entry: Entry
    exact: bool
    why: AnswerReason
    name: str = ""
    #: The last entry that showed what was found, where the one of the day does not show it any more.
    carried_by: Entry | None = None
    #: The name, with the letters that differ from what was typed, where they are few.
    pieces: Pieces = ()

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def other_name(self) -> str:
        """The name that was found, where it is not the one that stands first."""
        is_name = self.why not in _CLUES.values() and self.why not in _BY_A_NUMBER
        return self.name if is_name and self.name != self.entry.name else ""

    @property
    def tells(self) -> bool:
        """Whether its reader must know why it was found: where it is only alike, that is plain to see."""
        return bool(self.carried_by or self.other_name) or self.why not in _PLAIN_TO_SEE

    @property
    def in_place(self) -> bool:
        """Found by where it is, which says nothing of who it is."""
        return self.why in (AnswerReason.POSTCODE, AnswerReason.PLACE)


_KINDS = {"legal": AnswerReason.NAME, "trading": AnswerReason.TRADING_NAME, "former": AnswerReason.FORMER_NAME}
_CLUES = {
    "company": AnswerReason.COMPANY_NUMBER,
    "telephone": AnswerReason.TELEPHONE,
    "email": AnswerReason.EMAIL,
    "website": AnswerReason.WEBSITE,
    "vehicle": AnswerReason.VEHICLE,
    "postcode": AnswerReason.POSTCODE,
    "place": AnswerReason.PLACE,
}
_NEAR = {
    SearchMatch.OTHER_FORM: AnswerReason.OTHER_FORM,
    SearchMatch.WITH_FORM: AnswerReason.BEGINNING,
    SearchMatch.BEGINNING: AnswerReason.BEGINNING,
    SearchMatch.WORDS: AnswerReason.WORDS,
    SearchMatch.SOUNDS: AnswerReason.SOUNDS_LIKE,
}


_OF_A_NAME = frozenset(
    {AnswerReason.NAME, AnswerReason.TRADING_NAME, AnswerReason.BEGINNING, AnswerReason.OTHER_FORM, AnswerReason.WORDS}
)


def borne(entry: Entry, one: SearchHit) -> Name | None:
    """What of the entry was found, if it shows it: the kind and the words."""
    return next((name for name in of_entry(entry) if is_of(name, one)), None)


def row_for(entry: Entry, found: Sequence[SearchHit], before: Sequence[Entry]) -> LookupRow | None:
    """The best of all by which the entry was found: an answer, if there is one."""
    rows = [row for one in found if (row := _row_of(entry, one, before))]
    return next((row for row in rows if row.exact), rows[0] if rows else None)


def row_of(entry: Entry, pasted: PastedMatch) -> LookupRow:
    """One that was found within a longer text."""
    return LookupRow(entry, pasted.is_exact, AnswerReason(pasted.why), pasted.text)


def settled(rows: Sequence[LookupRow], text: str) -> list[LookupRow]:
    """What the rows say of each other: exact ones first, the legal name before others, the worst standing first.

    Where businesses differ only by their legal form and none was typed, none of them is the one that was asked for.
    """
    has_exact = any(row.exact for row in rows)
    judged = [_of_another_form(row, text, has_exact=has_exact) for row in rows]
    if len(_forms_of(judged, text)) > 1:
        judged = [
            replace(row, exact=False, why=AnswerReason.SEVERAL_FORMS) if _is_this_name(row, text) else row
            for row in judged
        ]
    exact = sorted((row for row in judged if row.exact), key=_worst_first)
    several = sorted((row for row in judged if row.why == AnswerReason.SEVERAL_FORMS), key=_worst_first)
    rest = [row for row in judged if not row.exact and row.why != AnswerReason.SEVERAL_FORMS]
    rest.sort(key=lambda row: row.why in BORROWED and row.entry.is_licensed)
    return [*exact, *(_compared(row, text) for row in (*several, *rest))]


def _compared(row: LookupRow, text: str) -> LookupRow:
    is_nearly = row.why in NEARLY_THE_NAME and not row.other_name
    return replace(row, pieces=compared(text, row.entry.name)) if is_nearly else row


def _of_another_form(row: LookupRow, text: str, *, has_exact: bool) -> LookupRow:
    is_near = not row.exact and row.why in (*_NEAR.values(), AnswerReason.SIMILAR)
    if not (is_near and names.other_form(text, row.name)):
        return row
    # A trading name has no legal form: what was typed may be that of the business, unless somebody else has the name so.
    may_be = row.name in row.entry.trading_names and not names.taken_apart(row.name).says and not has_exact
    return replace(row, why=AnswerReason.TRADING_NAME_WITH_FORM if may_be else AnswerReason.OTHER_FORM)


def _is_this_name(row: LookupRow, text: str) -> bool:
    """Whether the name is what was typed but for a legal form, and is borne today."""
    if row.why not in _OF_A_NAME or names.taken_apart(text).says:
        return False
    return _bare(row.name) == _bare(text)


def _bare(name: str) -> str:
    return "".join(names.taken_apart(name).bare)


def _forms_of(rows: Sequence[LookupRow], text: str) -> set[str]:
    """The legal forms of those who have the name. A name that is only traded under says none."""
    said = {(names.taken_apart(row.name).says, row.name == row.entry.name) for row in rows if _is_this_name(row, text)}
    return {form for form, is_legal in said if form or is_legal}


def _worst_first(row: LookupRow) -> tuple[object, ...]:
    is_traded_under = row.why != AnswerReason.NUMBER and row.name != row.entry.name
    return is_traded_under, WORST_FIRST.index(Standing(row.entry.standing)), row.entry.name, row.entry.number


def _row_of(entry: Entry, one: SearchHit, before: Sequence[Entry]) -> LookupRow | None:
    """What it shows no longer may be somebody else's by now, so that it is no answer; what came later was not so then."""
    if shown := borne(entry, one):
        exact = one.how in (SearchMatch.NUMBER, SearchMatch.EXACT) and shown[0] != "former"
        return LookupRow(entry, exact, _why(shown[0], one, exact=exact), shown[1])
    for earlier in before:
        if shown := borne(earlier, one):
            kind = one.kind if one.kind in _CLUES else "former"
            return LookupRow(entry, False, _why(kind, one, exact=False), shown[1], earlier)
    return None


def _why(kind: str, one: SearchHit, *, exact: bool) -> AnswerReason:
    if one.kind in _CLUES:
        return _CLUES[one.kind]
    return _KINDS[kind] if exact or kind == "former" else _NEAR.get(one.how, AnswerReason.SIMILAR)
