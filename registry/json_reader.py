"""Reading JSON that someone else wrote: only what every reader understands alike, and a database can keep."""

import json
from typing import Any

#: How deep lists and objects may be in each other: far deeper than anything that is sent for a reason.
MOST_DEPTH = 100
#: Values of one text, about: they are counted before it is read. So many take 10 ms; a hundred questions have a fifth of them.
MOST_PARTS = 25_000
#: Digits of a whole number: twice as many take four times as long. More are no number to other readers either (1e400).
_MOST_DIGITS = 308


class UnreadableJson(ValueError):
    """It is no JSON, or one reader would understand it otherwise than the next."""


def read_json(content: str | bytes, *, most: int = MOST_PARTS) -> Any:
    """What the JSON says. Raises `UnreadableJson`.

    That is also for a key that is there twice, a number that is none (NaN, Infinity, 1e400), half a character, a NUL, lists in
    lists without end, and more values than `most`.
    """
    if parts_of(content) > most:
        raise UnreadableJson
    try:
        found = json.loads(content, object_pairs_hook=_once_each, parse_int=_whole)
        _refuse_what_cannot_be_kept(found)
    except (ValueError, RecursionError) as fault:
        raise UnreadableJson from fault
    return found


def read_object(content: str | bytes, *, most: int = MOST_PARTS) -> dict[str, Any] | None:
    """The object that the JSON is; None where it is none, or cannot be read."""
    try:
        found = read_json(content, most=most)
    except UnreadableJson:
        return None
    return found if isinstance(found, dict) else None


def parts_of(content: str | bytes) -> int:
    """Each value but the first stands after one of these signs."""
    if isinstance(content, str):
        return sum(map(content.count, ",[{"))
    return sum(map(content.count, (b",", b"[", b"{")))


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableJson
    return found


def _whole(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise UnreadableJson
    return int(digits)


def _refuse_what_cannot_be_kept(found: Any) -> None:
    level, depth = [found], 0
    while level := [one for one in level if isinstance(one, dict | list)]:
        depth += 1
        if depth > MOST_DEPTH:
            raise UnreadableJson
        level = [part for one in level for part in (one.values() if isinstance(one, dict) else one)]
    written = json.dumps(found, ensure_ascii=False, allow_nan=False).encode()
    if b"\\u0000" in written.replace(b"\\\\", b""):  # a NUL, and no backslash before these letters
        raise UnreadableJson
