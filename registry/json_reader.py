"""Reading JSON that someone else wrote: only what every reader understands alike, and a database can keep."""

import json
from typing import Any

#: How deep lists and objects may be in each other: far deeper than anything that is sent for a reason.
MOST_DEPTH = 100


class UnreadableJson(ValueError):
    """It is no JSON, or one reader would understand it otherwise than the next."""


def read_json(content: str | bytes) -> Any:
    """What the JSON says. Raises `UnreadableJson`.

    That is also for a key that is there twice, a number that is none (NaN, Infinity, 1e400), half a character, a NUL, and
    lists in lists without end.
    """
    try:
        found = json.loads(content, object_pairs_hook=_once_each)
        _refuse_what_cannot_be_kept(found)
    except (ValueError, RecursionError) as fault:
        raise UnreadableJson from fault
    return found


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise UnreadableJson
    return found


def _refuse_what_cannot_be_kept(found: Any) -> None:
    level, depth = [found], 0
    while level:
        depth += 1
        if depth > MOST_DEPTH or any(isinstance(one, str) and "\0" in one for one in level):
            raise UnreadableJson
        level = [part for one in level for part in _parts(one)]
    json.dumps(found, ensure_ascii=False, allow_nan=False).encode()


def _parts(one: Any) -> list[Any]:
    if isinstance(one, dict):
        return [*one, *one.values()]
    return one if isinstance(one, list) else []
