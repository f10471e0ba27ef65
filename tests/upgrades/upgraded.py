"""The steps of docs/upgrading.md with the database of an older release, and what was found at each (`python -m tests.upgrades`)."""

import time
from collections import Counter
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.test import Client
from lxml import html

from licensing.applications.models import Application
from registry.letters.models import Letter
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
        self.found: dict[str, Any] = {"failed": [], "seconds": {}}

    def all_of_it(self) -> dict[str, Any]:
        for command, options in (
            ("set_up", {}),
            ("check", {"databases": ["default"]}),
            ("verify_trail", {}),
            ("run_due", {"dry_run": True}),
        ):
            self._command(command, **options)
        before = self._letters()
        self._command("run_due")
        self.found["letters"] = dict(self._letters() - before)
        self._command("verify_trail")
        self._step("pages", self._pages)
        self._step("papers", self._papers)
        return self.found

    def _command(self, name: str, **options: Any) -> None:
        said = StringIO()
        self._step(" ".join([name, *options]), lambda: call_command(name, stdout=said, **options) and None)
        self.found[" ".join([name, *options])] = said.getvalue()

    def _step(self, name: str, do: Callable[[], object]) -> None:
        begun = time.monotonic()
        try:
            do()
        except (Exception, SystemExit) as error:
            self.found["failed"].append(f"{name}: {type(error).__name__}: {error}")
        self.found["seconds"][name] = round(time.monotonic() - begun, 1)

    def _letters(self) -> "Counter[str]":
        return Counter(Letter.objects.values_list("subject", flat=True))

    def _pages(self) -> None:
        rows, pages = of_each_row(), without_arguments()
        crawl = Crawl(rows)
        seconds = self.found["seconds_of"] = {}
        for person in ("", *PEOPLE):
            begun = time.monotonic()
            crawl.walk(person or "public", _client(person), ["/", "/home/", *pages, *rows])
            seconds[person or "public"] = round(time.monotonic() - begun, 1)
        self.found["errors"], self.found["opened"] = crawl.errors, sorted(crawl.opened)
        self.found["answers"] = dict(crawl.answers)
        self.found["not_opened"] = sorted(set(rows) - crawl.opened)
        self.found["drafts"] = Application.objects.filter(status="draft").count()

    def _papers(self) -> None:
        self.found["papers"] = {}
        for path in sorted((self.folder / "papers").iterdir()):
            with path.open("rb") as paper:
                response = _client().post("/verify/file/", {"file": paper})
            page = html.fromstring(response.content)
            self.found["papers"][path.name] = " ".join(page.xpath("//main//h1")[0].text_content().split())


def _client(person: str = "") -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if person:
        client.post("/demo/", {"person": person})
    return client
