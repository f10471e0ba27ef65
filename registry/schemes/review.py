"""Walking through a pack: all its texts, all that a domain owner must still confirm, what changed since the one before."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from registry.schemes.conditions import AnswerCondition, Clause
from registry.schemes.differences import CODES
from registry.schemes.scheme import Scheme
from registry.schemes.texts import Text

# What differs between any two versions, and says nothing of what they ask, test or charge.
NOT_COMPARED = frozenset({"version", "fees_since", "review", "translation", "merged_into"})
PARTS = (BaseModel, tuple)
READ_AS_ONE = (Text, AnswerCondition, Clause)


@dataclass(frozen=True, slots=True)
class PackChange:
    """One thing that a version says otherwise than the one before it: new (`before` is None), gone (`after` is), or other."""

    key: str
    before: Any
    after: Any


def texts(scheme: Scheme) -> Iterator[tuple[str, Text]]:
    """Every text of a pack, with its key."""
    return ((key, thing) for key, thing in walk("", scheme) if isinstance(thing, Text))


def to_review(scheme: Scheme) -> Iterator[tuple[str, str]]:
    """Every fact that a domain owner must still confirm: its key, and the source or reason given."""
    yield from ((f"scheme.{key}", why) for key, why in scheme.review.items())
    for key, thing in walk("", scheme):
        if getattr(thing, "needs_review", False):
            yield key, getattr(thing, "source", "")
    drafts = [language for language, state in scheme.translation.items() if state == "draft"]
    if drafts:
        written_in = [text.languages for _, text in texts(scheme)]
        for language in drafts:
            missing = sum(language not in languages for languages in written_in)
            yield f"scheme.translation.{language}", f"a draft translation; {missing} texts missing"


def walk(key: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """A pack's parts, depth first, each with the key that a person would look for."""
    waiting = [(key, thing)]
    while waiting:
        key, thing = waiting.pop()
        if isinstance(thing, BaseModel):
            yield key, thing
        waiting.extend(reversed([*_inside(key, thing)]))


def _inside(key: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """The parts right inside a part, and its lists; a text is read as one."""
    if isinstance(thing, tuple):
        yield from ((f"{key}[{label(inner, place)}]", inner) for place, inner in enumerate(thing, start=1))
    elif isinstance(thing, BaseModel) and not isinstance(thing, Text):
        named = ((name, getattr(thing, name)) for name in type(thing).model_fields)
        yield from ((f"{key}.{name}".lstrip("."), inner) for name, inner in named if isinstance(inner, PARTS))


def label(thing: Any, place: int) -> str:
    """What one thing of a list is called, checked or as it was read; when it has no name, its place."""
    known = thing if isinstance(thing, dict) else getattr(thing, "__dict__", {})
    for name in CODES:
        called = known.get(name)
        if called is not None:
            return str(called)
    return str(place)


def changes(before: Scheme, after: Scheme) -> Iterator[PackChange]:
    """What the later version says otherwise, part by part: a new page is one change, not one for each of its texts."""
    for name in type(after).model_fields:
        if name not in NOT_COMPARED:
            yield from _changed(name, getattr(before, name), getattr(after, name))


def _changed(key: str, before: Any, after: Any) -> Iterator[PackChange]:
    if before == after:
        return
    old, new = _parts(key, before), _parts(key, after)
    if not (old and new):
        yield PackChange(key, _besides(before, after), _besides(after, before))
        return
    for one in dict.fromkeys([*old, *new]):
        yield from _changed(one, old.get(one), new.get(one))


def _parts(key: str, thing: Any) -> dict[str, Any]:
    """What a thing is made of, by key; empty for what is read as one: a text, a value, a condition."""
    if isinstance(thing, tuple):
        named = (inner for inner in thing if isinstance(inner, BaseModel) and not isinstance(inner, READ_AS_ONE))
        return {f"{key}[{label(inner, place)}]": inner for place, inner in enumerate(named, start=1)}
    if isinstance(thing, Mapping):
        return {f"{key}.{name}": inner for name, inner in thing.items()}
    if isinstance(thing, BaseModel) and not isinstance(thing, READ_AS_ONE):
        return {f"{key}.{name}": getattr(thing, name) for name in type(thing).model_fields}
    return {}


def _besides(one: Any, other: Any) -> Any:
    """Of two lists of texts or clauses, what only this one holds; of anything else, all of it."""
    if isinstance(one, tuple) and isinstance(other, tuple):
        return tuple(inner for inner in one if inner not in other) or None
    return one
