"""The register for programs: the same questions as the page, and the same answers. No key, no cookie, read only."""

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from public_lookup.lookup.api import PROBLEMS, written_as
from public_lookup.open_data.queries import changes as changes_queries
from public_lookup.open_data.queries import items
from public_lookup.open_data.queries.changes import WRITTEN as POSITION

feed = Router(tags=["register"])


class AskedOfChanges(Schema):
    after: str = Field(
        "",
        description="The position that you have come to, as you were given it; the beginning of the register, if left out or empty. "
        "A position that the register has not reached yet is followed by nothing",
        examples=["e120w3"],
        max_length=40,
        json_schema_extra=written_as(POSITION),
    )
    limit: int = Field(100, ge=1, le=1000, description="How many to answer at most")


class MadeOut(Schema):
    entry: int
    replaces: int | None = Field(description="The entry that this one stands in place of")
    changes_on: list[date] = Field(description="Days on which its standing changes by itself, with no new entry")
    row: dict[str, Any] = Field(description="The row as the data files have it; the standing is that of today")


class WithdrawnOut(Schema):
    entry: int = Field(description="The entry that was closed with none after it")
    at: datetime


class ChangesOut(Schema):
    position: str = Field(description="How far this goes: give it as `after` the next time", examples=["e120w3"])
    is_all: bool = Field(description="False when there is more: ask again at once")
    made: list[MadeOut]
    withdrawn: list[WithdrawnOut]


@feed.get("", response={200: ChangesOut, **PROBLEMS}, operation_id="read_changes", url_name="changes")
def changes(request: HttpRequest, asked: Query[AskedOfChanges]) -> Any:
    """What was made and taken off since a position. Nothing is skipped and nothing told twice.

    A copy begins with the data file, whose position stands in its header Register-Position; then it takes away what is
    replaced or withdrawn, and adds what is made.
    """
    found = changes_queries.changes(changes_queries.Position.read(asked.after), at=timezone.now(), limit=asked.limit)
    return {
        "position": str(found.position),
        "is_all": found.is_all,
        "made": [items.made_item(one) for one in found.made],
        "withdrawn": [items.withdrawn_item(one) for one in found.withdrawn],
    }
