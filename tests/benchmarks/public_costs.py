"""What strangers' dearest requests cost, times their limits: at most a tenth of one processor.

    VAR_DIR=/srv/registry/var python -m tests.benchmarks.public_costs

On the database of an installation, which is only read but for lists and failed tries: run it on a copy of the demonstration. Every
public address, on a small register, is in tests/config/public_costs.csv, which tests/config/test_public_costs.py keeps true.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import json
import os
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.benchmarks.settings_of_costs")

import django

django.setup()

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from compliance import vault
from config.environment import MOST_REQUESTS
from public_lookup.bulk_checks.views import MOST_LISTS
from registry.checking import waiting
from registry.register.models import Entry
from registry.web import limits
from tests.benchmarks.strangers_files import HONEST

#: Of one processor.
SHARE = 0.1
TIMES = 3
Answer = Any


@dataclass(frozen=True, slots=True)
class Dear:
    """A request, how often a client may send it, and how many of the limit it takes."""

    words: str
    ask: Callable[[Client], Answer]
    limit: str
    most: int
    window: int
    counts: int = 1

    def share(self, seconds: float) -> float:
        return seconds * self.most / self.counts / self.window


def of(words: str, limit: str, ask: Callable[[Client], Answer], counts: int = 1) -> Dear:
    most, window = MOST_REQUESTS[limit]
    return Dear(words, ask, limit, most, window, counts)


def spent() -> float:
    started = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + started.ru_utime + started.ru_stime


def cost(dear: Dear) -> tuple[float, int]:
    """Seconds of processor, of the request and all that it starts: the least of some times; and the status."""
    least, status = float("inf"), 0
    client = Client(raise_request_exception=False)
    for _time in range(TIMES):
        limits.counts.clear()
        client.cookies.clear()
        began = spent()
        answer = dear.ask(client)
        if answer.streaming:
            b"".join(answer.streaming_content)
        least, status = min(least, spent() - began), answer.status_code
    return least, status


def _list_of(rows: int, names: list[str]) -> str:
    return "\n".join(f"{names[number % len(names)]} {number}" for number in range(rows))


def _confirmed(client: Client, names: list[str]) -> Answer:
    made = client.post("/check/many/", {"text": _list_of(500, names)})
    return client.post(made.headers["Location"], {"column_0": "name"})


def _report(photo: bytes = b"", **typed: object) -> Callable[[Client], Answer]:
    told = {"danger": "no", "text": "They keep our passports.", "kinds": ["pay"], "contact": "mailbox", "step": "send"}

    def send(client: Client) -> Answer:
        photos = [SimpleUploadedFile(f"{number}.webp", photo) for number in range(5 if photo else 0)]
        told_now = {**told, "ticket": vault.new_ticket(at=timezone.now()), "photos": photos, **typed}
        return client.post("/report/", told_now)

    return send


def dearest() -> Iterator[Dear]:
    entries = list(Entry.objects.order_by("-pk")[:500])
    names, number = [one.name for one in entries], entries[0].number
    long = " ".join(names)[:99]
    wrong = [f"{name[1:]}q" for name in names[:100]]
    yield of("look-up of a long name", "look_up", lambda client: client.get("/check/", {"q": long}))
    yield of("look-up of a name that is misspelt", "look_up", lambda client: client.get("/check/", {"q": wrong[0]}))
    yield of("look-up of one word", "look_up", lambda client: client.get("/check/", {"q": "services"}))
    yield of("look-up by POST", "look_up", lambda client: client.post("/check/", {"q": wrong[0]}))
    yield of("look-up, 1 MB of words", "look_up", lambda client: client.post("/check/", {"q": "x y" * 300_000}))
    yield of("entry", "read", lambda client: client.get(f"/check/{number}/"))
    yield of("start page", "read", lambda client: client.get("/"))
    yield of("statistics", "read", lambda client: client.get("/statistics/"))
    yield of("how we choose", "look_up", lambda client: client.get("/how-we-choose/"))
    yield of("a page that is not there", "read", lambda client: client.get("/nosuch/"))
    yield of(
        "text that is said to be a proof, 0.9 MB",
        "look_up",
        lambda client: client.post("/verify/file/", {"text": "{" * 900_000}),
    )
    pdf = b"%PDF-1.7\n" + b"stream\n" * 280_000
    yield of(
        "file that is said to be a proof, 1.9 MB",
        "look_up",
        lambda client: client.post("/verify/file/", {"file": SimpleUploadedFile("a.pdf", pdf)}),
    )
    book = HONEST["XLSX of 10,000 rows of 20 numbers"].make()
    yield Dear(
        "list of 10,000 rows, a workbook",
        lambda client: client.post("/check/many/", {"text": "", "file": SimpleUploadedFile("l.xlsx", book)}),
        "lists an hour",
        MOST_LISTS,
        3600,
    )
    yield of("list of 500 rows, confirmed", "questions", lambda client: _confirmed(client, wrong), 500)
    yield Dear(
        "report with five photographs",
        _report(HONEST["WebP of a telephone, 12 megapixels"].make()),
        "reports an hour",
        40,
        3600,
    )
    yield of("report that is not complete", "report", _report(contact="", about_name="x" * 900_000))
    yield Dear(
        "words of a mailbox",
        lambda client: client.post("/report/mailbox/", {"passphrase": "acid acorn acre acts afar affix"}),
        "wrong words an hour",
        30,
        3600,
    )
    asked = {f"q{place}": {"query": name} for place, name in enumerate(wrong)}
    yield of(
        "reconcile, 100 questions",
        "questions",
        lambda client: client.post("/reconcile/", {"queries": json.dumps(asked)}),
        100,
    )
    numbers = [one.number for one in entries]
    ids = {"ids": numbers, "properties": [{"id": "standing"}, {"id": "name"}]}
    yield of(
        "reconcile, 500 numbers",
        "questions",
        lambda client: client.post("/reconcile/", {"extend": json.dumps(ids)}),
        len(numbers),
    )
    yield of(
        "suggestions while a name is typed",
        "look_up",
        lambda client: client.get("/reconcile/suggest/", {"prefix": wrong[0]}),
    )
    rows = {"rows": [{"name": wrong[place % len(wrong)]} for place in range(500)]}
    yield of(
        "API, 500 rows",
        "questions",
        lambda client: client.post("/api/v1/check-many", rows, content_type="application/json"),
        500,
    )
    yield of("API, a name", "api", lambda client: client.get("/api/v1/register", {"q": wrong[0]}))
    yield of("API, changes", "api", lambda client: client.get("/api/v1/changes"))
    yield of("API, an entry", "api", lambda client: client.get(f"/api/v1/register/{number}"))
    yield of("whole register, CSV", "data", lambda client: client.get("/data/register.csv"))
    yield of("whole register, FollowTheMoney", "data", lambda client: client.get("/data/register.ftm.json"))
    yield of("poster, PDF", "data", lambda client: client.get(f"/check/{number}/poster/poster.pdf"))
    yield of("document of the staff API", "data", lambda client: client.get("/api/staff/v1/openapi.json"))
    yield Dear(
        "sign-in with a wrong password",
        lambda client: client.post("/account/login/", {"login": "a@example.org", "password": "x" * 20}),
        "wrong passwords",
        10,
        60,
    )


def main() -> int:
    good = True
    waiting.WAITED = 60  # so that all of a file is in its cost
    for dear in dearest():
        seconds, status = cost(dear)
        share = dear.share(seconds)
        good &= share <= SHARE
        sys.stdout.write(
            f"| {dear.words} | {status} | {1000 * seconds:,.0f} | {dear.limit}: {dear.most // dear.counts} in {dear.window} s | {share:.1%} |"
            f"{'' if share <= SHARE else ' TOO MUCH'}\n"
        )
    return 0 if good else 1


if __name__ == "__main__":
    assert settings.configured
    sys.exit(main())
