"""A board of 2,000 suppliers, and the nightly look at 10,000 lines: `python -m tests.benchmarks.board [SUPPLIERS] [LINES]`.

With the database in DATABASE_URL as for the service, filled as `load_demo` fills it. What it writes is rolled back. Suppliers are
holders of the register, by number, as often as needed; one in ten is a name that is on no register.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import sys
import time
from statistics import quantiles
from typing import Any

import django

django.setup()

from django.db import transaction
from django.test import Client
from django.utils import timezone

from config.ready import get_ready
from public_lookup.board import jobs
from public_lookup.board.actions import boards, lines, looks
from public_lookup.board.models.boards import SupplierBoard
from public_lookup.board.queries.boards import may_begin
from public_lookup.board.queries.facts import to_prove
from public_lookup.board.rules.rows import GivenLine
from public_lookup.bulk_checks.queries import matching as many
from public_lookup.bulk_checks.states import UploadedColumn
from registry.accounts.models import User
from registry.register.models import Entry

SUPPLIERS, LINES, SITES, TIMES = 2_000, 10_000, 60, 60


def main(arguments: list[str]) -> int:
    suppliers, many_lines = (int(text) for text in (*arguments, str(SUPPLIERS), str(LINES))[:2])
    with transaction.atomic():
        print(f"| what | {'lines':>7} | measured |\n|---|---:|---:|")
        board, user = _filled(suppliers)
        by_clock, of_processor = _page(board, user)
        _report("the page of a board, 95% within", suppliers, f"{by_clock:.0f} ms")
        _report("the same, of processor", suppliers, f"{of_processor:.0f} ms")
        boards.delete(board, by=user, at=timezone.now())
        board, user = _filled(many_lines)
        _report("the nightly look", many_lines, f"{_night():.1f} s")
        _report("proofs of the month, each", many_lines, f"{_proofs(board):.1f} ms")
        transaction.set_rollback(True)
    return 0


def _filled(count: int) -> tuple[SupplierBoard, User]:
    at = timezone.now()
    user = User.objects.filter(email__startswith="labour-user@").get()
    for other in SupplierBoard.objects.visible_to(user):
        boards.delete(other, by=user, at=at)
    of = next(iter(may_begin(user, on=timezone.localdate(at))))
    board = boards.begin(of=of, by=user, at=at)
    given = list(_lines(count, at))
    began = time.perf_counter()
    asked = [{UploadedColumn.NUMBER if one.number else UploadedColumn.NAME: one.number or one.name} for one in given]
    lines.write(board, lines=given, answers=many.check(asked, at), by=user, at=at)
    _report("a spreadsheet read", count, f"{time.perf_counter() - began:.1f} s")
    return board, user


def _lines(count: int, at: Any) -> Any:
    numbers = list(Entry.objects.filter(shown_until=None).order_by("pk").values_list("number", flat=True))
    for place in range(count):
        site = f"Site {place % SITES}, round {place // len(numbers)}"
        is_unknown = place % 10 == 9
        name, number = (f"Zzyzx {place} Qwortle", "") if is_unknown else ("", numbers[place % len(numbers)])
        yield GivenLine(site, name, number, timezone.localdate(at))


def _page(board: SupplierBoard, user: User) -> tuple[float, float]:
    """The whole request, from the address to the last byte: by the clock, and of processor."""
    get_ready()  # as the service does before it answers
    client = Client()
    client.force_login(user)
    taken, spent = [], []
    for number in range(TIMES):
        began, used = time.perf_counter(), time.process_time()
        answer = client.get(f"/suppliers/{board.reference}/?page={number % 20 + 1}")
        taken.append(1_000 * (time.perf_counter() - began))
        spent.append(1_000 * (time.process_time() - used))
        assert answer.status_code == 200, answer.status_code
    return quantiles(taken[3:], n=20)[-1], quantiles(spent[3:], n=20)[-1]


def _night() -> float:
    began = time.perf_counter()
    jobs.look_at_boards(at=timezone.now())
    return time.perf_counter() - began


def _proofs(board: SupplierBoard) -> float:
    at = timezone.now()
    due = to_prove(board, before=at, on=timezone.localdate(at))[:200]
    began = time.perf_counter()
    looks.prove(board, listings=due, by=None, at=at)
    return 1_000 * (time.perf_counter() - began) / max(1, len(due))


def _report(what: str, count: int, said: str) -> None:
    print(f"| {what} | {count:>7,} | {said} |", flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
