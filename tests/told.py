"""What a story is told and what it gives: rows that a test holds already are told by what is in them, and given back changed."""

import dataclasses
import pickle
from collections.abc import Iterable, Iterator
from io import BytesIO
from typing import Any

from django.db import models

#: What differs in each test and no story asks: an account that has no password is given one that nobody can type.
BY_CHANCE = {"password"}


def key_of(told: Any, held: list[models.Model]) -> bytes | None:
    """What the story is told, as bytes that are alike when it is told alike; None where that cannot be said."""
    written = BytesIO()
    try:
        _Keys(written, held).dump(told)
    except (pickle.PicklingError, TypeError, AttributeError):
        return None
    return written.getvalue()


def held_by(*told: Any) -> list[models.Model]:
    """The rows among these, and the rows that each has at hand; each once."""
    found: dict[int, models.Model] = {}
    for one in told:
        for row in _rows_in(one):
            _collect(row, found)
    return list(found.values())


def given(result: Any, held: list[models.Model]) -> bytes:
    """The result, and what is now in the rows that the test held: where the result is one of these, it is that very one."""
    written = BytesIO()
    _Given(written, held).dump((result, [row.__dict__ for row in held]))
    return written.getvalue()


def give(kept: bytes, held: list[models.Model]) -> Any:
    """The same as then, with these rows in the place of those."""
    result, facts = _Giving(BytesIO(kept), held).load()
    for row, now in zip(held, facts, strict=True):
        row.__dict__.clear()
        row.__dict__.update(now)
    return result


def _rows_in(thing: Any) -> Iterator[models.Model]:
    if isinstance(thing, models.Model):
        yield thing
    for one in _parts(thing):
        yield from _rows_in(one)


def _parts(thing: Any) -> Iterable[Any]:
    if isinstance(thing, dict):
        return thing.values()
    if isinstance(thing, list | tuple | set | frozenset):
        return thing
    if dataclasses.is_dataclass(thing) and not isinstance(thing, type):
        return (getattr(thing, field.name) for field in dataclasses.fields(thing))
    return ()


def _collect(row: models.Model, found: dict[int, models.Model]) -> None:
    if id(row) in found:
        return
    found[id(row)] = row
    for other in row._state.fields_cache.values():
        if isinstance(other, models.Model):
            _collect(other, found)


class _Keys(pickle.Pickler):
    def __init__(self, file: BytesIO, held: list[models.Model]) -> None:
        super().__init__(file)
        self.held = {id(row) for row in held}

    def reducer_override(self, thing: Any) -> Any:
        if not isinstance(thing, models.Model):
            return NotImplemented
        if id(thing) not in self.held:
            raise pickle.PicklingError
        at_hand = {
            field.attname: thing.__dict__.get(field.attname, "not read") for field in thing._meta.concrete_fields
        }
        return str, (repr((thing._meta.label, at_hand)),)


class _Given(pickle.Pickler):
    def __init__(self, file: BytesIO, held: list[models.Model]) -> None:
        super().__init__(file)
        self.places = {id(row): place for place, row in enumerate(held)}

    def persistent_id(self, thing: Any) -> int | None:
        return self.places.get(id(thing)) if isinstance(thing, models.Model) else None


class _Giving(pickle.Unpickler):
    def __init__(self, file: BytesIO, held: list[models.Model]) -> None:
        super().__init__(file)
        self.held = held

    def persistent_load(self, place: int) -> models.Model:
        return self.held[place]
