"""What My work and the list of tasks cost with many open tasks: `python -m tests.benchmarks.tasks [--tasks 50000] [--done 150000]`.

In DATABASE_URL if it is set, which must be empty; else on SQLite in a file under var/benchmarks, made again. The tasks are written
in bulk, about made-up references, the same in each run, open ones among those that are done. Pages are asked for
in this process, each as often as `ROUNDS` says, in turns. How many queries each page makes is in the figures too.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import json
import os
import random
import time
from datetime import timedelta
from itertools import cycle
from typing import Any

from tests.benchmarks import data

FOLDER = data.FOLDER / "tasks"
if "DATABASE_URL" not in os.environ:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("registry.sqlite3*"):
        old.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'registry.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.tasks.models import Task, declared_waits
from tests.benchmarks import frame
from tests.people import person, signed_in

ROUNDS, SEED = 40, 2026
OFFICERS, ORGANISATIONS = 60, 5_000
#: Of so many tasks one belongs to no one, one is urgent.
FREE_EVERY, URGENT_EVERY = 7, 97
PAGES = ("/staff/", "/staff/tasks/", "/staff/tasks/?whose=mine", "/staff/tasks/?due=overdue", "/staff/tasks/?page=40")


def fill(how_many: int, *, done: int) -> list[User]:
    """People, organisations, and tasks of every kind of the authority: so many open ones, and so many that are done."""
    call_command("migrate", verbosity=0)
    call_command("sync_roles", verbosity=0)
    officers = [person("case_officer", "decision_maker") for _number in range(OFFICERS)]
    Organisation.objects.bulk_create(
        Organisation(legal_name=f"Made-up Labour {number} Ltd", created_at=timezone.now())
        for number in range(ORGANISATIONS)
    )
    organisations = cycle(Organisation.objects.values_list("pk", flat=True))
    kinds = cycle(kind for kind, wait in declared_waits().items() if wait.seen_with)
    at, owners = timezone.now(), cycle(officers)
    total = how_many + done
    open_ones = frozenset(random.Random(SEED).sample(range(total), how_many))
    Task.objects.bulk_create(
        (
            Task(
                kind=(kind := next(kinds)),
                open_key=f"{kind}:{number}" if number in open_ones else None,
                subject_pk=number,
                reference=f"A-{number:08d}",
                address="/staff/",
                organisation_id=next(organisations),
                owner=None if number % FREE_EVERY == 0 else next(owners),
                priority=1 if number % URGENT_EVERY == 0 else 0,
                due_on=at.date() + timedelta(days=number % 90 - 10),
                raised_at=at - timedelta(days=number % 60),
                raised_event=number,
                **({} if number in open_ones else {"done_at": at, "done_by": next(owners)}),
            )
            for number in range(total)
        ),
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return officers


def measure(client: Client) -> dict[str, list[tuple[float, float]]]:
    """Seconds of each answer, page by page: by the clock, and of this process, which grow far less with the load."""
    times: dict[str, list[tuple[float, float]]] = {page: [] for page in PAGES}
    for _round in range(ROUNDS):
        for page in PAGES:
            clock, processor = time.perf_counter(), time.process_time()
            answer = client.get(page)
            times[page].append((time.perf_counter() - clock, time.process_time() - processor))
            assert answer.status_code == 200, page
    return times


def queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        client.get(page)
    return len(queries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=50_000)
    parser.add_argument("--done", type=int, default=150_000)
    asked = parser.parse_args()
    settings.ALLOWED_HOSTS = ["testserver"]
    officers = fill(asked.tasks, done=asked.done)
    figures: dict[str, Any] = {
        "unit": "ms",
        "machine": frame.machine(),
        "engine": connection.vendor,
        "open tasks": Task.objects.open().count(),
        "done tasks": Task.objects.exclude(done_at=None).count(),
    }
    for who, user in (("officer", officers[0]), ("manager", person("manager"))):
        client = signed_in(user)
        measured = measure(client)
        figures[who] = {
            page: {
                "median": round(frame.median([clock for clock, _processor in times]), 1),
                "p95": round(frame.within([clock for clock, _processor in times], 0.95), 1),
                "processor": round(frame.median([processor for _clock, processor in times]), 1),
                "queries": queries_of(client, page),
            }
            for page, times in measured.items()
        }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
