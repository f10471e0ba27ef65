"""The same questions before and after an upgrade: `python questions.py FILE`, in the folder of the release that is asked.

It runs with the code of any release, so it imports nothing of the product. Where FILE is not there, it finds the questions: what people
open by links, as each of them, kind by kind of page, and of each kind as many as of any other. What is there is asked again.
"""

import hashlib
import json
import os
import random
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import django
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

SEED = 2026
QUESTIONS = 400
OFFICER = "case-officer"
PUBLIC = {"entry", "verify_receipt"}
PEOPLE = (
    *("", OFFICER, "manager", "auditor", "decision-maker", "inspector", "analyst", "safeguarding-lead"),
    *("source-handler", "applicant", "other-employer", "agent", "labour-user"),
)
#: Of one kind of page, at first; then what is left of all kinds, until there are enough.
OF_EACH_KIND = 2
#: What an answer is about: references, licence numbers and days. The words around them may be others in another release.
ABOUT = re.compile(r"\b(?:[A-Z]{1,2}-[0-9A-Z]{4}-[0-9A-Z]{4}|[A-Z]{4}\d{4}|\d{1,2} [A-Z][a-z]+ 20\d\d)\b")
STANDING = re.compile(r'class="(?:govuk-tag|app-answer__word)[^"]*"[^>]*>([^<]+)<')
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)


def main(file: Path) -> None:
    sys.path.insert(0, os.getcwd())
    django.setup()
    settings.LIMITS = dict.fromkeys(getattr(settings, "LIMITS", ()), (10**9, 1))
    asked = json.loads(file.read_text()) if file.exists() else _questions()
    clients = {person: _client(person) for person in PEOPLE}
    for one in asked:
        one["answers"].append(_answer(clients[one["person"]], one["address"]))
    file.write_text(json.dumps(asked, indent=1))


def _questions() -> list[dict[str, Any]]:
    sys.path.insert(0, str(Path(__file__).parent))
    crawl = import_module("crawl")  # beside this file: what is imported as `tests` is that of the release
    rows = list(_rows(crawl.ROW_PAGES))
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for person in PEOPLE:
        walk = crawl.Crawl(())
        walk.walk(
            person, _client(person), ["/", "/home/", *crawl.without_arguments(), *(address for _by, address in rows)]
        )
        for address in sorted(walk.opened):
            found[crawl.kind_of(address) or ""].append((person, address))
    chosen = [("row", row) for row in rows] + [one for one in _spread(found) if one[1] not in rows]
    return [
        {"person": person, "address": address, "kind": kind, "answers": []}
        for kind, (person, address) in chosen[:QUESTIONS]
    ]


def _rows(pages: tuple[tuple[str, str, str], ...]) -> Iterator[tuple[str, str]]:
    """One of each status and pinned version, as it may be any of them that an upgrade breaks."""
    for label, field, page in pages:
        model = apps.get_model(label)
        names = [
            name for name in ("status", "scheme", "version") if name in {one.name for one in model._meta.get_fields()}
        ]
        one_of_each = {tuple(row[1:]): row[0] for row in model.objects.order_by("pk").values_list(field, *names)}
        with suppress(NoReverseMatch):
            for value in one_of_each.values():
                yield "" if page in PUBLIC else OFFICER, reverse(page, args=[value])


def _spread(found: dict[str, list[tuple[str, str]]]) -> Iterator[tuple[str, tuple[str, str]]]:
    chance = random.Random(SEED)
    for asked in found.values():
        chance.shuffle(asked)
    while found:
        for kind in sorted(found):
            yield from ((kind, found[kind].pop()) for _each in range(min(OF_EACH_KIND, len(found[kind]))))
            if not found[kind]:
                del found[kind]


def _answer(client: Client, address: str) -> dict[str, Any]:
    response: Any = client.get(address)
    content = response.getvalue() if response.status_code == 200 else b""
    kind = response.headers.get("Content-Type", "").partition(";")[0]
    said: dict[str, Any] = {"status": response.status_code, "type": kind}
    if kind == "text/html":
        page = (MAIN.search(content.decode()) or [""])[0]
        said["about"] = sorted(set(ABOUT.findall(page)))
        said["standing"] = sorted({" ".join(one.split()) for one in STANDING.findall(page)})
    elif kind.startswith(("image/", "application/json")) or "csv" in kind:
        said["digest"] = hashlib.sha256(content).hexdigest()
    return said


def _client(person: str) -> Client:
    client = Client(SERVER_NAME="localhost", raise_request_exception=False)
    if person:
        client.post("/demo/", {"person": person})
    return client


if __name__ == "__main__":
    main(Path(sys.argv[1]))
