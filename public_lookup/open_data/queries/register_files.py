"""The whole register as it stood at an instant, row by row: for the data files."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from public_lookup.lookup.rules.fields import Surface
from public_lookup.lookup.rules.public_fields import fields_on, values_on
from public_lookup.open_data.queries.changes import Position
from registry.register.models import Entry

Rows = Iterator[dict[str, Any]]

# Few at first, so that the answer begins at once.
_FIRST, _BATCH = 200, 2000
# The rules of site maps allow 50,000.
_IN_A_MAP = 20_000

#: The data types of CSV on the Web; what is not here is text.
_DATATYPES = {bool: "boolean", int: "integer", date: "date", date | None: "date", datetime: "datetime"}


@dataclass(frozen=True, slots=True)
class FileColumn:
    """A column of the data files: its name, its data type (of CSV on the Web), what it holds, and whether that is a list."""

    name: str
    datatype: str
    says: str
    is_list: bool


def columns() -> list[FileColumn]:
    """The columns of a row, in order."""
    return [
        FileColumn(
            field.name,
            _DATATYPES.get(field.type, "string"),
            f"{field.says}, separated by semicolons" if field.holds_list else field.says,
            field.holds_list,
        )
        for field in fields_on(Surface.FILE)
    ]


def parts_of_map(at: datetime) -> int:
    """In how many parts the entries of the register stand in the map of the site."""
    return -(-Entry.objects.shown_at(at).count() // _IN_A_MAP)


def part_of_map(part: int, at: datetime) -> list[tuple[str, datetime]]:
    """The numbers in one part, and since when each says what it says."""
    found = Entry.objects.shown_at(at).order_by("entry_number").values_list("number", "shown_from")
    return list(found[(part - 1) * _IN_A_MAP : part * _IN_A_MAP])


def rows(at: datetime, position: Position | None = None) -> Rows:
    """Every row by `columns`, in the order of the entries; read in batches, so that memory stays flat.

    With a position: exactly what stood there, whatever is made while the rows are read.
    """
    on = timezone.localdate(at)
    stood = (
        Entry.objects.shown_at(at)
        if position is None
        else Entry.objects.standing_at(position.entry, position.withdrawal)
    )
    shown = stood.standing_on(on)
    fields = fields_on(Surface.FILE)
    read = {"entry_number", *(column for field in fields for column in field.columns)}
    ordered, last, most = shown.order_by("entry_number").values(*sorted(read)), 0, _FIRST
    while batch := list(ordered.filter(entry_number__gt=last)[:most]):
        last, most = batch[-1]["entry_number"], _BATCH
        for entry in batch:
            read_entry = SimpleNamespace(**entry)
            yield {field.name: field.read(read_entry) for field in fields}


def row_of(entry: Entry) -> dict[str, Any]:
    """One entry, with its `standing`, as a row of the data files: for the feed of changes."""
    return values_on(Surface.FEED, entry)


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
