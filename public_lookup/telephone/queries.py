"""Who is meant by keys, and what the register says of them: the same questions as on the page (`lookup.queries`)."""

from collections.abc import Callable
from datetime import datetime
from itertools import chain

from django.utils import timezone

from public_lookup.lookup.filters import by_numbers, schemes_on
from public_lookup.lookup.queries.findings import Findings, Search, search
from public_lookup.lookup.queries.instants import on_register
from public_lookup.lookup.queries.rows import LookupRow
from registry import search as index
from registry.register.models import Entry

#: Read out to choose from: more cannot be kept in mind, and 9 is "none of these".
MOST_CHOICES = 8
#: Figures that a licence number ends with, after as many letters.
HALF = 4
#: The keys of the letters before the number of an applicant.
APPLICANT = "277"
MOST_ROWS = 5


def asked(words: str, at: datetime) -> tuple[Search, Findings]:
    """The question of the page. Raises `UnreadableQuestion`."""
    question = search({"q": words}, at=at)
    return question, question.found(MOST_ROWS, beside=MOST_ROWS)


def only(number: str, at: datetime) -> LookupRow | None:
    """The one that has this number, as the page answers it."""
    return asked(number, at)[1].only


def choices(step: str, keys: str, at: datetime) -> list[Entry]:
    """Those that the keys may mean, to be read out: of a telephone, none of them is an answer before it is chosen."""
    listings = BY_KEYS[step](keys, at)
    rank = {listing: place for place, listing in enumerate(listings)}
    shown = on_register(at).filter(listing__in=listings)
    return sorted(shown, key=lambda entry: rank[entry.listing_id])[:MOST_CHOICES]


def of_numbers(numbers: tuple[str, ...], at: datetime) -> list[Entry]:
    """The entries of these numbers of today, in this order."""
    shown = {entry.number: entry for entry in on_register(at).filter(number__in=numbers)}
    return [shown[number] for number in numbers if number in shown]


def publishes_vehicles(at: datetime) -> bool:
    """Whether any scheme publishes registrations: else a van that is not found would say nothing of its firm."""
    return any(scheme.public.vehicles for scheme in schemes_on(timezone.localdate(at)))


def _by_number(keys: str, at: datetime) -> list[int]:
    """As a licence number or that of an applicant; else by any other number of the register."""
    head, tail = keys[:HALF], keys[HALF:]
    spelled = [f"{letters}{tail}" for letters in index.spelled(head)] if len(tail) == HALF else []
    if keys.startswith(APPLICANT):
        spelled.append(f"APP-{keys.removeprefix(APPLICANT)}")
    given = list(dict.fromkeys(chain.from_iterable(one.listings for one in by_numbers(spelled).values())))
    return given or [row.entry.listing_id for row in asked(keys, at)[1].exact]


def _by_vehicle(keys: str, at: datetime) -> list[int]:
    return index.vehicles_by_keys(keys, MOST_CHOICES)


def _by_name(keys: str, at: datetime) -> list[int]:
    return index.names_by_keys(keys, MOST_CHOICES)


BY_KEYS: dict[str, Callable[[str, datetime], list[int]]] = {
    "number": _by_number,
    "vehicle": _by_vehicle,
    "name": _by_name,
}
