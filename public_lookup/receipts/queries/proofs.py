"""A proof of check as people read it years later, from the record that was signed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.translation import get_language

from public_lookup.lookup.queries import entries as look_up
from public_lookup.lookup.queries.entries import PublicEntry
from public_lookup.lookup.queries.instants import end_of
from public_lookup.lookup.rules.days import last_day
from public_lookup.lookup.rules.fields import PublicField, Surface
from public_lookup.lookup.rules.public_fields import FieldRow, fields_on, rows_for_people
from registry import identifiers, schemes, signing
from registry.register.models import Entry
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Outcome, Standing
from registry.schemes import said
from registry.templatetags.registry_parts import day, moment


@dataclass(frozen=True, slots=True)
class AnswerWhenMade:
    """What the register answered on the day on which a proof was made; no entry where it showed none."""

    entry: Any

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.entry.outcome) if self.entry else Outcome.NOT_FOUND

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry) if self.entry else None

    @property
    def holds(self) -> bool:
        return bool(self.entry and self.entry.is_licensed)


def _entry_of(answer: Mapping[str, Any]) -> Any:
    """An entry as it was signed: the names that `Entry` has, days as days."""
    answered = dict(answer)
    # What was signed before there were appeals says nothing of them.
    dated = (field.name for field in fields_on(Surface.PROOF) if field.holds_days)
    days = {name: parse_date(answered[name]) if answered.get(name) else None for name in dated}
    standing = Standing(answered["standing"])
    says = {"outcome": OUTCOMES[standing], "is_licensed": standing in LICENSED_STANDINGS}
    return SimpleNamespace(**{**answered, **days, **says})


class Proof:
    """A record that we signed, as people read it: made of what was signed, not of what the register says today."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self.record = record
        self.number: str = record["receipt"]
        self.checked_by: dict[str, str] = record.get("checked_by", {})

    @cached_property
    def entry(self) -> Any:
        """The entry that answered what was asked."""
        return _entry_of(self.record["answered"])

    @cached_property
    def when_made(self) -> AnswerWhenMade:
        """The answer on the day on which the proof was made: it comes first, whichever day was asked about."""
        if not self.is_of_a_past_day:
            return AnswerWhenMade(self.entry)
        if "today" in self.record:
            answered = self.record["today"]["answered"]
            return AnswerWhenMade(_entry_of(answered) if answered else None)
        # Signed before the answer of that day was signed too: the register has kept it.
        shown = look_up.today(self.asked_for, self.taken_at)
        return AnswerWhenMade(shown.entry if shown else None)

    @property
    def asked_when(self) -> str:
        """The day that was asked about; with the time where it was not the end of a day."""
        day_asked = timezone.localdate(self.as_at)
        is_whole = self.as_at == end_of(day_asked, now=self.taken_at) and day_asked != timezone.localdate(self.taken_at)
        return day(day_asked) if is_whole else moment(self.as_at)

    @property
    def authority(self) -> str:
        """Who says so: the authority on the day on which the proof was made."""
        try:
            scheme = schemes.in_force(self.entry.scheme, timezone.localdate(self.taken_at))
        except LookupError:
            return str(self.record.get("authority", self.entry.issued_by))
        return said(scheme.authority.name, get_language())

    @property
    def last_day(self) -> date | None:
        return last_day(self.entry)

    @property
    def taken_at(self) -> datetime:
        return _instant(self.record["taken_at"])

    @property
    def as_at(self) -> datetime:
        return _instant(self.record["asked"]["as_at"])

    @property
    def is_of_a_past_day(self) -> bool:
        return self.as_at != self.taken_at

    @property
    def asked_for(self) -> str:
        return str(self.record["asked"]["number"])

    @property
    def sectors(self) -> list[str]:
        return [look_up.title(self._scheme.sectors if self._scheme else (), code) for code in self.entry.sectors]

    @property
    def supplies_to(self) -> list[str]:
        return [look_up.title(self._scheme.nations if self._scheme else (), code) for code in self.entry.supplies_to]

    @property
    def address(self) -> list[str]:
        return [self.entry.address[line] for line in look_up.ADDRESS if self.entry.address.get(line)]

    @property
    def telephone(self) -> str:
        stored: str = self.entry.telephone
        return identifiers.telephone_display(stored) if stored.startswith("+") else stored

    @property
    def conditions(self) -> list[dict[str, Any]]:
        return [{**one, "due_on": parse_date(one["due_on"])} for one in self.entry.conditions]

    @property
    def conditions_said(self) -> list[dict[str, Any]]:
        """The conditions of a licence that held: of one that did not, none had to be met any more."""
        return self.conditions if self.entry.is_licensed else []

    @property
    def telephone_said(self) -> str:
        """The telephone of a licence that held when the proof was made: of an ended one none is given to be called."""
        return self.telephone if self.when_made.holds and self.entry.is_licensed else ""

    @cached_property
    def _scheme(self) -> schemes.Scheme | None:
        """The rules of then; a proof can be read even where that pack is not installed any more."""
        try:
            return schemes.get(self.entry.scheme, date.fromisoformat(self.entry.scheme_version))
        except LookupError:
            return None

    @property
    def rows(self) -> list[FieldRow]:
        """What is shown of the entry in rows of a label and a value; of a past day as of a licence that has ended."""
        return list(rows_for_people(Surface.PROOF, self, is_past=self.is_of_a_past_day))

    def value_of(self, field: PublicField) -> Any:
        """What was signed of a field; None where the proof is older than the field."""
        return getattr(self.entry, field.name, None)

    def since(self, at: datetime) -> "CurrentEntry | None":
        """What the register says now, where the proof was made on another day or the register says something else by now."""
        today, made = look_up.today(self.asked_for, at), self.when_made.entry
        is_of_that_day = timezone.localdate(self.taken_at) == timezone.localdate(at)
        if is_of_that_day and (today.standing if today else None) == (made.standing if made else None):
            return None
        return CurrentEntry(today, is_of_that_day)

    @property
    def is_still_in_the_register(self) -> bool:
        """Whether the entry that answered stands in the register as it did: it may have been followed by others."""
        entry = Entry.objects.filter(pk=self.record["entry"]["number"], hash=self.record["entry"]["hash"]).first()
        if entry is None:
            return False
        answered = self.record["answered"]
        signed = [field for field in fields_on(Surface.PROOF) if field.name in answered and not field.is_of_a_day]
        now = signing.plain({field.name: field.read(entry) for field in signed})
        return all(now[name] == answered[name] for name in now)


@dataclass(frozen=True, slots=True)
class CurrentEntry:
    """What the register says today of whom a proof is about; None where it shows them no more."""

    today: PublicEntry | None
    is_of_that_day: bool


def _instant(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None
    return found
