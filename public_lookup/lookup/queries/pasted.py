"""Who is meant by a text that people paste: a number within it, a name within it, or a number with one sign wrong.

A number answers only if nothing in the text says that another business is meant. All else is only offered. However long the text,
the same few statements are asked: for all numbers, all names and all contacts together.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import chain, islice

from django.db.models import QuerySet

from public_lookup.lookup.filters import Matches, PastedMatch, among, by_names, by_numbers, schemes_on
from public_lookup.lookup.queries.rows import AnswerReason, borne
from public_lookup.lookup.rules import pasted as rules
from registry import names
from registry import search as index
from registry.register.models import Entry
from registry.search import NameWithin, SearchMatch
from registry.search import identifiers as clues

#: Of the businesses that have nearly the number, or whose names stand in the text, so many are offered.
_MOST_OFFERED = 5
#: A text of so many words at most is a name, or a part of one.
_FEWEST_WORDS = 2
#: What may be a name in a text that finds nothing: the text, a row with capitals, an address. Of each row of a list only the first.
_TRIES, _TRIES_OF_A_ROW = 3, 1
_CONTACTS = {
    "company": AnswerReason.COMPANY_NUMBER,
    "telephone": AnswerReason.TELEPHONE,
    "email": AnswerReason.EMAIL,
    "website": AnswerReason.WEBSITE,
}
#: What is its own of one business, so that it is borrowed where the text names another.
_NUMBERS = (AnswerReason.NUMBER, AnswerReason.COMPANY_NUMBER)
Found = dict[int, PastedMatch]


@dataclass(frozen=True, slots=True)
class _Holder:
    """Who has a number or a contact that stands in a text, and how it is written on the register."""

    entry: Entry
    why: AnswerReason
    number: str


@dataclass(frozen=True, slots=True)
class _Text:
    pasted: rules.PastedText
    holders: tuple[_Holder, ...]
    named: tuple[NameWithin, ...]
    known: frozenset[str]

    def agrees(self, holder: _Holder) -> bool:
        """Whether the text names who has the number, or nobody at all."""
        entry = holder.entry
        own = (entry.name, *entry.trading_names, *entry.former_names)
        theirs = [one for one in self.named if one.subject == entry.listing_id]
        other_form = {one.start for one in theirs if one.kind == "legal" and not one.is_exact}
        # A trading name has no legal form: one that stands beside it is no other.
        within = [
            (one.start, one.end, one.is_exact or (one.kind == "trading" and one.start not in other_form))
            for one in theirs
        ]
        return rules.agrees(self.pasted, () if self.others else own, within, self.known)

    @property
    def others(self) -> list[NameWithin]:
        """Who else is named with a whole name of today."""
        holders = {one.entry.listing_id for one in self.holders}
        return [
            one
            for one in self.named
            if one.subject not in holders
            and one.is_exact
            and one.kind != "former"
            and (one.has_form or one.end - one.start > 1)
        ]


def matches_of(text: str, entries: "QuerySet[Entry]", on: date) -> Matches:
    """What one text finds: a number or a name that it is; what stands within it; and what is most like it."""
    if (given := by_numbers([text]).get(text)) is not None:
        return given
    return _nearest(text, lambda: matches_within([text], entries, on)[text], entries, on)


def near_matches(texts: Collection[str], entries: "QuerySet[Entry]", on: date) -> dict[str, Matches]:
    """The same of many texts that are neither the number nor the name of anybody: all that stands within them in few statements."""
    within = matches_within(texts, entries, on)
    return {
        text: _nearest(text, partial(within.__getitem__, text), entries, on, tries=_TRIES_OF_A_ROW) for text in within
    }


def _nearest(
    text: str, within: Callable[[], Matches], entries: "QuerySet[Entry]", on: date, *, tries: int = _TRIES
) -> Matches:
    """What stands within the text, and what is most like it; `within` is asked only of a text that may hold something."""
    if says_more(text, on) and (found := within()).listings:
        return found
    whole = most_like(text, entries, on, tries=tries)
    return _named_within(text, within(), whole) if not says_more(text, on) and _is_of_parts(text, whole) else whole


def _named_within(text: str, within: Matches, whole: Matches) -> Matches:
    """First whose name stands in the text; who has the name with another legal form is told so, as ever."""
    kept = {listing: one for listing, one in within.pasted.items() if not names.other_form(text, one.text)}
    return Matches(listings=tuple(kept), pasted=kept).and_then(whole)


def _is_of_parts(text: str, whole: Matches) -> bool:
    """Whether a name may stand within the text: it has more words than one, and is not itself a name but for its form."""
    return len(text.split()) > _FEWEST_WORDS and not any(
        hit.how in index.SAME_BUT_FOR_FORM for hits in whole.found.values() for hit in hits
    )


def says_more(text: str, on: date) -> bool:
    """Whether there is a number or a contact in the text, and more than that."""
    if any(kind in _CONTACTS for kind, _key in clues.typed(text)):
        return False
    pasted = rules.read(text, words_of_schemes(on))
    return bool(pasted.numbers or pasted.contacts)


def most_like(text: str, entries: "QuerySet[Entry]", on: date, *, tries: int) -> Matches:
    """What the index finds for the text; else for the name that it may have, which is no answer."""
    for phrase in islice(_phrases(text, on), tries):
        if hits := index.find(phrase, index.PUBLIC, shown=partial(among, entries)):
            return by_names(hits if phrase == text else [_only_alike(hit) for hit in hits])
    return by_names([])


def _only_alike(hit: index.SearchHit) -> index.SearchHit:
    """A part of a text is not the text: what it finds is no answer."""
    return replace(hit, how=SearchMatch.WORDS) if hit.how in index.ANSWERS else hit


def _phrases(text: str, on: date) -> Iterator[str]:
    """The text; of one with numbers in it, or a whole message, the name that it may have; and what else in it may be one."""
    of_schemes = words_of_schemes(on)
    pasted = rules.read(text, of_schemes)
    if len(text) <= index.LONGEST and (text.strip() in pasted.numbers or not says_more(text, on)):
        yield text
    elif pasted.name:
        yield pasted.name[: index.LONGEST]
    yield from (one[: index.LONGEST] for one in rules.likely_names(pasted, rules.known_words(of_schemes)[1]))


def words_of_schemes(on: date) -> tuple[str, ...]:
    """What people of each scheme write before a number."""
    helps = (pack.worker_help for pack in schemes_on(on))
    return tuple(dict.fromkeys(word for one in helps if one for word in one.number_words))


def matches_within(texts: Collection[str], entries: "QuerySet[Entry]", on: date) -> dict[str, Matches]:
    """What stands within each text, in few statements however many the texts are."""
    of_schemes = words_of_schemes(on)
    known = rules.known_words(of_schemes)[1]
    read = {text: rules.read(text, of_schemes) for text in texts}
    named = index.names_within({text: one.words for text, one in read.items()}, index.PUBLIC)
    held = _held(read, entries)
    near = _near(read, held)
    found = {}
    for text, pasted in read.items():
        whole = _Text(pasted, tuple(held[text]), tuple(named[text]), known)
        found[text] = _answered(whole) or _offered(whole, near[text])
    return {text: Matches(listings=tuple(of_text), pasted=of_text) for text, of_text in found.items()}


def _answered(text: _Text) -> Found:
    """Whose number it is; and where the text names another, both. None of them answers where the text names neither."""
    agreeing = [one for one in text.holders if text.agrees(one)]
    if not text.holders or len(agreeing) == len(text.holders):
        return {one.entry.listing_id: PastedMatch(one.why, one.number, True, True) for one in agreeing}
    if not any(one.why in _NUMBERS for one in text.holders) or agreeing or not text.others:
        return {}
    named = {one.subject: PastedMatch(AnswerReason.NAMED_BESIDE, one.text, answers=True) for one in text.others}
    return {
        **named,
        **{
            one.entry.listing_id: PastedMatch(AnswerReason.NUMBER_OF_ANOTHER, one.number, answers=True)
            for one in text.holders
        },
    }


def _offered(text: _Text, near: Mapping[int, str]) -> Found:
    """Who may be meant: first those with both their name and nearly their number in the text."""
    by_form = sorted(text.named, key=lambda one: not (one.has_form and one.is_exact))
    named = {one.subject: PastedMatch(AnswerReason.IN_TEXT, one.text) for one in by_form}
    numbers = {one.entry.listing_id: _number_of(one) for one in text.holders if one.why == AnswerReason.NUMBER}
    contacts = {one.entry.listing_id: _number_of(one) for one in text.holders if one.why != AnswerReason.NUMBER}
    nearly = {listing: PastedMatch(AnswerReason.NEAR_NUMBER, number) for listing, number in near.items()}
    both = {listing: match for listing, match in (nearly | contacts | numbers).items() if listing in named}
    offered = both
    for more in (numbers, named, contacts, nearly):
        offered = offered | {listing: match for listing, match in more.items() if listing not in offered}
    return dict(list(offered.items())[:_MOST_OFFERED])


def _number_of(holder: _Holder) -> PastedMatch:
    why = AnswerReason.NUMBER_IN_TEXT if holder.why == AnswerReason.NUMBER else holder.why
    return PastedMatch(why, holder.number)


def _held(read: Mapping[str, rules.PastedText], entries: "QuerySet[Entry]") -> dict[str, list[_Holder]]:
    """By each text who has its numbers; where nobody has one, who has its contacts."""
    given = by_numbers({one for text in read.values() for one in text.numbers})
    contacts = {text: one.contacts for text, one in read.items() if not any(number in given for number in one.numbers)}
    found = index.contacts_of({one for some in contacts.values() for one in some}, index.PUBLIC)
    of_text = {
        text: [
            *(
                (listing, AnswerReason.NUMBER, given[one].number, None)
                for one in pasted.numbers
                if one in given
                for listing in given[one].listings
            ),
            *(
                (hit.subject, _CONTACTS[hit.kind], hit.text, hit)
                for one in contacts.get(text, ())
                for hit in found[one]
                if hit.kind in _CONTACTS
            ),
        ]
        for text, pasted in read.items()
    }
    wanted = {listing for some in of_text.values() for listing, *_why in some}
    shown = {one.listing_id: one for one in entries.filter(listing__in=wanted)} if wanted else {}
    # A contact that is shown no longer may be somebody else's by now.
    return {
        text: [
            _Holder(shown[listing], why, number)
            for listing, why, number, hit in some
            if listing in shown and (hit is None or borne(shown[listing], hit))
        ]
        for text, some in of_text.items()
    }


def _near(read: Mapping[str, rules.PastedText], held: Mapping[str, Sequence[_Holder]]) -> dict[str, dict[int, str]]:
    """Of texts with numbers that nobody has, who has nearly such a number."""
    near = {
        text: {number for written in pasted.nearly for number in rules.near_numbers(written)}
        for text, pasted in read.items()
        if not any(one.why == AnswerReason.NUMBER for one in held[text])
    }
    wanted = set(chain.from_iterable(near.values()))
    rows = Entry.objects.filter(number__in=wanted).values_list("number", "listing").distinct() if wanted else ()
    given: dict[str, int] = dict(rows)
    return {text: {given[one]: one for one in sorted(near.get(text, ())) if one in given} for text in read}
