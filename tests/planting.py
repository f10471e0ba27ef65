"""Plants defects in a module that is running, for `script/mutate`: `pytest -p tests.planting`.

The tests are run once without a defect, so that all is read, the database is there and stories are remembered. Then a copy of the
process is made for each defect: it changes the code of one function in place, wherever that function has been imported, runs
the tests until one fails, and ends. A defect that is in no function cannot be planted in a module that was read already; it is
said to be so, and script/mutate plants it in a process of its own (tests/mutant.py).

    MUTANTS     a file of JSON: the path of the module and its defects, each with `line` and `source`
    FINDINGS    a file to which a line is written for each defect: its number and what became of it
"""

import ast
import gc
import json
import os
import signal
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

import pytest
from django.db import connections

LONGEST = 180  # seconds; a defect that makes a test wait for ever is found
FOUND, SURVIVED, NOT_HERE, BROKEN = "found", "survived", "not here", "broken"
ENDED = {0: SURVIVED, 1: FOUND, 2: NOT_HERE}


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    """Instead of running the tests once: once without a defect, then for each defect until one fails."""
    plan = json.loads(Path(os.environ["MUTANTS"]).read_text())
    with Path(os.environ["FINDINGS"]).open("w") as findings:
        if not _hold(session):
            findings.write(f"-1 {BROKEN}\n")
            return True
        there = functions_in(plan["module"])
        for number, mutant in enumerate(plan["mutants"]):
            what, by = _with_defect(session, plan["module"], mutant, there)
            _first(session, by)
            findings.write(f"{number} {what}\n")
            findings.flush()
    return True


def function_at(source: str, line: int) -> str:
    """The qualified name of the outermost function whose body has this line; empty where there is none."""
    for name, node in _functions(ast.parse(source), ""):
        if node.body[0].lineno <= line <= (node.end_lineno or 0):
            return name
    return ""


def functions_in(module: str) -> dict[str, list[FunctionType]]:
    """The functions of the module that there are, by their qualified names: looked for once, as a copy that looks is slow."""
    there: dict[str, list[FunctionType]] = defaultdict(list)
    gc.unfreeze()
    for one in gc.get_objects():
        if type(one) is FunctionType and os.path.realpath(one.__code__.co_filename) == module:
            there[one.__code__.co_qualname].append(one)
    gc.freeze()
    return there


def plant(module: str, source: str, line: int, there: Mapping[str, list[FunctionType]]) -> bool:
    """Change the function at this line in place to what this source says. False where there is none."""
    name = function_at(source, line)
    new = next(_codes(compile(source, module, "exec", dont_inherit=True), name), None) if name else None
    if new is None or not there.get(name) or any(one.__code__.co_freevars != new.co_freevars for one in there[name]):
        return False
    for one in there[name]:
        one.__code__ = new
    return True


def _functions(node: ast.AST, within: str) -> Iterator[tuple[str, Any]]:
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef):
            yield within + child.name, child
        elif isinstance(child, ast.ClassDef):
            yield from _functions(child, f"{within}{child.name}.")
        elif isinstance(child, ast.If | ast.With | ast.Try):
            yield from _functions(child, within)


def _codes(code: CodeType, name: str) -> Iterator[CodeType]:
    for part in code.co_consts:
        if isinstance(part, CodeType):
            if part.co_qualname == name:
                yield part
            yield from _codes(part, name)


class AnyTest:
    """Comes after the last: only what all tests share stays set up, as any of them may be the first in a copy.

    Of a file or folder that is left set up, pytest fails each test of another, and the defect would seem to be found.
    """

    def __init__(self, items: Sequence[pytest.Item]) -> None:
        above = zip(*(item.listchain()[:-1] for item in items), strict=False)
        self._shared = list(takewhile(lambda of_each: len(set(of_each)) == 1, above))

    def listchain(self) -> list[Any]:
        return [of_each[0] for of_each in self._shared]


def _hold(session: pytest.Session) -> bool:
    """Run all tests, and keep what the session has made: the last is told that any of them may come after it."""
    items = session.items
    for item, after in zip(items, [*items[1:], AnyTest(items)], strict=True):
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
    return not session.testsfailed


def _with_defect(
    session: pytest.Session, module: str, mutant: dict[str, Any], there: Mapping[str, list[FunctionType]]
) -> tuple[str, int]:
    """What became of the defect, and the number of the test that found it."""
    read, write = os.pipe()
    child = os.fork()
    if not child:
        os.close(read)
        _run(session, lambda: plant(module, mutant["source"], mutant["line"], there), write)
    os.close(write)
    with os.fdopen(read) as pipe:
        by = pipe.read()
    _, status = os.waitpid(child, 0)
    what = ENDED[os.WEXITSTATUS(status)] if os.WIFEXITED(status) else FOUND
    return what, int(by or -1)


def _run(session: pytest.Session, is_planted: Callable[[], bool], write: int) -> None:
    signal.alarm(LONGEST)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    try:
        if not is_planted():
            os._exit(2)
        connections.close_all()
        for number, (item, after) in enumerate(zip(session.items, [*session.items[1:], session.items[0]], strict=True)):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
            if session.testsfailed:
                os.write(write, str(number).encode())
                os._exit(1)
    except BaseException:  # whatever it is, this is no answer, and the process of the tests must not go on twice
        os._exit(2)
    os._exit(0)


def _first(session: pytest.Session, number: int) -> None:
    """What has found one defect is likely to find the next."""
    if number > 0:
        session.items.insert(0, session.items.pop(number))
