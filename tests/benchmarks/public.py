"""What the public waits for, over HTTP: the look-up, the page of an entry, and both under load.

`python -m tests.benchmarks.public`, with the database in DATABASE_URL as for the service. It only reads.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import cycle
from random import Random

import django

django.setup()

from django.db import connection
from django.db.models import Max
from django.utils import timezone

from registry import search as index
from registry.register.models import Entry
from tests.benchmarks import frame, service
from tests.benchmarks.service import Asked, Client, Cost, Server

SEED = 20061001
SAMPLE = 200
ROUNDS = 40
TRIVIAL = Asked("/health/live")


def sample(random: Random) -> list[Entry]:
    """Entries that are on the register now, from all over it."""
    most = Entry.objects.aggregate(most=Max("entry_number"))["most"] or 0
    numbers = [random.randint(1, most) for _one in range(SAMPLE * 4)]
    found = Entry.objects.filter(entry_number__in=numbers).shown_at(timezone.now()).order_by("entry_number")
    entries = list(found)
    random.shuffle(entries)
    if not entries:
        sys.exit("There is nothing on the register: load sample data first.")
    if not index.is_at_last_entry():
        sys.exit("The index is behind the register, so that nobody would be found: manage.py rebuild_index first.")
    return entries[:SAMPLE]


def questions(entries: Sequence[Entry], random: Random) -> dict[str, list[Asked]]:
    """What people type: the name as it is, its beginning, a letter wrong, the number, a name that nobody has, a place."""
    return {
        "the name": [_look_up(q=entry.name) for entry in entries],
        "its first word": [_look_up(q=entry.name.split()[0]) for entry in entries],
        "a letter left out": [_look_up(q=without_a_letter(entry.name, random)) for entry in entries],
        "the number": [_look_up(q=entry.number) for entry in entries],
        "a name that nobody has": [_look_up(q=f"{entry.name[::-1]} zq") for entry in entries],
        "the name, on a past day": [
            _look_up(q=entry.name, at_day="1", at_month="6", at_year=str(timezone.localdate().year))
            for entry in entries
        ],
    }


def _look_up(**typed: str) -> Asked:
    return Asked("/check/", {name: text[:100] for name, text in typed.items()})


def without_a_letter(name: str, random: Random) -> str:
    place = random.randrange(1, max(2, len(name) - 1))
    return name[:place] + name[place + 1 :]


def look_up(server: Server, asked: Mapping[str, Sequence[Asked]]) -> None:
    service.warm(server.port, [asks[0] for asks in asked.values()])
    with Client(server.port) as client:
        peers = {name: _round(client, asks) for name, asks in asked.items()}
        costs = service.in_turns(server, {"a trivial answer": lambda: client.ask(TRIVIAL), **peers}, rounds=ROUNDS)
    trivial = costs["a trivial answer"]
    frame.table(
        f"Look-up: POST /check/ with {_registered():,} on the register, milliseconds over HTTP, one client, "
        "and of the server's processor",
        ["what is typed", "median", "95% within", "99% within", "processor", "times a trivial answer"],
        [_row(name, of, trivial) for name, of in costs.items()],
    )


def entry_page(server: Server, pages: Sequence[Asked], kept: Sequence[Asked]) -> None:
    with Client(server.port) as client:
        service.warm(server.port, [pages[0], Asked("/"), Asked("/check/")])
        costs = service.in_turns(
            server,
            {
                "in full": _round(client, pages),
                "304, as the reader has it already": _round(client, kept, expect=304),
                "the start page": lambda: client.ask(Asked("/")),
                "the empty look-up": lambda: client.ask(Asked("/check/")),
            },
            rounds=ROUNDS,
        )
    full = costs["in full"]
    frame.table(
        "Pages: an entry in full and as 304, milliseconds over HTTP, one client, and of the server's processor",
        ["page", "median", "95% within", "99% within", "processor", "times the entry in full"],
        [_row(name, of, full) for name, of in costs.items()],
    )


def under_load(server: Server, asked: Mapping[str, Sequence[Asked]], *, seconds: int) -> None:
    if not service.is_installed("wrk"):
        return
    rows = []
    for name, asks in asked.items():
        load = service.wrk(server.port, asks, seconds=seconds)
        assert load
        rows.append([name, f"{load.per_second:.0f}", frame.ms(load.median), frame.ms(load.within_99), load.failed])
    frame.table(
        f"Load: wrk on loopback, 4 connections, {seconds} s each, {service.WORKERS} workers",
        ["what is asked", "answers a second", "median ms", "99% within ms", "wrong answers"],
        rows,
    )


def _row(name: str, of: Cost, base: Cost) -> list[str]:
    edges = [frame.ms(frame.within(of.times, share)) for share in (0.95, 0.99)]
    ratio = of.spent_on_one / base.spent_on_one
    return [name, frame.ms(frame.median(of.times)), *edges, frame.ms(of.spent_on_one), f"{ratio:.2f}"]


def _round(client: Client, asks: Sequence[Asked], *, expect: int = 200) -> Callable[[], object]:
    """Each time it is called, the next of them is asked."""
    left = cycle(asks)
    return lambda: client.ask(next(left), expect=expect)


def _as_kept(server: Server, pages: Sequence[Asked]) -> list[Asked]:
    """The same pages, asked for by somebody who has them already."""
    with Client(server.port) as client:
        tags = [str(client.ask(page).headers["ETag"]) for page in pages]
    return [Asked(page.path, headers=(("If-None-Match", tag),)) for page, tag in zip(pages, tags, strict=True)]


def _registered() -> int:
    return Entry.objects.filter(shown_until=None).count()


def measure(*, seconds: int = 5) -> None:
    random = Random(SEED)
    entries = sample(random)
    asked = questions(entries, random)
    pages = [Asked(f"/check/{entry.number}/") for entry in entries]
    connection.close()
    with service.served() as server:
        kept = _as_kept(server, pages)
        look_up(server, asked)
        entry_page(server, pages, kept)
        loads = {
            "a trivial answer": [TRIVIAL],
            "look-up by name": asked["the name"],
            "look-up with a letter left out": asked["a letter left out"],
            "look-up by number": asked["the number"],
            "entry in full": pages,
            "entry, 304": kept,
            "start page": [Asked("/")],
        }
        under_load(server, loads, seconds=seconds)


if __name__ == "__main__":
    print(frame.machine())
    measure()
