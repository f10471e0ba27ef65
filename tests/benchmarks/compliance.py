"""What lists and case pages of compliance cost: `python -m tests.benchmarks.compliance [inspections reports]` (50000 200000).

In DATABASE_URL if it is set, which must be empty; else on SQLite in a file under var/benchmarks, made anew. The rows are
written as rows: only reading is measured, through the whole service but for the network, in turns with a page that lists
nothing. A page is asked for as whoever works with it, who has shown a second factor and has a conflict of interest.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from random import Random

from tests.benchmarks import data

FOLDER = data.FOLDER / "compliance"
if "DATABASE_URL" not in os.environ:
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("registry.sqlite3*"):
        old.unlink()
    os.environ["DATABASE_URL"] = f"sqlite:///{FOLDER / 'registry.sqlite3'}"
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from django.core.management import call_command
from django.db import connection, models
from django.test import Client
from django.test.utils import setup_test_environment
from django.utils import timezone

from compliance import index
from compliance.models import Inspection, Report, ReportClue, Result
from registry import schemes
from registry.actions import conflicts
from registry.models import Event, Organisation, User
from tests.benchmarks import frame
from tests.people import person, signed_in

NOW = timezone.now()
SCHEME = schemes.in_force("gla-food", NOW.date())
FIRMS = 10_000
ROUNDS = 25
TOGETHER = 5_000
#: Words of a report: a few in nearly each, most in few.
COMMON = ("work", "boss", "paid", "house", "week", "passport", "hours", "van", "money", "manager")
RARE = tuple(f"{first}{second}{third}ova" for first in "bdfgklmnprst" for second in "aeiou" for third in "bdgklmnrst")


def put(rows: Iterable[models.Model]) -> None:
    waiting = iter(rows)
    while some := list(islice(waiting, TOGETHER)):
        type(some[0])._default_manager.bulk_create(some, batch_size=1000)


def fill(inspections: int, reports: int) -> None:
    random = Random("compliance")
    call_command("sync_roles", verbosity=0)
    inspectors = [person("inspector") for _one in range(20)]
    reviewer = person("quality_reviewer")
    put(Organisation(legal_name=f"Firm {number}", created_at=NOW) for number in range(FIRMS))
    firms = list(Organisation.objects.order_by("pk").values_list("pk", flat=True))
    put(_inspection(number, random.choice(firms), random.choice(inspectors), random) for number in range(inspections))
    some = Inspection.objects.order_by("pk")[:2000]
    put(Result(inspection=one, standard=code, finding="met") for one in some for code in one.standards[:20])
    old = Inspection.objects.filter(commissioned_at__lt=NOW - timedelta(days=60))
    old.update(status="reported", reported_at=NOW - timedelta(days=30))
    old.update(status="confirmed", confirmed_by=reviewer, confirmed_at=NOW - timedelta(days=20))
    put(_report(number, random.choice(firms), random, reviewer) for number in range(reports))
    put(_words())


def _inspection(number: int, firm: int, inspector: User, random: Random) -> Inspection:
    at = NOW - timedelta(days=random.randrange(1, 2500))
    return Inspection(
        reference=f"I-{number:06}", organisation_id=firm, kind="compliance", scheme=SCHEME.name, version=SCHEME.version,
        brief="Look.", facts={"sectors": ["horticulture"]}, standards=[one.code for one in SCHEME.standards[:20]],
        inspector=inspector, commissioned_by=inspector, commissioned_at=at, due_on=at.date() + timedelta(days=30),
        visited_on=at.date(), summary="Seen.",
    )  # fmt: skip


def _report(number: int, firm: int, random: Random, reader: User) -> Report:
    at = NOW - timedelta(minutes=random.randrange(60, 2_600_000))
    is_done = at < NOW - timedelta(days=30)
    words = [random.choice(RARE if random.random() < 0.3 else COMMON) for _word in range(25)]
    done = {
        "status": "done",
        "begun_by": reader,
        "begun_at": at,
        "closed_at": at,
        "outcome": "Told.",
        "decision": "no_action",
    }
    return Report(
        reference=f"R-{number:06}", once=f"{number:064}", language="en", text=" ".join(words), danger="no",
        kinds=["pay"], contact="none", about_name=f"Firm {firm}", organisation_id=firm if number % 3 else None,
        received_at=at, priority="other", urgency=3, decide_by=at + timedelta(hours=72),
        tell_by=at.date() + timedelta(days=40), **(done if is_done else {}),
    )  # fmt: skip


def _words() -> Iterator[ReportClue]:
    for key, text, name in Report.objects.order_by("pk").values_list("pk", "text", "about_name").iterator(TOGETHER):
        for word in sorted(index.words(text, name)):
            yield ReportClue(report_id=key, kind=index.WORD, value=word)


def pages() -> Iterator[tuple[str, Client, str]]:
    """What is asked for, by whom."""
    officer, analyst, handler = person("case_officer"), person("intelligence_analyst"), person("quality_reviewer")
    barred = list(Organisation.objects.order_by("pk")[:5])
    manager = person("manager")
    for who in (officer, analyst, handler):
        for firm in barred:
            conflicts.declare(who, organisation=firm, because="A relation.", since=NOW.date(), by=manager, at=NOW)
    visits, reports = signed_in(officer), signed_in(analyst)
    yield "a page that lists nothing", visits, "/staff/holidays/"
    for query in ("", "?overdue=on", "?status=confirmed", "?sort=name", "?page=40", "?q=Firm+77"):
        yield f"inspections {query}", visits, f"/staff/inspections/{query}"
    for query in (
        "",
        "?mine=on",
        "?overdue=on",
        "?sort=-received",
        "?page=40",
        "?q=passport",
        f"?q={RARE[7]}",
        "?q=boss+van",
    ):
        yield f"reports {query}", reports, f"/staff/reports/{query}"
    confirmed = Inspection.objects.confirmed().filter(results__isnull=False).order_by("pk")[0]
    report = Report.objects.exclude(organisation__in=barred).order_by("-pk")[0]
    reports.post(f"/staff/reports/{report.reference}/", {"because": "To measure how long it takes."})
    yield "an inspection", visits, f"/staff/inspections/{confirmed.reference}/"
    yield "a report", reports, f"/staff/reports/{report.reference}/"


def measure(inspections: int, reports: int) -> None:
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    fill(inspections, reports)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    told = f"{Inspection.objects.count():,} inspections, {Report.objects.count():,} reports, {ReportClue.objects.count():,} words of them"
    print(
        f"\n{connection.vendor}: {told}; filled in {time.perf_counter() - began:.0f} s. Events: {Event.objects.count():,}."
    )
    asked = {title: (client, address) for title, client, address in pages()}
    for title, (client, address) in asked.items():
        assert client.get(address).status_code == 200, title
    peers = {title: _ask(client, address) for title, (client, address) in asked.items()}
    times, spent = frame.in_turns(peers, ROUNDS), frame.in_turns(peers, ROUNDS, time.process_time)
    base = frame.median(next(iter(times.values())))
    rows = [
        (
            title,
            frame.ms(frame.median(own)),
            frame.ms(frame.within(own, 0.95)),
            frame.ms(frame.within(spent[title], 0.95)),
            f"{frame.median(own) / base:.1f}",
        )
        for title, own in times.items()
    ]
    heads = ("page", "median, ms", "95th percentile, ms", "of it this process, ms", "times the empty page")
    frame.table("Lists and cases", heads, rows)


def _ask(client: Client, address: str):  # type: ignore[no-untyped-def]
    def ask() -> object:
        return client.get(address)

    return ask


if __name__ == "__main__":
    setup_test_environment()
    print(frame.machine())
    sizes = [int(one) for one in sys.argv[1:3]] or [50_000, 200_000]
    measure(*sizes)
