"""Apply a dated difference to the version before it, item by item.

A difference is a table. A key that holds a table goes one level down; anything else replaces what was there. An item of a
list is named by its code; a new one says `after = "code"` or `first = true`, and `remove = true` takes one away. A list is
replaced whole. So are a text with its English and a condition, which are read as one.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

#: What an item is called, by the first of these that it has.
CODES = ("code", "slug", "key", "value", "number", "in_force")
#: What a difference says of an item itself, and not of anything in it.
AFTER, FIRST, REMOVE = "after", "first", "remove"
REMOVED: Mapping[str, Any] = {REMOVE: True}
CONDITIONS = frozenset({"any", "all"})

Tell = Callable[[str, str], None]


def code_of(item: Any) -> str | None:
    """What one item of a list is called: a bare text is its own code."""
    if isinstance(item, str):
        return item
    if not isinstance(item, dict):
        return None
    return next((str(item[name]) for name in CODES if item.get(name) is not None), None)


def apply(old: Any, change: Any, key: str, tell: Tell) -> Any:
    """What is said after a change. Faults are told with their key; nothing of `old` is altered."""
    if isinstance(change, dict) and isinstance(old, list) and all(code_of(item) for item in old):
        return in_list(old, change, key, tell)
    if isinstance(change, dict) and isinstance(old, dict) and not (is_one(old) and is_one(change)):
        return in_table(old, change, key, tell)
    if change == old:
        tell(key, "is so already: the difference changes nothing")
    return change


def mentions(said: Any, steps: Sequence[str]) -> bool:
    """Whether this says something of what these codes and keys lead to, wherever in it they begin."""
    if not steps:
        return True
    inner = said if isinstance(said, dict) else {code_of(one): one for one in said} if isinstance(said, list) else {}
    if steps[0] in inner:
        return mentions(inner[steps[0]], steps[1:])
    return any(mentions(one, steps) for one in inner.values() if isinstance(one, dict | list))


def is_one(thing: Mapping[str, Any]) -> bool:
    """Whether a table is read as one: a text with its English, a condition."""
    return isinstance(thing.get("en"), str) or (bool(thing) and thing.keys() <= CONDITIONS)


def in_table(old: dict[str, Any], change: Mapping[str, Any], key: str, tell: Tell) -> dict[str, Any]:
    """A table after a change of some of its keys."""
    if not change:
        tell(key, "is empty: the difference changes nothing")
    new = dict(old)
    for name, inner in change.items():
        here = f"{key}.{name}".lstrip(".")
        if inner == REMOVED:
            if new.pop(name, None) is None:
                tell(here, "is not there, so that it cannot be removed")
        elif name in old:
            new[name] = apply(old[name], inner, here, tell)
        else:
            new[name] = inner
    return new


def in_list(old: list[Any], change: Mapping[str, Any], key: str, tell: Tell) -> list[Any]:
    """A list of items with codes after a change of some of them, and with new ones in their places."""
    if not change:
        tell(key, "is empty: the difference changes nothing")
    new = list(old)
    for code, inner in change.items():
        here = f"{key}[{code}]"
        if isinstance(inner, dict):
            _change_item(new, code, inner, here, tell)
        else:
            tell(here, "must be a table: keys and values")
    return new


def place_of(items: list[Any], code: str) -> int | None:
    """Where in a list the item of this code is."""
    return next((place for place, item in enumerate(items) if code_of(item) == code), None)


def _change_item(items: list[Any], code: str, change: dict[str, Any], key: str, tell: Tell) -> None:
    content = {name: inner for name, inner in change.items() if name not in (AFTER, FIRST, REMOVE)}
    place = place_of(items, code)
    if REMOVE in change:
        _remove(items, place, change, key, tell)
    elif place is None:
        _add(items, code, change, content, key, tell)
    else:
        if content or not _is_placed(change):
            items[place] = _changed(items[place], code, content, key, tell)
        if _is_placed(change):
            _move(items, place, change, key, tell)


def _remove(items: list[Any], place: int | None, change: dict[str, Any], key: str, tell: Tell) -> None:
    if place is None:
        tell(key, "is not there, so that it cannot be removed")
    elif change != REMOVED:
        tell(key, "is removed, so that nothing else can be said of it")
    else:
        del items[place]


def _changed(item: Any, code: str, content: dict[str, Any], key: str, tell: Tell) -> dict[str, Any]:
    return in_table(item if isinstance(item, dict) else {"key": code}, content, key, tell)


def _add(items: list[Any], code: str, change: dict[str, Any], content: dict[str, Any], key: str, tell: Tell) -> None:
    if not _is_placed(change):
        tell(key, 'is not there; a new item says where it comes: after = "…", or first = true')
        return
    target = _target(items, change, key, tell)
    if target is not None:
        items.insert(target, _new(items, code, content))


def _move(items: list[Any], place: int, change: dict[str, Any], key: str, tell: Tell) -> None:
    item = items.pop(place)
    target = _target(items, change, key, tell)
    if target == place:
        tell(f"{key}.{AFTER if AFTER in change else FIRST}", "is so already: the difference changes nothing")
    items.insert(place if target is None else target, item)


def _is_placed(change: Mapping[str, Any]) -> bool:
    return AFTER in change or change.get(FIRST) is True


def _target(items: list[Any], change: Mapping[str, Any], key: str, tell: Tell) -> int | None:
    if AFTER not in change:
        return 0
    before = place_of(items, str(change[AFTER]))
    if before is None:
        tell(f"{key}.{AFTER}", f"there is no {change[AFTER]!r} in this list")
        return None
    return before + 1


def _new(items: list[Any], code: str, content: dict[str, Any]) -> Any:
    """A new item is named as its neighbours are. A bare text beside bare texts stays one."""
    named = next((item for item in items if isinstance(item, dict)), {"key": ""})
    if not content and any(isinstance(item, str) for item in items):
        return code
    name = next((name for name in CODES if name in named), "code")
    return {name: _typed(code, named.get(name)), **content}


def _typed(code: str, like: Any) -> Any:
    try:
        return int(code) if isinstance(like, int) else date.fromisoformat(code) if isinstance(like, date) else code
    except ValueError:
        return code
