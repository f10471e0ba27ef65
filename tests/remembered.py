"""Stories are lived once and then remembered: most tests begin with one of a few, and each costs hundreds of statements.

The first time, a story is reached by its real actions, and what they left is kept: every row as the engine stores it, files,
letters sent. When the same story is asked for again, in a world in which there is nothing yet but accounts, the same rows are
put there. Whatever could make it another story makes it be lived again: another world, other arguments, another instant,
language, time zone or packs, other settings, anything patched. `STORIES=lived` lives them all.

On SQLite a story that goes on where another has ended is remembered too, as what it changed: while nothing but accounts was
written in between.

Processes that test together share what they remember, in a folder: what one is living, the others wait for.
"""

import fcntl
import functools
import hashlib
import os
import pickle
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import pytest
from django.apps import apps
from django.conf import settings
from django.core import mail
from django.core.management.color import no_style
from django.db import connection, models, transaction
from django.utils import timezone, translation

from registry import schemes, uploads
from registry.accounts.models import User
from registry.integrity import covering
from registry.schemes import freezing
from tests import database, told

P = ParamSpec("P")
R = TypeVar("R")

# Who has signed in, as what: no story asks who else there is.
WITH_KEYS = ("registry_user", "registry_user_groups", "account_emailaddress", "mfa_authenticator")
ACCOUNTS = (*WITH_KEYS, "django_session")
# What an installation brings with it: tests/database.py.
INSTALLED = (
    "auth_group",
    "auth_group_permissions",
    "auth_permission",
    "django_content_type",
    "registry_holiday",
)
# Accounts of each story have keys of their own, in every process, so that none collides with one that is there already.
KEYS_OF_A_STORY = 1_000
_own_keys = count(1_000_000, KEYS_OF_A_STORY)
_numbers_in_races = count(1_000_000_000)
# Where the process that starts the others names the folder that they share (tests/conftest.py).
SHARED = "REMEMBERED_STORIES"


@dataclass(frozen=True)
class Memory:
    """What a story leaves. `first`: where the keys of its accounts begin; `gone`: of rows that it took away or changed."""

    first: int
    rows: list[tuple[str, Any]]
    gone: list[tuple[str, list[Any]]]
    files: dict[Path, bytes]
    letters: bytes
    told: bytes
    unsealed: dict[tuple[str, str], None]


@dataclass
class World:
    """After which story this world is, if nothing but accounts was written since; and which numbers its people have."""

    after: bytes | None = None
    people: Iterator[int] | None = None


_memories: dict[bytes, Memory] = {}
_world = World()
# What was put back for the story that is being lived: it may have lain there before, and belongs to it all the same.
_put_back: dict[Path, bytes] = {}
_installed: dict[str, list[Any]] = {}
_patches: list[pytest.MonkeyPatch] = []
_own_settings: list[Any] = []


def remembered(story: Callable[P, R]) -> Callable[P, R]:
    """This function reaches a state from nothing, and leaves nothing behind that is not in the database, in files or in letters."""

    @functools.wraps(story)
    def retold(*args: P.args, **kwargs: P.kwargs) -> R:
        if not _is_first_thread():
            return story(*args, **kwargs)
        held = told.held_by(args, kwargs)
        after = _after()
        key = None if after is None else _key(after, held, story.__qualname__, story.__module__, args, kwargs)
        if key is None:
            _world.after = None
            return story(*args, **kwargs)
        with _alone(key):
            memory = _memories.get(key) or _shared(key)
            if memory is None:
                return _live(key, held, lambda: story(*args, **kwargs))
        _memories[key] = memory
        result: R = _recall(memory, held)
        _world.after = key
        return result

    return retold


def watch(patches: pytest.MonkeyPatch) -> None:
    """A test begins, and with it a world of its own; whatever it patches through this is to be seen."""
    _patches[:] = [patches]
    _world.after = None


def _is_first_thread() -> bool:
    """What is done at once by several is never remembered: that it is done is what the test is about."""
    return threading.current_thread() is threading.main_thread()


def number_of_person() -> int:
    """A number that no account has: the same in every test that has come as far."""
    if not _is_first_thread():
        return next(_numbers_in_races)
    if _world.people is not None:
        return next(_world.people)
    return (User.objects.aggregate(last=models.Max("pk"))["last"] or 0) + 1


def learn_installed() -> None:
    """The database is as after an installation; from now on it is seen what is written."""
    _installed.update(_counted())
    if _notice not in connection.execute_wrappers:
        connection.execute_wrappers.append(_notice)
    _own_settings[:] = [_in_force()]
    _see_every_patch()


def _see_every_patch() -> None:
    """A test may patch through another than the one that it is given: `with monkeypatch.context() as patch`."""
    if pytest.MonkeyPatch.__init__ is not _seen_from_the_start:
        pytest.MonkeyPatch.__init__ = _seen_from_the_start  # type: ignore[method-assign]


def _seen_from_the_start(self: pytest.MonkeyPatch, made: Callable[[Any], None] = pytest.MonkeyPatch.__init__) -> None:
    made(self)
    _patches.append(self)


def _live(key: bytes, held: list[models.Model], story: Callable[[], R]) -> R:
    after, _world.after = _world.after, None
    first, accounts = _accounts()
    if after:
        accounts = {}  # those of the story before are part of what this one may change
    before, sent, waiting = _rows(but=accounts), len(_outbox()), _left_to_do()
    lying = set(_files())
    waiting_rows, connection_rows = _unsealed(), covering.sealing().rows_to_seal
    if not after:
        # Who is there already is no part of the story, so no event of it covers them.
        connection_rows.clear()
    outer, people = dict(_put_back), _world.people
    _put_back.clear()
    _world.people = count(first)
    try:
        result = story()
    finally:
        _world.people = people
    if _left_to_do() == waiting and _counted() == _installed:
        made = {path.relative_to(settings.DOCUMENTS_DIR): path.read_bytes() for path in set(_files()) - lying}
        rows, gone = _difference(before, _rows(but=accounts))
        letters = pickle.dumps(_outbox()[sent:])
        memory = Memory(first, rows, gone, {**_put_back, **made}, letters, told.given(result, held), _unsealed())
        _memories[key] = memory
        _share(key, memory)
        _world.after = key
    else:
        _world.after = None
    _put_back.update(outer)
    if not after:
        connection_rows.update(waiting_rows)
    return result


def _recall(memory: Memory, held: list[models.Model]) -> Any:
    tables = [table for table, _rows in (*memory.rows, *memory.gone)]
    # The rows have been let in once, one after the other; now they come as what became of them.
    with transaction.atomic(), database.nothing_triggered(by=tables):
        for table, keys in memory.gone:
            _take_away(table, keys)
        for table, rows in memory.rows:
            _write(table, rows)
    _draw_no_key_again([table for table, _rows in memory.rows], memory.first)
    _put_there(memory.files)
    _outbox().extend(pickle.loads(memory.letters))
    sealing = covering.sealing()
    if _world.after:
        sealing.rows_to_seal.clear()
        sealing.last_digests.clear()  # of rows that are otherwise now
    sealing.rows_to_seal.update(memory.unsealed)
    return told.give(memory.told, held)


def _put_there(files: dict[Path, bytes]) -> None:
    for name, content in files.items():
        path = Path(settings.DOCUMENTS_DIR) / name
        if not path.exists() or path.read_bytes() != content:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    _put_back.update(files)


def _left_to_do() -> int:
    """What is still to be done once all is committed.

    That a version is frozen may be forgotten: its row is remembered. So may a file that is to go: where nothing is committed, it
    stays.
    """
    forgotten = (freezing.note, uploads.discard)
    return sum(getattr(entry[1], "func", None) not in forgotten for entry in connection.run_on_commit)


def _unsealed() -> dict[tuple[str, str], None]:
    """The rows that the trail covers, which the story has written since its last event."""
    return dict(covering.sealing().rows_to_seal)


# --- what processes that test together remember ---


def _place(key: bytes) -> Path | None:
    folder = os.environ.get(SHARED)
    return Path(folder) / hashlib.sha256(key).hexdigest() if folder else None


@contextmanager
def _alone(key: bytes) -> Iterator[None]:
    """A story that another process is living is waited for. None waits for itself: a story is made of shorter ones only."""
    place = _place(key)
    if place is None or key in _memories:
        yield
        return
    with place.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _shared(key: bytes) -> Memory | None:
    place = _place(key)
    if place is None or not place.exists():
        return None
    memory: Memory = pickle.loads(place.read_bytes())
    return memory


def _share(key: bytes, memory: Memory) -> None:
    if place := _place(key):
        unfinished = place.with_suffix(".unfinished")
        unfinished.write_bytes(pickle.dumps(memory))
        unfinished.rename(place)


# --- may it be remembered? ---


# What says nothing of the world: reading, and the marks to which one could go back.
_READS = re.compile(r"\s*(SELECT|WITH|SAVEPOINT|RELEASE|PRAGMA|EXPLAIN)\b", re.IGNORECASE)
_WRITES_ACCOUNTS = re.compile(rf'(?:INSERT (?:OR IGNORE )?INTO|UPDATE|DELETE FROM) "({"|".join(ACCOUNTS)})" ')


def _notice(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
    """Whatever is written, or undone, but to accounts: the world is no longer what the last story left."""
    if _world.after and not _READS.match(sql) and not _WRITES_ACCOUNTS.match(sql):
        _world.after = None
    return execute(sql, params, many, context)


def _after() -> bytes | None:
    """Which story the world is after; empty where nothing has happened yet; None where that cannot be said."""
    if _world.after and connection.vendor == "sqlite" and database.TRIGGERS_ON and connection.in_atomic_block:
        return _world.after
    _world.after = None
    return b"" if _nothing_has_happened() else None


def _key(after: bytes, held: list[models.Model], *told_of: Any) -> bytes | None:
    if os.environ.get("STORIES") == "lived" or not _own_settings or _is_patched():
        return None
    around = (
        hashlib.sha256(after).hexdigest() if after else "",
        sorted(_unsealed()) if after else [],
        _other_settings(),
        timezone.now(),
        timezone.get_current_timezone_name(),
        translation.get_language(),
        connection.in_atomic_block,
        [str(folder) for folder in schemes.PACKS],
    )
    return told.key_of((told_of, around), held)


def _is_patched() -> bool:
    """Whether the test has patched anything but the clock."""
    return not _patches or any(
        patches._setitem or any((target, name) != (timezone, "now") for target, name, _ in patches._setattr)
        for patches in _patches
    )


def _in_force() -> Any:
    return settings._wrapped  # type: ignore[misc]


def _other_settings() -> dict[str, Any]:
    """What the test has set otherwise than all; where copies of the register lie is no story's business."""
    other: dict[str, Any] = {}
    holder = _in_force()
    while holder is not _own_settings[0]:
        other = {**vars(holder), **other}
        holder = holder.default_settings
    return {name: value for name, value in other.items() if name not in ("default_settings", "VAR_DIR")}


def _nothing_has_happened() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_anything())
        return cursor.fetchone() is None and _counted() == _installed


@functools.cache
def _anything() -> str:
    tables = [table for table in _tables() if table not in ACCOUNTS]
    return "SELECT 1 WHERE " + " OR ".join(f"EXISTS (SELECT 1 FROM {_quoted(table)})" for table in tables)


def _counted() -> dict[str, list[Any]]:
    asked = " UNION ALL ".join(f"SELECT '{table}', count(*), max(id) FROM {_quoted(table)}" for table in INSTALLED)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {table: rest for table, *rest in cursor.fetchall()}


# --- rows, files and letters ---


@functools.cache
def _models() -> dict[str, type[models.Model]]:
    return {
        model._meta.db_table: model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy
    }


@functools.cache
def _tables() -> list[str]:
    """Every table that a story may fill."""
    return sorted(set(_models()) - set(INSTALLED))


@functools.cache
def _columns(table: str) -> list[str]:
    return [_quoted(str(field.column)) for field in _models()[table]._meta.local_concrete_fields if not field.generated]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _accounts() -> tuple[int, dict[str, list[int]]]:
    """The first key of the accounts of a story, which no other story has, and the keys of those that are there.

    All of them, and not the last: a story that is remembered inside another one brings accounts with older keys.
    """
    first = _next_keys()
    found = {}
    with connection.cursor() as cursor:
        for table in WITH_KEYS:
            _begin_keys(cursor, table, first)
            cursor.execute(f"SELECT id FROM {_quoted(table)}")
            found[table] = [key for (key,) in cursor.fetchall()]
    return first, found


def _next_keys() -> int:
    """The first of a thousand keys that no process has drawn for a story, and greater than all that were."""
    folder = os.environ.get(SHARED)
    if folder is None:
        return next(_own_keys)
    with (Path(folder) / "keys").open("a+") as drawn:
        fcntl.flock(drawn, fcntl.LOCK_EX)
        drawn.seek(0)
        first = int(drawn.read() or 1_000_000) + KEYS_OF_A_STORY
        drawn.truncate(0)
        drawn.write(str(first))
    return first


def _begin_keys(cursor: Any, table: str, first: int) -> None:
    if connection.vendor == "postgresql":
        cursor.execute("SELECT setval(pg_get_serial_sequence(%s, 'id'), %s)", [table, first])
        return
    cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s AND seq < %s", [table, first])
    if cursor.rowcount or not _has_sequence(cursor, table):
        cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, first])


def _draw_no_key_again(tables: list[str], first: int) -> None:
    """The next keys are those that were next when the story was lived. PostgreSQL does not see which keys came with the rows."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            filled = [_models()[table] for table in tables if table not in ACCOUNTS]
            cursor.execute(";".join(connection.ops.sequence_reset_sql(no_style(), filled)) or "SELECT 1")
            first = _next_keys()
        for table in WITH_KEYS:
            _begin_keys(cursor, table, first)


def _has_sequence(cursor: Any, table: str) -> bool:
    cursor.execute("SELECT 1 FROM sqlite_sequence WHERE name = %s", [table])
    return cursor.fetchone() is not None


def _read(table: str, without: list[int]) -> Any:
    """The rows as the engine stores them, untouched by whatever makes dates and numbers of them; None when there are none."""
    which = f"FROM {_quoted(table)}" + (f" WHERE id NOT IN ({', '.join(map(str, without))})" if without else "")
    columns = _columns(table)
    if table == "django_session":
        return None
    if connection.vendor == "sqlite":
        # An expression has no type that would be converted.
        asked = ", ".join(f"+{column}" for column in columns)
        return connection.connection.execute(f"SELECT {asked} {which} ORDER BY rowid").fetchall()
    with connection.connection.cursor().copy(f"COPY (SELECT {', '.join(columns)} {which}) TO STDOUT") as copy:
        return b"".join(copy)


def _rows(*, but: dict[str, list[int]]) -> dict[str, Any]:
    """All that is there, by table, but these accounts."""
    return {table: rows for table in _filled() if (rows := _read(table, but.get(table, [])))}


def _filled() -> list[str]:
    """Asked of all tables at once, as nearly all are empty."""
    with connection.cursor() as cursor:
        cursor.execute(_which_are_filled())
        return [table for (table,) in cursor.fetchall()]


@functools.cache
def _which_are_filled() -> str:
    each = (f"SELECT '{table}' WHERE EXISTS (SELECT 1 FROM {_quoted(table)})" for table in _tables())
    return " UNION ALL ".join(each)


def _difference(
    before: dict[str, Any], now: dict[str, Any]
) -> tuple[list[tuple[str, Any]], list[tuple[str, list[Any]]]]:
    """The rows that have come or are changed; and the keys of those that are gone or were otherwise."""
    if not before:
        return list(now.items()), []
    came, gone = [], []
    for table in sorted({*before, *now}):
        place = _place_of_key(table)
        old = {row[place]: row for row in before.get(table, [])}
        new = {row[place]: row for row in now.get(table, [])}
        if rows := [row for key, row in new.items() if old.get(key) != row]:
            came.append((table, rows))
        if keys := [key for key, row in old.items() if new.get(key) != row]:
            gone.append((table, keys))
    return came, gone


@functools.cache
def _place_of_key(table: str) -> int:
    return _columns(table).index(_quoted(str(_models()[table]._meta.pk.column)))


def _take_away(table: str, keys: list[Any]) -> None:
    column = _columns(table)[_place_of_key(table)]
    connection.connection.executemany(f"DELETE FROM {_quoted(table)} WHERE {column} = ?", [(key,) for key in keys])


def _write(table: str, rows: Any) -> None:
    columns = ", ".join(_columns(table))
    if connection.vendor == "sqlite":
        values = ", ".join("?" * len(_columns(table)))
        connection.connection.executemany(f"INSERT INTO {_quoted(table)} ({columns}) VALUES ({values})", rows)
        return
    with connection.connection.cursor().copy(f"COPY {_quoted(table)} ({columns}) FROM STDIN") as copy:
        copy.write(rows)


def _files() -> Iterator[Path]:
    return (path for path in Path(settings.DOCUMENTS_DIR).rglob("*") if path.is_file())


def _outbox() -> list[Any]:
    return getattr(mail, "outbox", [])
