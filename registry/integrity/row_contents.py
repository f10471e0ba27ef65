"""What a row that the trail covers holds, in canonical words: the text over which its digest is made.

Columns that are empty or hold their default are left out, so that a new column with a default changes no digest. Of a secret
there is a keyed digest in its place: without `NAMES_KEY` no one tries words on it, and no one makes it for another secret.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from operator import methodcaller
from typing import Any, NamedTuple, cast

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.db.models.functions import Cast, Left

from registry import signing
from registry.trail.models.covered import RowDigest, covered_fields, covered_rows, said_of

#: Of so few keys a statement is made once: the ORM takes several times as long to make its words as the database to answer.
FEW = 3
Query = Callable[["models.QuerySet[Any]"], "models.QuerySet[Any, Any]"]


def read(model: type[models.Model], rows: Iterable[str]) -> dict[str, str]:
    """The canonical content of these rows as the database has them; heads of the chains have no digest but the chain."""
    columns, keys = _columns(model), list(rows)
    found = asked(
        "content", covered_rows(model), keys, lambda rows: rows.values_list("pk", *(one.name for one in columns))
    )
    added = _relations(model, keys)
    return {str(key): content(columns, values, added.get(str(key), {})) for key, *values in found}


def with_digests(model: type[models.Model], keys: list[str]) -> tuple[dict[str, str], dict[str, RowDigest]]:
    """The canonical content and the last digest of these rows, which are locked."""
    columns, kind = _columns(model), model._meta.label_lower

    def query(rows: "models.QuerySet[Any]") -> "models.QuerySet[Any, Any]":
        digests = RowDigest.objects.filter(kind=kind, row=Cast(models.OuterRef("pk"), models.CharField()))
        last = (models.Subquery(digests.exclude(salt="").values(name)[:1]) for name in ("digest", "salt"))
        return rows.select_for_update(no_key=True).values_list("pk", *last, *(one.name for one in columns))

    rows = list(asked("digests", covered_rows(model), keys, query))
    added = _relations(model, keys)
    now = {str(key): content(columns, values, added.get(str(key), {})) for key, _digest, _salt, *values in rows}
    last = {
        str(key): RowDigest(kind=kind, row=str(key), digest=digest, salt=salt) for key, digest, salt, *_ in rows if salt
    }
    return now, last


def lets_in(model: type[models.Model], keys: list[str]) -> dict[str, tuple[str, str]]:
    """Of those of these rows by which a person gets in: their reference, and what the trail calls the row. A password may open nothing."""
    path, columns = said_of(model).trail_person, {field.name for field in model._meta.concrete_fields}
    if not path:
        return {}
    usable = Left("password", 1) if "password" in columns else models.Value("")
    reference = "reference" if "reference" in columns else "pk"
    found = asked("people", covered_rows(model), keys, lambda rows: rows.values_list("pk", path, reference, usable))
    return {str(key): (person, str(row)) for key, person, row, start in found if start != UNUSABLE_PASSWORD_PREFIX}


def _relations(model: type[models.Model], keys: list[str]) -> dict[str, dict[str, list[str]]]:
    """By row, the keys of what it is related to by `trail_adds`."""
    related: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name in said_of(model).trail_adds:
        pairs = asked(name, covered_rows(model), keys, methodcaller("values_list", "pk", name))
        for key, other in sorted((str(key), str(other)) for key, other in pairs if other is not None):
            related[key][name].append(other)
    return related


def asked(name: str, rows: "models.QuerySet[Any]", keys: list[str], query: Query) -> Iterable[Sequence[Any]]:
    """What the query finds of those of these rows that have these keys, which are the last parameters of its statement."""
    if not 0 < len(keys) <= FEW:
        return query(rows.filter(pk__in=keys))
    connection, this = cast("Any", connections[DEFAULT_DB_ALIAS]), (rows.model, name, len(keys))
    if this not in connection.statements:
        compiler = query(rows.filter(pk__in=keys)).query.get_compiler(connection=connection)
        words, given = compiler.as_sql()
        converters = compiler.get_converters([one for one, *_ in compiler.select])
        connection.statements[this] = (compiler, words, given[: -len(keys)], converters)
    compiler, words, given, converters = connection.statements[this]
    prepared = (rows.model._meta.pk.get_db_prep_value(key, connection) for key in keys)
    with connection.cursor() as cursor:
        cursor.execute(words, [*given, *prepared])
        found = cursor.fetchall()
    return cast("Iterable[Sequence[Any]]", compiler.apply_converters(found, converters) if converters else found)


def content(columns: Sequence["CoveredColumn"], values: Sequence[Any], added: Mapping[str, Any]) -> str:
    said = {
        column.name: _keyed(column.name, value) if column.is_secret else value
        for column, value in zip(columns, values, strict=True)
        if value != column.default and (value is not None or not column.may_be_empty)
    }
    said.update(added)
    return _ENCODER.encode(said)


def _keyed(name: str, value: Any) -> str:
    return signing.keyed_digest(settings.NAMES_KEY, f"covered {name} {_ENCODER.encode(value)}")


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
    """One column: what it holds where nothing was written, whether it may hold nothing at all, and whether it holds a secret."""

    name: str
    default: Any
    may_be_empty: bool
    is_secret: bool = False


@cache
def _columns(model: type[models.Model]) -> list[CoveredColumn]:
    fields = (field for field in covered_fields(model) if not field.primary_key)
    secrets = said_of(model).trail_secrets
    return [CoveredColumn(one.attname, one.get_default(), one.null, one.name in secrets) for one in fields]
