"""What My work and the list of tasks cost with many open tasks: `python -m tests.benchmarks.tasks [--tasks 50000]`.

In DATABASE_URL if it is set, which must be empty; else on SQLite in a file under var/benchmarks, made again. The tasks are written
in bulk, about made-up references; pages are asked for in this process, each as often as `ROUNDS` says, in turns.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import json
import os
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
from django.utils import timezone

from registry.accounts.models import User
from registry.organisations.models import Organisation
from registry.tasks.models import Task, declared_waits
from tests.benchmarks import frame
from tests.people import person, signed_in

ROUNDS = 40
OFFICERS, ORGANISATIONS = 60, 5_000
#: Of so many tasks one belongs to no one, one is urgent.
FREE_EVERY, URGENT_EVERY = 7, 97
PAGES = ("/staff/", "/staff/tasks/", "/staff/tasks/?whose=mine", "/staff/tasks/?due=overdue", "/staff/tasks/?page=40")


def fill(how_many: int) -> list[User]:
    """People, organisations and open tasks of every kind of the authority."""
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
    Task.objects.bulk_create(
        (
            Task(
                kind=(kind := next(kinds)),
                open_key=f"{kind}:{number}",
                subject_pk=number,
                reference=f"A-{number:08d}",
                address="/staff/",
                organisation_id=next(organisations),
                owner=None if number % FREE_EVERY == 0 else next(owners),
                priority=1 if number % URGENT_EVERY == 0 else 0,
                due_on=at.date() + timedelta(days=number % 90 - 10),
                raised_at=at - timedelta(days=number % 60),
                raised_event=number,
            )
            for number in range(how_many)
        ),
        batch_size=1_000,
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return officers


def measure(client: Client) -> dict[str, list[float]]:
    """Seconds of each answer, page by page."""
    times: dict[str, list[float]] = {page: [] for page in PAGES}
    for _round in range(ROUNDS):
        for page in PAGES:
            begun = time.perf_counter()
            answer = client.get(page)
            times[page].append(time.perf_counter() - begun)
            assert answer.status_code == 200, page
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tasks", type=int, default=50_000)
    how_many = parser.parse_args().tasks
    settings.ALLOWED_HOSTS = ["testserver"]
    officers = fill(how_many)
    figures: dict[str, Any] = {
        "unit": "ms",
        "machine": frame.machine(),
        "engine": connection.vendor,
        "open tasks": how_many,
    }
    for who, user in (("officer", officers[0]), ("manager", person("manager"))):
        client = signed_in(user)
        measured = measure(client)
        figures[who] = {
            page: {"median": round(frame.median(times), 1), "p95": round(frame.within(times, 0.95), 1)}
            for page, times in measured.items()
        }
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
