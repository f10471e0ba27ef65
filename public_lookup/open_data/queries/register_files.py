"""The whole register as it stood at an instant, row by row: for the data files."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any, cast

from django.utils import timezone

from public_lookup.lookup.queries.instants import last_day
from public_lookup.open_data.queries.changes import Position
from registry.register.models import Entry
from registry.register.states import LICENSED_STANDINGS, OUTCOMES, Standing

# Few at first, so that the answer begins at once.
_FIRST, _BATCH = 200, 2000
# The rules of site maps allow 50,000.
_IN_A_MAP = 20_000

#: The columns of a row, in order: name, data type (of CSV on the Web), what it holds.
COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("number", "string", "Licence number, or the number of an applicant"),
    ("scheme", "string", "The scheme that it is licensed under"),
    ("name", "string", "Legal name"),
    ("trading_names", "string", "Trading names, separated by semicolons"),
    ("former_names", "string", "Names it had before, separated by semicolons"),
    ("company_number", "string", "Number in the register of companies"),
    ("standing", "string", "What the register says, in one of nine words"),
    ("outcome", "string", "What the look-up says, in one of seven words"),
    ("licensed", "boolean", "Whether it holds a licence"),
    ("last_day", "date", "Last day with the licence, as far as is known"),
    ("valid_from", "date", "First day of the term"),
    ("valid_until", "date", "Last day of the term, as it was granted"),
    ("suspended_from", "date", "First day of a suspension"),
    ("suspended_until", "date", "Last day of the suspension"),
    ("revoked_from", "date", "First day without the licence, after a revocation"),
    ("appealed_from", "date", "Since when a revoked licence goes on until an appeal is decided"),
    ("surrendered_from", "date", "First day without the licence, after it was given up"),
    ("ended_from", "date", "First day without the licence, after the holder's own number changed"),
    ("conditions", "integer", "How many conditions stand"),
    ("sectors", "string", "Codes of the sectors, separated by semicolons"),
    ("supplies_to", "string", "Codes of the nations supplied, separated by semicolons"),
    ("town", "string", "Town of the business"),
    ("postcode", "string", "Postcode of the business"),
    ("country", "string", "Nation of the business"),
    ("telephone", "string", "Registered telephone"),
    ("email", "string", "Registered email address, where the scheme publishes it"),
    ("website", "string", "Registered website"),
    ("entry", "integer", "The number of the entry that says so"),
    ("shown_from", "datetime", "Since when the register has said so"),
)

_AS_THEY_ARE = frozenset(
    [
        "number", "scheme", "name", "company_number", "standing", "valid_from", "valid_until", "suspended_from",
        "suspended_until", "revoked_from", "appealed_from", "surrendered_from", "ended_from", "telephone", "email", "website",
    ]
)  # fmt: skip
_LISTS = ("trading_names", "former_names", "sectors", "supplies_to")
_READ = (*sorted(_AS_THEY_ARE), *_LISTS, "condition_count", "address", "entry_number", "shown_from")


def parts_of_map(at: datetime) -> int:
    """In how many parts the entries of the register stand in the map of the site."""
    return -(-Entry.objects.shown_at(at).count() // _IN_A_MAP)


def part_of_map(part: int, at: datetime) -> list[tuple[str, datetime]]:
    """The numbers in one part, and since when each says what it says."""
    found = Entry.objects.shown_at(at).order_by("entry_number").values_list("number", "shown_from")
    return list(found[(part - 1) * _IN_A_MAP : part * _IN_A_MAP])


def rows(at: datetime, position: Position | None = None) -> Iterator[dict[str, Any]]:
    """Every row by `COLUMNS`, in the order of the entries; read in batches, so that memory stays flat.

    With a position: exactly what stood there, whatever is made while the rows are read.
    """
    on = timezone.localdate(at)
    stood = (
        Entry.objects.shown_at(at)
        if position is None
        else Entry.objects.standing_at(position.entry, position.withdrawal)
    )
    shown = stood.standing_on(on)
    ordered, last, most = shown.order_by("entry_number").values(*_READ), 0, _FIRST
    while batch := list(ordered.filter(entry_number__gt=last)[:most]):
        last, most = batch[-1]["entry_number"], _BATCH
        for entry in batch:
            yield _row(entry)


def row_of(entry: Entry) -> dict[str, Any]:
    """One entry, with its `standing`, by `COLUMNS`."""
    return _row({name: getattr(entry, name) for name in _READ})


def _row(entry: dict[str, Any]) -> dict[str, Any]:
    standing = Standing(entry["standing"])
    made = {
        "outcome": OUTCOMES[standing].value,
        "licensed": standing in LICENSED_STANDINGS,
        "last_day": last_day(cast(Entry, SimpleNamespace(**entry))),
        "conditions": entry["condition_count"],
        "entry": entry["entry_number"],
        "shown_from": entry["shown_from"].astimezone(UTC),
        **{name: entry["address"].get(name, "") for name in ("town", "postcode", "country")},
    }
    return {name: made[name] if name in made else entry[name] for name, _type, _says in COLUMNS}


def written(value: Any) -> str:
    """One value as it is written in a file of text: days and instants as ISO 8601, lists by semicolons."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return "; ".join(str(one) for one in value)
    if isinstance(value, date):  # a datetime too
        return value.isoformat().replace("+00:00", "Z")
    return str(value)
