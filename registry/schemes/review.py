"""Walking through a pack: all its texts, and all that a domain owner must still confirm."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel

from registry.schemes.scheme import Scheme
from registry.schemes.texts import Text


def texts(scheme: Scheme) -> Iterator[tuple[str, Text]]:
    """Every text of a pack, with its key."""
    return ((key, thing) for key, thing in walk("", scheme) if isinstance(thing, Text))


def to_review(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Every fact that a domain owner must still confirm: its key, and the source or reason given."""
    yield from ((f"scheme.{key}", why) for key, why in scheme.review.items())
    for key, thing in walk("", scheme):
        if getattr(thing, "needs_review", False):
            yield key, getattr(thing, "source", "")
    for language, state in scheme.translation.items():
        if state == "draft":
            missing = sum(language not in text.languages for _, text in texts(scheme))
            yield f"scheme.translation.{language}", f"a draft translation; {missing} texts missing"


def walk(key: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """A pack's parts, depth first, each with the key that a person would look for."""
    if isinstance(thing, Text):
        yield key, thing
    elif isinstance(thing, BaseModel):
        yield key, thing
        for name in type(thing).model_fields:
            yield from walk(f"{key}.{name}".lstrip("."), getattr(thing, name))
    elif isinstance(thing, tuple):
        for place, inner in enumerate(thing, start=1):
            yield from walk(f"{key}[{_label(inner, place)}]", inner)


def _label(thing: Any, place: int) -> str:
    for name in ("code", "slug", "key", "value", "number"):
        if hasattr(thing, name):
            return str(getattr(thing, name))
    return str(place)
