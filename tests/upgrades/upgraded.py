"""The steps of docs/upgrading.md with the database of an older release, and what was found at each (`python -m tests.upgrades`)."""

import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from lxml import html

from config.ready import get_ready
from licensing.applications.models import Application
from registry.letters.models import Letter
from registry.trail.queries import beginnings
from tests.in_part import in_part
from tests.upgrades.crawl import Crawl, of_each_row, without_arguments

#: From those who may open most to those who see their own: what one has opened need not be asked of the next.
PEOPLE = (
    *("case-officer", "manager", "auditor", "decision-maker", "quality", "inspector", "second-case-officer", "analyst"),
    *("safeguarding-lead", "source-handler", "partner", "reviewer", "people-admin"),
    *("applicant", "other-employer", "agent", "labour-user"),
)


class Upgrade:
    """The steps of docs/upgrading.md, and what was found at each."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.found: dict[str, Any] = {"failed": [], "seconds": {}, "by_clock": {}, "megabytes": {}}

    def all_of_it(self, *, with_pages: bool = True) -> dict[str, Any]:
        known = MigrationLoader(connection)
        self.found["lacked"] = len(known.graph.nodes.keys() - known.applied_migrations.keys())
        for command, options in (
            ("set_up", {}),
            ("check", {"databases": ["default"]}),
            ("verify_trail", {}),
            ("run_due", {"dry_run": True}),
        ):
            self._command(command, **options)
            self.found["megabytes"][command] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        before = set(Letter.objects.values_list("pk", flat=True))
        self._command("run_due")
        written = Letter.objects.exclude(pk__in=before)
        self.found["letters"] = Counter(written.values_list("subject", flat=True))
        self.found["missed_before"] = list(_missed_before(written))
        self._command("verify_trail")
        if with_pages:
            self._step("pages", self._pages)
        self._step("papers", self._papers)
        return self.found

    def _command(self, name: str, **options: Any) -> None:
        said = StringIO()
        self._step(" ".join([name, *options]), lambda: call_command(name, stdout=said, **options) and None)
        self.found[" ".join([name, *options])] = said.getvalue()

    def _step(self, name: str, do: Callable[[], object]) -> None:
        begun, begun_by_clock = time.process_time(), time.monotonic()
        try:
            do()
        except (Exception, SystemExit) as error:
            self.found["failed"].append(f"{name}: {type(error).__name__}: {error}")
        self.found["seconds"][name] = round(time.process_time() - begun, 1)
        self.found["by_clock"][name] = round(time.monotonic() - begun_by_clock, 1)

    def _pages(self) -> None:
        get_ready()  # as every process does that serves pages
        rows, pages = self._half(of_each_row()), without_arguments()
        crawl = Crawl(rows)
        seconds = self.found["seconds_of"] = {}
        for person in ("", *PEOPLE):
            begun = time.process_time()
            crawl.walk(person or "public", _client(person), ["/", "/home/", *self._half(pages, person), *rows])
            seconds[person or "public"] = round(time.process_time() - begun, 1)
        self.found["errors"], self.found["opened"] = crawl.errors, sorted(crawl.opened)
        self.found["answers"] = dict(crawl.answers)
        self.found["not_opened"] = sorted(set(rows) - crawl.opened)
        drafts = Application.objects.filter(status="draft").values_list("reference", flat=True)
        self.found["drafts"] = len({reverse("application", args=[one]) for one in drafts} & set(rows))

    @staticmethod
    def _half(addresses: list[str], person: str = "") -> list[str]:
        """One half on SQLite and the other on PostgreSQL: both take longer than a test may, and every page opens on one of them."""
        part = int(connection.vendor == "postgresql")
        return in_part(addresses, of=2, part=part, named=lambda address: f"{person} {address}")

    def _papers(self) -> None:
        self.found["papers"] = {}
        for path in sorted((self.folder / "papers").iterdir()):
            with path.open("rb") as paper:
                response = _client().post("/verify/file/", {"file": paper})
            page = html.fromstring(response.content)
            self.found["papers"][path.name] = " ".join(page.xpath("//main//h1")[0].text_content().split())


def _missed_before(letters: "QuerySet[Letter]") -> Iterator[str]:
    """Duties that were missed before people were reminded of what they have missed."""
    first = beginnings.first_day(beginnings.DUTIES_MISSED).isoformat()
    for letter in letters.filter(template="licensing/letters/duties.html"):
        yield from (one["reference"] for one in letter.facts["duties"] if one["due_on"] < first)


def _client(person: str = "") -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if person:
        client.post("/demo/", {"person": person})
    return client
