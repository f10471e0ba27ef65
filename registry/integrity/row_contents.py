"""What a row that the trail covers holds, in canonical words: the text over which its digest is made.

Columns that are empty or hold their default are left out, so that a new column with a default changes no digest.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Any, NamedTuple

from django.db import models
from django.db.models.functions import Cast

from registry.trail.models.covered import RowDigest, covered_fields, covered_relations, covered_rows


def read(model: type[models.Model], rows: Iterable[str]) -> dict[str, str]:
    """The canonical content of these rows as the database has them; heads of the chains have no digest but the chain."""
    columns, keys = _columns(model), list(rows)
    found = covered_rows(model).filter(pk__in=keys).values_list("pk", *(one.name for one in columns))
    added = _relations(model, keys)
    return {str(key): content(columns, values, added.get(str(key), {})) for key, *values in found}


def with_digests(model: type[models.Model], keys: list[str]) -> tuple[dict[str, str], dict[str, RowDigest]]:
    """The canonical content and the last digest of these rows, which are locked."""
    columns, kind = _columns(model), model._meta.label_lower
    digests = RowDigest.objects.filter(kind=kind, row=Cast(models.OuterRef("pk"), models.CharField()))
    one = digests.exclude(salt="")
    found = (
        covered_rows(model)
        .filter(pk__in=keys)
        .select_for_update(no_key=True)
        .values_list(
            "pk",
            models.Subquery(one.values("digest")[:1]),
            models.Subquery(one.values("salt")[:1]),
            *(one.name for one in columns),
        )
    )
    rows = list(found)
    added = _relations(model, keys)
    now = {str(key): content(columns, values, added.get(str(key), {})) for key, _digest, _salt, *values in rows}
    last = {
        str(key): RowDigest(kind=kind, row=str(key), digest=digest, salt=salt) for key, digest, salt, *_ in rows if salt
    }
    return now, last


def _relations(model: type[models.Model], keys: list[str]) -> dict[str, dict[str, list[str]]]:
    """By row, the keys of what it is related to by `trail_adds`."""
    related: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in covered_relations(model):
        pairs = covered_rows(model).filter(pk__in=keys, **{f"{name}__isnull": False}).values_list("pk", name)
        for key, other in sorted((str(key), str(other)) for key, other in pairs):
            related[key][name].append(other)
    return related


def content(columns: Sequence["CoveredColumn"], values: Sequence[Any], added: Mapping[str, Any]) -> str:
    said = {
        column.name: value
        for column, value in zip(columns, values, strict=True)
        if value != column.default and (value is not None or not column.may_be_empty)
    }
    said.update(added)
    return _ENCODER.encode(said)


def _as_text(value: Any) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, bytes | memoryview):
        return bytes(value).hex()
    return str(value)


_ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_as_text)


class CoveredColumn(NamedTuple):
    """One column: what it holds where nothing was written, and whether it may hold nothing at all."""

    name: str
    default: Any
    may_be_empty: bool


@cache
def _columns(model: type[models.Model]) -> list[CoveredColumn]:
    fields = (field for field in covered_fields(model) if not field.primary_key)
    return [CoveredColumn(field.attname, field.get_default(), field.null) for field in fields]
