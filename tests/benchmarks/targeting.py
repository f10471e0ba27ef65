"""How long a night of scoring takes: `python -m tests.benchmarks.targeting [10000]` licences in force.

Each with twelve facts, two confirmed inspections of twenty standards and a condition, in DATABASE_URL if it is set, which
must be empty; else on SQLite in a file under var/benchmarks, made anew. The rows are written as rows: only scoring is
measured, as `run_due` calls it.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import resource
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from random import Random
from typing import Any

from tests.benchmarks import data

FOLDER = data.FOLDER / "targeting"
if "DATABASE_URL" not in os.environ:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("registry.sqlite3*"):
        old.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'registry.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import models

from compliance import jobs
from compliance.inspections.models import Inspection, Result
from compliance.targeting.models import LicenceScore
from registry import schemes
from registry.accounts.models import User
from registry.licences.models import Condition, Licence
from registry.organisations.models import Fact, Organisation
from registry.register.models import Listing
from tests.benchmarks import frame
from tests.conftest import NOW

SCHEME = schemes.in_force("gla-food", NOW.date())
NIGHT = NOW.replace(hour=2)


def fill(size: int) -> None:
    random = Random("targeting")
    inspector, reviewer = (User.objects.create_user(email=f"{who}@bench.example", name=who) for who in "ab")
    _put(Organisation(legal_name=f"Firm {number}", created_at=NOW) for number in range(size))
    firms = list(Organisation.objects.order_by("pk"))
    _put(Listing(organisation=firm, scheme=SCHEME.name, code=f"{firm.pk:08}") for firm in firms)
    _put(_licence(listing, random) for listing in Listing.objects.select_related("organisation").order_by("pk"))
    _put(fact for firm in firms for fact in _facts(firm, random))
    _put(_inspection(firm, number, inspector, random) for firm in firms for number in range(2))
    _put(result for inspection in Inspection.objects.order_by("pk") for result in _results(inspection, random))
    Inspection.objects.update(status="reported", reported_at=NOW)
    Inspection.objects.update(status="confirmed", confirmed_by=reviewer, confirmed_at=NOW)
    _put(_condition(licence) for licence in Licence.objects.order_by("pk"))


def _put(rows: Iterable[models.Model]) -> None:
    some = list(rows)
    type(some[0])._default_manager.bulk_create(some, batch_size=2000)


def _licence(listing: Listing, random: Random) -> Licence:
    began = NOW - timedelta(days=random.randrange(2000))
    return Licence(
        number=f"A{listing.pk:07}",
        organisation=listing.organisation,
        listing=listing,
        scheme=SCHEME.name,
        version=SCHEME.version,
        granted_at=began,
        valid_from=began.date(),
        valid_until=NOW.date() + timedelta(days=200),
    )


def _facts(firm: Organisation, random: Random) -> Iterator[Fact]:
    known: Sequence[tuple[str, Any]] = (
        ("accommodation", random.random() < 0.3), ("deductions", False),
        ("subcontracting", random.random() < 0.2), ("supplied_before", random.random() < 0.8),
        ("worker_numbers_now", random.randrange(5, 300)), ("worker_numbers_now", random.randrange(5, 300)),
        ("told_late", {"change": "address", "working_days": 3, "due_on": "2026-01-01"}),
        ("turnover", 1), ("transport", True), ("sectors", ["horticulture"]), ("loans", False), ("payroll", "own"),
    )  # fmt: skip
    for key, value in known:
        at = NOW - timedelta(days=random.randrange(1, 700))
        yield Fact(organisation=firm, key=key, value=value, source="application A-1", at=at)


def _inspection(firm: Organisation, number: int, inspector: User, random: Random) -> Inspection:
    at = NOW - timedelta(days=random.randrange(30, 1500))
    return Inspection(
        reference=f"I-{firm.pk}-{number}",
        organisation=firm,
        kind="compliance",
        scheme=SCHEME.name,
        version=SCHEME.version,
        brief="Look.",
        standards=[one.code for one in SCHEME.standards[:20]],
        inspector=inspector,
        commissioned_by=inspector,
        commissioned_at=at,
        due_on=at.date(),
        visited_on=at.date(),
        summary="Seen.",
    )


def _results(inspection: Inspection, random: Random) -> Iterator[Result]:
    for code in inspection.standards:
        failed = random.random() < 0.05
        yield Result(
            inspection=inspection, standard=code, finding="not_met" if failed else "met", evidence="Seen." * failed
        )


def _condition(licence: Licence) -> Condition:
    return Condition(
        reference=f"C-{licence.pk}",
        licence=licence,
        standard="1.4",
        requirement="Keep hours.",
        due_on=NOW.date() + timedelta(days=licence.pk % 60 - 30),
        imposed_on=NOW.date() - timedelta(days=60),
    )


def timed(title: str, *, day: int) -> Sequence[object]:
    clock, spent = time.perf_counter(), time.process_time()
    looked = jobs.score_licences(at=NIGHT + timedelta(days=day))
    held = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return (
        title,
        f"{looked:,}",
        f"{time.perf_counter() - clock:.1f}",
        f"{time.process_time() - spent:.1f}",
        f"{held:.0f}",
    )


def measure(size: int) -> None:
    call_command("migrate", verbosity=0)
    fill(size)
    rows = [timed("the first night", day=1), timed("the night after", day=2)]
    heads = ("what", "licences", "seconds by the clock", "of processor", "peak memory, MB")
    frame.table("A night of scoring", heads, rows)
    print(
        f"\n{LicenceScore.objects.count():,} scores kept, {LicenceScore.objects.filter(points__gt=0).count():,} with points"
    )


if __name__ == "__main__":
    print(frame.machine())
    measure(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
