"""Versions of schemes that cases are pinned to: what each said with the first case, and whether it says so still.

The first event about anything that is pinned to a version keeps what the version says (`registry.trail.actions.events`). A deployment that
would change it is refused with the file and the key (`registry.checks`), unless two people accept the correction.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from django.apps import apps
from django.db import connections, models, transaction

from registry import schemes, signing
from registry.schemes.models import PackEdition

Pinned = tuple[str, date]

# Which are frozen for certain, as a transaction that froze them or found them frozen has committed.
_frozen: set[Pinned] = set()
# What the versions of this process say: it takes a moment to write out, and a version is loaded once.
_written: dict[Pinned, tuple[schemes.Scheme, "FrozenText"]] = {}


@dataclass(frozen=True, slots=True)
class FrozenText:
    """What a version says, as canonical JSON, and its digest."""

    text: str
    digest: str


@dataclass(frozen=True, slots=True)
class FrozenDifference:
    """A version that does not say any more what it said: each key that is other, with the file to look in."""

    edition: PackEdition
    keys: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        return f"{self.edition.scheme}/{self.edition.version}"


def said_by(scheme: schemes.Scheme) -> FrozenText:
    """What this version says, as it was loaded."""
    pinned = (scheme.name, scheme.version)
    if pinned not in _written or _written[pinned][0] is not scheme:
        text = signing.canonical(schemes.content(scheme)).decode()
        _written[pinned] = scheme, FrozenText(text, hashlib.sha256(text.encode()).hexdigest())
    return _written[pinned][1]


def freeze(thing: models.Model, *, at: datetime) -> None:
    """Keep what the version says to which this is pinned, if nothing was pinned to it before. Nothing, if it is not pinned."""
    pinned = _pinned(thing)
    if pinned is not None and pinned not in _frozen:
        _freeze(pinned, at=at)


def freeze_pinned(*, at: datetime) -> None:
    """The same of every version that anything in the database is pinned to: once a version of the software is set up, and for
    sample data that no action made."""
    for pinned in sorted({pinned for _model, pinned in _pinned_rows("default")}):
        _freeze(pinned, at=at)


def missing(using: str = "default") -> dict[Pinned, list[str]]:
    """The versions that rows are pinned to and no folder of packs has, with the kinds of rows. Works before migrations too."""
    found: dict[Pinned, list[str]] = {}
    for model, pinned in _pinned_rows(using):
        if not _is_there(*pinned):
            found.setdefault(pinned, []).append(model._meta.label_lower)
    return dict(sorted(found.items()))


def gone() -> list[Pinned]:
    """The frozen versions that no folder of packs has: asked of one small table."""
    return [(one.scheme, one.version) for one in editions() if not _is_there(one.scheme, one.version)]


def _is_there(scheme: str, version: date) -> bool:
    try:
        return bool(schemes.get(scheme, version))
    except schemes.Unknown:
        return False


def _pinned_rows(using: str) -> Iterator[tuple[type[models.Model], Pinned]]:
    """Each kind of row that can be pinned, with each version that some are pinned to."""
    for model in _kept_in(using, (one for one in apps.get_models() if _can_be_pinned(one))):
        rows = model._base_manager.using(using).exclude(version=None).order_by()
        for scheme, version in rows.values_list("scheme", "version").distinct():
            yield model, (scheme, version)


def _kept_in(using: str, asked: Iterable[type[models.Model]]) -> list[type[models.Model]]:
    """Those of which the database has the columns, as it may be older than the code."""
    connection = connections[using]
    with connection.cursor() as cursor:
        tables = set(connection.introspection.table_names(cursor))
        columns = connection.introspection.get_table_description
        return [
            model
            for model in asked
            if (table := model._meta.db_table) in tables
            and {"scheme", "version"} <= {column.name for column in columns(cursor, table)}
        ]


def _can_be_pinned(model: type[models.Model]) -> bool:
    names = {field.name for field in model._meta.get_fields()}
    return (
        model is not PackEdition
        and {"scheme", "version"} <= names
        and isinstance(model._meta.get_field("version"), models.DateField)
    )


def _freeze(pinned: Pinned, *, at: datetime) -> None:
    try:
        said = said_by(schemes.get(*pinned))
    except schemes.Unknown:  # a version of a folder that this process does not read
        return
    scheme, version = pinned
    PackEdition.objects.get_or_create(
        scheme=scheme, version=version, edition=1, defaults={"digest": said.digest, "said": said.text, "at": at}
    )
    transaction.on_commit(partial(note, pinned))


def note(pinned: Pinned) -> None:
    """This version is frozen for certain: later events need not ask."""
    _frozen.add(pinned)


def _pinned(thing: models.Model) -> Pinned | None:
    scheme, version = getattr(thing, "scheme", None), getattr(thing, "version", None)
    return (scheme, version) if isinstance(scheme, str) and isinstance(version, date) else None


def editions() -> list[PackEdition]:
    """Of each frozen version the edition that counts now."""
    newest: dict[Pinned, PackEdition] = {}
    for edition in PackEdition.objects.in_use().order_by("scheme", "version", "edition"):
        newest[edition.scheme, edition.version] = edition
    return list(newest.values())


def edition_of(scheme: schemes.Scheme) -> PackEdition | None:
    """As what this version is frozen now; None where nothing is pinned to it."""
    found = PackEdition.objects.in_use().filter(scheme=scheme.name, version=scheme.version)
    return found.order_by("-edition").first()


def changed() -> Iterator[FrozenDifference]:
    """Every frozen version that says something else than it said, or is gone."""
    for edition in editions():
        try:
            scheme = schemes.get(edition.scheme, edition.version)
        except schemes.Unknown:
            yield FrozenDifference(edition, ((f"{edition.scheme}/{edition.version}.toml", ""),))
            continue
        now = said_by(scheme)
        if now.digest != edition.digest:
            keys = _other(json.loads(edition.said), json.loads(now.text))
            yield FrozenDifference(edition, tuple((schemes.file_of(scheme, key), key) for key in keys))


def _other(before: dict[str, Any], after: dict[str, Any]) -> Iterator[str]:
    return (key for key in {**before, **after} if before.get(key, key) != after.get(key, key))
