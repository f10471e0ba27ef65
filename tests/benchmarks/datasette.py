"""The look-up beside a search engine for open data: our page on two workers, Datasette's JSON search on one process.

`python -m tests.benchmarks.datasette`, with the database in DATABASE_URL as for the service. It only reads. Datasette is no
dependency: `python -m venv PLACE && PLACE/bin/pip install datasette`, and DATASETTE=PLACE/bin/datasette. The same rows
stand in an SQLite file of its own with FTS5; both are asked the same names in the same order by wrk, in turns.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection
from django.utils import timezone

from registry.register.models import Entry
from tests.benchmarks import frame, service
from tests.benchmarks.public import SEED, sample, without_a_letter
from tests.benchmarks.service import Asked, Client

PROGRAM = os.environ.get("DATASETTE", "datasette")
#: More than are asked in one turn, so that hardly any name is asked twice of the same process.
NAMES = 5_000
ROUNDS = 4
#: As many as our page shows at most.
ROWS = 20
COLUMNS = (
    "number",
    "name",
    "trading_names",
    "former_names",
    "town",
    "postcode",
    "company_number",
    "telephone",
    "standing",
)
SEARCHED = ", ".join(COLUMNS[:-1])
#: Its fastest answer, without what it adds of its own accord; and what it answers when only the search is given.
BARE = {"_size": str(ROWS), "_shape": "array", "_nosuggest": "1", "_nofacet": "1", "_nocount": "1"}
AS_IT_IS = {"_size": str(ROWS)}


def copy_to(file: Path) -> int:
    """The register of now as one table with a full-text index; how many rows."""
    now = timezone.now()
    entries = Entry.objects.shown_at(now).standing_on(timezone.localdate(now)).iterator()
    with closing(sqlite3.connect(file)) as database:
        database.execute(f"CREATE TABLE entries (id INTEGER PRIMARY KEY, {', '.join(COLUMNS)})")
        marks = ", ".join("?" * (len(COLUMNS) + 1))
        count = database.executemany(f"INSERT INTO entries VALUES ({marks})", map(_row, entries)).rowcount
        database.execute(
            f"CREATE VIRTUAL TABLE entries_fts USING fts5({SEARCHED}, content='entries', content_rowid='id', "
            "tokenize='unicode61 remove_diacritics 2')"
        )
        database.execute("INSERT INTO entries_fts(entries_fts) VALUES ('rebuild')")
        database.commit()
    return count


def _row(entry: Entry) -> tuple[object, ...]:
    names = ["; ".join(entry.trading_names), "; ".join(entry.former_names)]
    place = [entry.address.get("town", ""), entry.address.get("postcode", "")]
    return (
        entry.listing_id,
        entry.number,
        entry.name,
        *names,
        *place,
        entry.company_number,
        entry.telephone,
        entry.standing,
    )


@contextmanager
def datasette(file: Path) -> Iterator[int]:
    """One process of it, as it is installed; the port that it listens on."""
    port = service.free_port()
    with subprocess.Popen(
        [PROGRAM, "serve", "--immutable", str(file), "-h", service.HOST, "-p", str(port)],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    ) as server:  # fmt: skip
        try:
            for _try in range(240):
                try:
                    with Client(port) as client:
                        client.ask(Asked("/-/versions.json"))
                    break
                except OSError:
                    time.sleep(0.25)
            yield port
        finally:
            server.terminate()


def asked_of(names: Sequence[str], random: Random) -> tuple[dict[str, list[Asked]], dict[str, list[Asked]]]:
    """What is asked of us, and of the other."""
    ours = {
        "our page, by name": [Asked("/check/", {"q": name[:100]}) for name in names],
        "our page, a letter left out": [
            Asked("/check/", {"q": without_a_letter(name, random)[:100]}) for name in names
        ],
    }
    theirs = {
        title: [Asked(f"/register/entries.json?{urlencode({'_search': name, **options})}") for name in names]
        for title, options in (("Datasette, bare rows", BARE), ("Datasette, as it answers", AS_IT_IS))
    }
    return ours, theirs


def race(ports: Mapping[str, int], asked: Mapping[str, Sequence[Asked]], *, seconds: int) -> None:
    rates: dict[str, list[float]] = {title: [] for title in asked}
    failed = 0
    for _round in range(ROUNDS):
        for title, asks in asked.items():
            # Each turn begins further on in the list, as no name is to be asked again of a process that knows it.
            start = len(asks) // ROUNDS * _round
            load = service.wrk(ports[title], [*asks[start:], *asks[:start]], seconds=seconds)
            assert load
            rates[title].append(load.per_second)
            failed += load.failed
    base = statistics.median(rates["Datasette, bare rows"])
    frame.table(
        f"Answers a second, {ROUNDS} turns of {seconds} s each, wrk with 4 connections; wrong answers: {failed}",
        ["what is asked", "median", "least", "most", "times Datasette's bare rows"],
        [
            [
                title,
                *(f"{of(rate):.0f}" for of in (statistics.median, min, max)),
                f"{statistics.median(rate) / base:.2f}",
            ]
            for title, rate in rates.items()
        ],
    )


def measure(*, seconds: int = 5) -> None:
    if not service.is_installed("wrk"):
        return
    if not shutil.which(PROGRAM):
        print("Datasette is not installed: not compared (see the beginning of this file).")
        return
    random = Random(SEED)
    sample(random)  # says so and ends where there is nothing to be found
    with tempfile.TemporaryDirectory(dir=os.environ.get("VAR_DIR")) as folder:
        file = Path(folder) / "register.db"
        count = copy_to(file)
        names = [name for (name,) in Entry.objects.filter(shown_until=None).values_list("name").order_by("?")[:NAMES]]
        connection.close()
        ours, theirs = asked_of(names, random)
        print(f"{count:,} on the register; {service.WORKERS} workers of ours, one process of Datasette", flush=True)
        with datasette(file) as port, service.served() as server:
            service.warm(server.port, [asks[0] for asks in ours.values()])
            ports = {**dict.fromkeys(ours, server.port), **dict.fromkeys(theirs, port)}
            race(ports, {**ours, **theirs}, seconds=seconds)


if __name__ == "__main__":
    print(frame.machine())
    measure(seconds=int(sys.argv[1]) if len(sys.argv) > 1 else 5)
