"""What the register says of one holder or applicant at an instant."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import cached_property
from operator import itemgetter
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language

from public_lookup.lookup.filters import by_numbers, read_numbers
from public_lookup.lookup.queries.advice import ReaderAdvice, advice
from public_lookup.lookup.queries.answers import kind_of
from public_lookup.lookup.queries.history import PublishedChange, history
from public_lookup.lookup.queries.namesakes import Namesake, namesakes
from public_lookup.lookup.queries.reasons import SaidReason, reasons_in_words
from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.fields import PublicField, Surface
from public_lookup.lookup.rules.public_fields import FieldRow, rows_for_people
from public_lookup.open_data.queries.changes import Position
from registry import identifiers, names, schemes, signing
from registry.overdue import has_passed
from registry.register.models import Entry
from registry.register.states import Outcome, Standing
from registry.schemes import Scheme, Text, said

ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


class NotShown(LookupError):
    """Nobody with that number or code was on the register then. `ever` is the number to ask for on another day, if any."""

    def __init__(self, asked: str, *, at: datetime | None = None, ever: str = "") -> None:
        super().__init__("not on the register")
        self.asked, self.at, self.ever = asked, at, ever


class PublicEntry:
    """What the register says of one holder or applicant at an instant: for the page and for the API."""

    def __init__(self, entry: Entry, entries: list[Entry], at: datetime) -> None:
        self.entry, self.entries, self.at = entry, entries, at
        self.on = timezone.localdate(at)
        self.scheme: Scheme = schemes.known_on(entry.scheme, self.on)

    @property
    def number(self) -> str:
        """The number of today: older ones lead here."""
        return self.entries[0].number

    @property
    def standing(self) -> Standing:
        return Standing(self.entry.standing)

    @property
    def has_ended(self) -> bool:
        """Whether it had a licence that does not hold that day: all that is said of the licence is in the past tense."""
        return self.entry.outcome == Outcome.NOT_LICENSED

    @property
    def is_losing(self) -> bool:
        return self.entry.outcome == Outcome.LOSING_LICENCE

    @property
    def kind(self) -> str:
        """Which of the sentences is said of it."""
        return kind_of(self.entry, self.last_day)

    @property
    def ended_number(self) -> str:
        """The number of the licence before this one, where that ended because the holder's own number changed."""
        earlier = next((entry for entry in self.entries if entry.number != self.entry.number), None)
        was_followed = earlier is not None and earlier.entry_number < self.entry.entry_number
        return earlier.number if earlier and was_followed and earlier.ended_from else ""

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def says(self) -> str:
        """What the scheme says of this standing; of a licence that ended by law, its own sentence says all."""
        if self.kind == "ended":
            return ""
        text: Text = getattr(self.scheme.outcomes, self.standing)
        return said(text, get_language())

    @property
    def promise(self) -> str:
        """What a licence does not promise: "licensed" must never read as "safe"."""
        return said(self.scheme.outcomes.promise, get_language())

    @property
    def issued_by(self) -> str:
        return said(self.scheme.authority.name, get_language())

    @property
    def scheme_title(self) -> str:
        return said(self.scheme.title, get_language())

    @property
    def advice(self) -> ReaderAdvice:
        """For those who have to do with it once its licence is gone."""
        return advice(self.scheme)

    @property
    def objections(self) -> tuple[list[str], date] | None:
        """What the scheme says of objecting to this applicant, and the last day for it; none when that is not open."""
        rules = self.entry.objections_on(self.on)
        if rules is None or self.entry.applied_on is None:
            return None
        return [said(text, get_language()) for text in rules.words], rules.last_day(self.entry.applied_on)

    @property
    def rows(self) -> list[FieldRow]:
        """What the page shows in rows of a label and a value."""
        return list(rows_for_people(Surface.PAGE, self))

    def value_of(self, field: PublicField) -> Any:
        return field.read(self.entry)

    @property
    def sectors(self) -> list[str]:
        return [title(self.scheme.sectors, code) for code in self.entry.sectors]

    @property
    def supplies_to(self) -> list[str]:
        return [title(self.scheme.nations, code) for code in self.entry.supplies_to]

    @property
    def conditions(self) -> list[dict[str, Any]]:
        """Each with its day, whether that has passed, and the title of its standard."""
        return [self._condition(one) for one in self.entry.conditions]

    def _condition(self, condition: dict[str, Any]) -> dict[str, Any]:
        due_on = date.fromisoformat(condition["due_on"])
        standard = next((one for one in self.scheme.standards if one.code == condition["standard"]), None)
        return {
            **condition,
            "due_on": due_on,
            "is_overdue": has_passed(due_on, self.on),
            "title": said(standard.title, get_language()) if standard else "",
        }

    @property
    def reasons(self) -> list[SaidReason]:
        """Why it was decided, the newest day first and of a day in order, in the language of the reader where the pack has the words."""
        return reasons_in_words(sorted(self.entry.reasons or (), key=itemgetter("on"), reverse=True), self.scheme)

    @property
    def telephone(self) -> str:
        """As people dial it; a number that was stored in another form, as it is."""
        stored = self.entry.telephone
        return identifiers.telephone_display(stored) if stored.startswith("+") else stored

    @property
    def address(self) -> list[str]:
        """The lines of the address of the business."""
        return [self.entry.address[line] for line in ADDRESS if self.entry.address.get(line)]

    @property
    def former_numbers(self) -> list[str]:
        return sorted({entry.number for entry in self.entries} - {self.number})

    @property
    def names_can_be_confirmed(self) -> bool:
        return bool(self.entry.named_people or self.entry.named_digests)

    @property
    def etag(self) -> str:
        """Changes with the register, the day and the language: so it never stands for an old standing, of this one or of
        those that are not to be confused with it (docs/rules.md, *Fixed meanings*)."""
        return _tag(self.entry, self.on)

    @cached_property
    def namesakes(self) -> list[Namesake]:
        """Who must not be confused with it."""
        return namesakes(self.entry, self.at)

    @property
    def marks_what_differs(self) -> bool:
        return any(one.pieces for one in self.namesakes)

    @cached_property
    def history(self) -> list[PublishedChange]:
        """What was published of it until then, newest first."""
        return history(self.entries, until=self.at)

    def confirms(self, person: str) -> bool:
        """Whether this person is named on the licence: a typed name is compared, and none is ever listed."""
        key = names.person_key(person)
        if not key:
            return False
        if any(names.person_key(name) == key for name in self.entry.named_people or []):
            return True
        digest = signing.keyed_digest(settings.NAMES_KEY, key)
        return any(signing.same_digest(digest, one) for one in self.entry.named_digests)


def entry(number: str, at: datetime) -> PublicEntry:
    """What the register said at an instant of the one that this number, old or new, was given to."""
    entries = list(
        Entry.objects.filter(listing__in=_given(number))
        .standing_on(timezone.localdate(at))
        .with_heads()
        .select_related("listing")
        .order_by("-entry_number")
    )
    shown = _shown(entries, at)
    if shown is None:
        raise NotShown(number, at=at, ever=entries[0].number if entries else "")
    return PublicEntry(shown, entries, at)


def today(number: str, at: datetime) -> PublicEntry | None:
    """What the register says now of somebody of whom another day is shown; None where it shows them no more."""
    try:
        return entry(number, at=at)
    except NotShown:
        return None


def etag(number: str, at: datetime) -> str:
    """The ETag of what `entry` answers, without making the answer; empty if it is asked for by another number than today's."""
    entries = list(
        Entry.objects.filter(listing__in=_given(number))
        .with_heads()
        .only("number", "shown_from", "shown_until")
        .order_by("-entry_number")
    )
    shown = _shown(entries, at)
    return _tag(shown, timezone.localdate(at)) if shown and entries[0].number == number else ""


def _given(number: str) -> "QuerySet[Entry, Any]":
    """The listing that this number, old or new, was given to."""
    return Entry.objects.filter(number__in=read_numbers(number)).values("listing")[:1]


def _shown(entries: Iterable[Entry], at: datetime) -> Entry | None:
    return next((entry for entry in entries if entry.was_shown_at(at)), None)


def _tag(entry: Entry, on: date) -> str:
    position = Position(entry.last_entry, entry.last_withdrawal)
    return f'W/"{entry.entry_number}-{position}-{on.isoformat()}-{get_language()}"'


def number_of(text: str) -> str:
    """The number to look under, for what is printed on a certificate: a licence number, or else a short code."""
    given = by_numbers([text]).get(text)
    newest = Entry.objects.filter(listing__in=given.listings).order_by("-entry_number").first() if given else None
    if newest is None:
        raise NotShown(text)
    return newest.number


def title(things: Iterable[Any], code: str) -> str:
    """The pack's word for a code; the code itself where a later version of the pack has dropped it."""
    for thing in things:
        if thing.code == code:
            return said(thing.title, get_language())
    return code.replace("_", " ").replace("-", " ")
