"""What a version says, key by key, so that a later change of it can be seen and named.

Left out are values that only a default gives, and what a domain owner has still to confirm: neither changes what it says.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import BaseModel

from registry.schemes.review import NOT_COMPARED, READ_AS_ONE, label
from registry.schemes.scheme import Scheme

#: What says which version it is, or whether it has been confirmed, and not what it says.
#: Help for workers, and what a safeguarding lead is told of, decide no case: they are corrected at any time.
LEFT_OUT = NOT_COMPARED | {"name", "needs_review", "worker_help", "forced_labour"}


def content(scheme: Scheme) -> dict[str, Any]:
    """Every key of the version with its value, as JSON can hold it."""
    return dict(_said("", scheme))


def _said(key: str, thing: Any) -> Iterator[tuple[str, Any]]:
    if isinstance(thing, READ_AS_ONE):
        yield key, thing.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    elif isinstance(thing, BaseModel):
        yield from _fields(key, thing)
    elif isinstance(thing, tuple):
        yield from _listed(key, thing)
    elif isinstance(thing, dict):
        yield from ((f"{key}.{name}", _plain(value)) for name, value in _flat(thing))
    else:
        yield key, _plain(thing)


def _fields(key: str, thing: BaseModel) -> Iterator[tuple[str, Any]]:
    for name in type(thing).model_fields:
        if name not in LEFT_OUT and getattr(thing, name) != _default(thing, name):
            yield from _said(f"{key}.{name}".lstrip("."), getattr(thing, name))


def _listed(key: str, things: tuple[Any, ...]) -> Iterator[tuple[str, Any]]:
    """The items, each under what it is called; and what they are called, as their order is read too."""
    if not any(isinstance(one, BaseModel) and not isinstance(one, READ_AS_ONE) for one in things):
        yield key, [dict(_said("", one)).get("") if isinstance(one, BaseModel) else _plain(one) for one in things]
        return
    names = [label(one, place) for place, one in enumerate(things, start=1)]
    yield key, names
    for name, one in zip(names, things, strict=True):
        yield from _said(f"{key}[{name}]", one)


def _flat(table: dict[Any, Any]) -> Iterable[tuple[str, Any]]:
    for name, value in table.items():
        if isinstance(value, dict):
            yield from ((f"{name}.{inner}", further) for inner, further in _flat(value))
        else:
            yield str(name), value


def _default(thing: BaseModel, name: str) -> Any:
    return type(thing).model_fields[name].get_default(call_default_factory=True)


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int | str) else str(value)
