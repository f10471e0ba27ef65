"""How a table is written as JSON, frozen and read again: nothing is lost, and the same table always has the same digest.

A cell that is a text is a mark (`registry.editions.tables.Mark`): a measure has no other texts.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from registry import signing
from registry.editions.tables import Cell, CountedThing, Dimension, Mark, ReleaseTable


def content_of(table: ReleaseTable) -> dict[str, Any]:
    """The table as JSON. Raises ValueError where a row has not a value for each dimension and a cell for each measure."""
    width = len(table.dimensions) + len(table.measures)
    if any(len(row) != width for row in table.rows):
        raise ValueError(f"table {table.code}: each row has {width} values")
    for place, dimension in enumerate(table.dimensions):
        if unknown := {row[place] for row in table.rows} - set(dimension.values):
            raise ValueError(f"table {table.code}: {dimension.code} has no {sorted(map(str, unknown))}")
    return {
        "code": table.code,
        "counts": table.counts.value,
        "title": dict(table.title),
        "about": dict(table.about),
        "dimensions": [
            {
                "code": one.code,
                "title": dict(one.title),
                # A list: in JSON the order of a mapping means nothing.
                "values": [{"code": code, "title": dict(title)} for code, title in one.values.items()],
            }
            for one in table.dimensions
        ],
        "measures": [
            {"code": code, "title": dict(title), "unit": table.units.get(code, "")}
            for code, title in table.measures.items()
        ],
        "rows": [[_plain(value) for value in row] for row in table.rows],
        "query": table.query,
        "notes": [dict(note) for note in table.notes],
    }


def table_of(content: Mapping[str, Any]) -> ReleaseTable:
    """The table that was written so."""
    dimensions = tuple(
        Dimension(one["code"], one["title"], {value["code"]: value["title"] for value in one["values"]})
        for one in content["dimensions"]
    )
    keys = len(dimensions)
    return ReleaseTable(
        code=content["code"],
        counts=CountedThing(content["counts"]),
        title=content["title"],
        about=content["about"],
        dimensions=dimensions,
        measures={one["code"]: one["title"] for one in content["measures"]},
        units={one["code"]: one["unit"] for one in content["measures"]},
        rows=tuple((*row[:keys], *map(_cell, row[keys:])) for row in content["rows"]),
        query=content["query"],
        notes=tuple(content["notes"]),
    )


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical JSON; a number with a point counts as its text, which has one canonical form."""
    return signing.digest(json.loads(json.dumps(content), parse_float=str))


def digest_of_all(digests: Iterable[str]) -> str:
    """One digest for all tables of a version, in their order."""
    return signing.digest(list(digests))


def _plain(value: str | Cell) -> str | int | float:
    return value.value if isinstance(value, Mark) else value


def _cell(value: str | float) -> Cell:
    return Mark(value) if isinstance(value, str) else value
