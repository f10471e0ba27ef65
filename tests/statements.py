"""Which test asks the database what: the suite on PostgreSQL then runs enough tests to ask each statement there too.

The suite on SQLite writes down, for each test, how long it took and which statements it asked (script/test names the folder
in STATEMENTS). The suite on PostgreSQL reads this and takes the cheapest tests that together ask every statement, each in
TIMES tests where that many ask it. So a statement that only SQLite understands is found, and nothing has to be listed by hand.

Statements are alike that differ only in which tables and columns they name: what one engine understands and the other does
not is how they are put together, and every table is made by the same migrations. Where the parts of a statement cannot
disagree, its parts are asked for, each in any statement; where they can (groups, locks, unions), the whole.
"""

import hashlib
import json
import os
import re
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from django.db.backends.utils import CursorWrapper

TIMES = 1
# The names of savepoints, the lengths of lists and the sizes of pages differ from run to run.
_VARIES = re.compile(r'"s\d+_x\d+"|\b\d+\b')
_NAMED = re.compile(r'"\w+"(?:\."\w+")?(?: AS "\w+")?')
_LIST = re.compile(r"(%s|\(%s\)|\bc\b)(?:, \1)+")
_JOINED = re.compile(r"((?:INNER|LEFT OUTER) JOIN c(?: c)? ON \(c = c\))(?: \1)+")
#: What PostgreSQL judges by the whole statement: what may stand beside a group, a lock, a union or a conflict.
_WHOLE = re.compile(r"GROUP BY|DISTINCT|FOR UPDATE|UNION|EXCEPT|INTERSECT|OVER|HAVING|ON CONFLICT|WITH ")
#: Each engine has its own words for these: what they make is looked at by the tests of the migrations.
_OWN = re.compile(r"\s*(CREATE|ALTER|DROP|PRAGMA|SAVEPOINT|RELEASE|ROLLBACK|BEGIN)\b")
_PARTS = re.compile(
    r" (?=FROM|WHERE|INNER JOIN|LEFT OUTER JOIN|ORDER BY|LIMIT|OFFSET|VALUES|SET|RETURNING)| AND | OR |, "
)


@dataclass
class Asked:
    """What one test asked: seconds it took, and the digests of its statements."""

    seconds: float
    statements: set[str] = field(default_factory=set)


class Recorder:
    """A plugin of pytest that writes down what each test asks, in a file for each process."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / f"{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}.json"
        self.asked: dict[str, Asked] = {}
        self.now: set[str] = set()
        self.patches = pytest.MonkeyPatch()

    def pytest_sessionstart(self) -> None:
        for name in ("execute", "executemany"):
            self.patches.setattr(CursorWrapper, name, self._noting(getattr(CursorWrapper, name)))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        self.now = set()
        begun = time.perf_counter()
        result = yield
        self.asked[item.nodeid] = Asked(round(time.perf_counter() - begun, 3), self.now)
        return result

    def pytest_sessionfinish(self) -> None:
        self.patches.undo()
        self.file.parent.mkdir(parents=True, exist_ok=True)
        found = {test: [asked.seconds, *sorted(asked.statements)] for test, asked in self.asked.items()}
        self.file.write_text(json.dumps(found))

    def _noting(self, method: Any) -> Any:
        def noted(cursor: CursorWrapper, sql: Any, *args: Any, **kwargs: Any) -> Any:
            self.now.update(_digests(str(sql)))
            return method(cursor, sql, *args, **kwargs)

        return noted


def read(folder: Path) -> dict[str, Asked]:
    """What was written down in this folder, by test; empty if nothing was."""
    found = {}
    for file in sorted(folder.glob("*.json")):
        for test, (seconds, *statements) in json.loads(file.read_text()).items():
            found[test] = Asked(seconds, set(statements))
    return found


def enough(asked: dict[str, Asked], already: Collection[str]) -> set[str]:
    """The cheapest tests that ask every statement TIMES times, beside those that are run `already`.

    Greedy: the test that asks most of what is still missing for each second. The same on every process that reads the same.
    """
    left = Counter(statement for test in asked.values() for statement in test.statements)
    missing = {statement: min(TIMES, tests) for statement, tests in left.items()}
    for test in already:
        _take(asked.get(test), missing)
    chosen = set()
    waiting = {test: _worth(asked[test], missing) for test in sorted(set(asked) - set(already))}
    while missing:
        # What a test is worth only falls, so the best of before is looked at again until it stays the best.
        test = max(waiting, key=lambda name: (waiting[name], name))
        worth = _worth(asked[test], missing)
        if worth < waiting[test]:
            waiting[test] = worth
            continue
        del waiting[test]
        if worth:
            chosen.add(test)
        _take(asked[test], missing)
    return chosen


def _worth(test: Asked, missing: dict[str, int]) -> float:
    return sum(statement in missing for statement in test.statements) / (test.seconds + 0.005)


def _take(test: Asked | None, missing: dict[str, int]) -> None:
    for statement in test.statements if test else ():
        if missing.get(statement):
            missing[statement] -= 1
            if not missing[statement]:
                del missing[statement]


@cache
def _digests(sql: str) -> frozenset[str]:
    """Of the statement, or of each of its parts where those can be asked for one by one."""
    if _OWN.match(sql):
        return frozenset()
    alike = _NAMED.sub("c", _VARIES.sub("0", sql))
    for repeated in (_LIST, _LIST, _JOINED):  # what is in brackets, then the brackets
        alike = repeated.sub(r"\1", alike)
    parts = [alike] if _WHOLE.search(alike) else [part.strip("() ") for part in _PARTS.split(alike)]
    return frozenset(hashlib.blake2b(part.encode(), digest_size=6).hexdigest() for part in parts if part)
