"""What the public statistics cost with many cases: `python -m tests.benchmarks.statistics [DATABASE_URL]`.

    --providers 10000 --applications 20000   what `load_demo` made; the rest as `tests.benchmarks.compliance --fill` filled it
    --rounds 100                             how often each page is asked for

Fill first: `python -m tests.benchmarks.compliance --fill`. Makes an edition, signs it, counts the service and the nightly tables,
and asks for the public pages in turns with a page that lists nothing. Ends with 1 if making an edition takes over two minutes or a
page over 60 ms (95 in 100).
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import argparse
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta

from tests.benchmarks import data

MOST_SECONDS, MOST_MS = 120, 60


def _read(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.statistics")
    parser.add_argument("database", nargs="?", default="")
    parser.add_argument("--rounds", type=int, default=100)
    return parser.parse_args(arguments)


ASKED = _read(sys.argv[1:])
ENV = data.environment(data.FOLDER / "compliance", ASKED.database)
os.environ.update({**ENV, "DJANGO_SETTINGS_MODULE": "tests.settings", "DEMO": ""})

import django

django.setup()

from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone

from compliance.inspections.models import Inspection
from compliance.jobs import count_for_the_public
from compliance.prevention.actions import count_prevention
from compliance.reports.models.reports import Report
from config.ready import get_ready
from registry.editions import actions
from registry.editions.models import Edition
from registry.editions.rules.quarters import before, quarter_on
from registry.service_figures.actions import count_service
from tests.people import person

PAGES = ("/statistics/", "/statistics/{edition}/", "/statistics/prevention/", "/statistics/service/",
         "/statistics/{edition}/licences.csv", "/statistics/{edition}/datapackage.json", "/api/v1/statistics",
         "/statistics/table/", "/cy/statistics/{edition}/")  # fmt: skip
TRIVIAL = "/accessibility/"


def timed(what: str, do: Callable[[], object]) -> float:
    began = time.perf_counter()
    do()
    took = time.perf_counter() - began
    print(f"| {what} | {took:.1f} s |", flush=True)
    return took


def made() -> tuple[Edition, float]:
    """The edition of the last quarter, published a minute ago, and how long its tables took."""
    at = timezone.now()
    first, second = person("intelligence_analyst"), person("manager")
    code = before(quarter_on(timezone.localdate(at)))
    if Edition.objects.filter(code=code).exists():
        sys.exit("There is an edition already: remove the database, and fill it.")
    edition = actions.announce_edition(
        code=code, publish_at=at - timedelta(minutes=1), by=second, at=at - timedelta(days=60)
    )
    took = timed("tables of an edition", lambda: actions.freeze_tables(edition, by=first, at=at - timedelta(days=1)))
    edition = actions.sign_tables(Edition.objects.get(code=code), by=first, at=at - timedelta(hours=3))
    edition = actions.countersign_tables(edition, by=second, at=at - timedelta(hours=2))
    return edition, took


def ask(paths: list[str]) -> dict[str, list[float]]:
    client, times = Client(), {path: list[float]() for path in paths}
    for _round in range(ASKED.rounds + 3):
        for path in paths:
            began = time.perf_counter()
            response = client.get(path)
            assert response.status_code == 200, (path, response.status_code)
            times[path].append((time.perf_counter() - began) * 1000)
    return {path: sorted(found[3:]) for path, found in times.items()}


def main() -> int:
    get_ready()
    setup_test_environment()
    print(f"{Inspection.objects.count():,} inspections, {Report.objects.count():,} reports, {data.ROOT.name}\n")
    print("| what | took |\n|---|---|")
    timed("counts for the public", lambda: count_for_the_public(at=timezone.now()))
    timed("what followed after measures", lambda: count_prevention(by=None, at=timezone.now()))
    timed("figures of the service", lambda: count_service(by=None, at=timezone.now()))
    edition, seconds = made()
    times = ask([TRIVIAL, *(page.format(edition=edition.code) for page in PAGES)])
    print("\n| page | half | 95 in 100 |\n|---|---|---|")
    for path, found in times.items():
        print(f"| `{path}` | {found[len(found) // 2]:.1f} ms | {found[int(len(found) * 0.95)]:.1f} ms |")
    slow = [path for path, found in times.items() if found[int(len(found) * 0.95)] > MOST_MS]
    print(f"\nOver {MOST_MS} ms: {', '.join(slow) or 'none'}")
    return int(bool(slow) or seconds > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main())
