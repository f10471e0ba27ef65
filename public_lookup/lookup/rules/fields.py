"""What a public field of an entry is, and on which surfaces it can be."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Flag, auto
from typing import Any

from django.utils.functional import Promise

from registry.register.states import Outcome


class Surface(Flag):
    """Where the public can read an entry. A row of the feed of changes is a row of the data file."""

    PAGE = auto()
    API = auto()
    PROOF = auto()
    FILE = auto()
    FEED = auto()
    PHONE = auto()
    DATA = FILE | FEED
    EVERYWHERE = PAGE | API | PROOF | FILE | FEED | PHONE


@dataclass(frozen=True, slots=True)
class Labels:
    """What people read before the value: of a licence that holds, of one that has ended, of an application.

    Where one is None, the page does not show the field of such an entry.
    """

    licensed: str | Promise | None
    ended: str | Promise | None
    applied: str | Promise | None

    def by_state(self) -> dict[str, str | Promise | None]:
        return {"licensed": self.licensed, "ended": self.ended, "applied": self.applied}

    def of(self, entry: Any, *, is_past: bool = False) -> str | Promise | None:
        if entry.is_licensed:
            return self.ended if is_past else self.licensed
        return self.ended if entry.outcome == Outcome.NOT_LICENSED else self.applied


@dataclass(frozen=True, slots=True)
class PublicField:
    """One field: its name and type for programs, what it says, where it is shown, and how it is read from an entry.

    `reads` are the columns of an entry that it needs (its own name, if none is given; `standing` is of a day), and `value` makes
    of them what is shown. `label` is for people; a field without one is not in the list of the page, or has its own place
    there. `in_words` says the value to people: it is given a `Shown` or a `Proof`. `in_api` is what OpenAPI says in place of
    `says`; empty for nothing.
    """

    name: str
    type: Any
    says: str
    on: Surface
    reads: tuple[str, ...] = ()
    value: Callable[[Any], Any] | None = None
    label: Labels | str | Promise | None = None
    in_words: Callable[[Any], Any] | None = None
    in_api: str | None = None
    examples: list[str] = field(default_factory=list)

    @property
    def columns(self) -> tuple[str, ...]:
        return self.reads or (self.name,)

    @property
    def is_of_a_day(self) -> bool:
        """Whether it changes with the day that is asked about, without a new entry."""
        return "standing" in self.columns

    @property
    def holds_days(self) -> bool:
        return self.type in (date, date | None)

    @property
    def holds_list(self) -> bool:
        return self.type in (list[str], list[str] | None)

    def read(self, entry: Any) -> Any:
        """The value for programs, of anything that has `columns`."""
        return self.value(entry) if self.value else getattr(entry, self.name)

    @property
    def labels(self) -> Labels | None:
        return self.label if isinstance(self.label, Labels) or self.label is None else Labels(*[self.label] * 3)


@dataclass(frozen=True, slots=True)
class EntryCondition:
    standard: str
    requirement: str
    due_on: date


@dataclass(frozen=True, slots=True)
class EntryReason:
    kind: str
    standard: str
    sentence: str
    on: date


@dataclass(frozen=True, slots=True)
class Address:
    line_1: str = ""
    line_2: str = ""
    town: str = ""
    county: str = ""
    postcode: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """As registered. Ring this number, not one that you were given."""

    telephone: str
    email: str
    website: str
    address: Address
