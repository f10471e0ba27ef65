"""What the work lists cost, page by page over HTTP: `python -m tests.benchmarks.lists DATABASE_URL …`.

Signs in as a case officer who has shown a second factor, and asks for each list by no filter, by every filter, in every
order and deep down, in turns. One client, two workers. Given several databases, smallest first, each is set beside the
first. Names of lists among the arguments leave the others out: `applications`. Reads only, but for its session.
"""

import json
import os
import re
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

ROUNDS = 8
BLOCK = 5
PROMISED_MS = 100
ONE = "--one"
Figures = dict[str, Any]


def _addresses(me: Any, officers: list[Any]) -> Iterator[str]:
    """What to measure, made of what is in the database."""
    from django.utils import timezone  # noqa: PLC0415 - this module is also run before Django knows which database

    from licensing.applications.models import Application  # noqa: PLC0415
    from licensing.applications.queries.offices import (  # noqa: PLC0415
        schemes_offered,
        sectors,
    )
    from licensing.cases.filters import ApplicationFilter  # noqa: PLC0415
    from licensing.decisions.filters import DecisionFilter  # noqa: PLC0415
    from licensing.licences.filters import LicenceFilter  # noqa: PLC0415
    from registry.filtersets import FilterSet  # noqa: PLC0415

    newest = Application.objects.handed_in().select_related("organisation").latest("submitted_at")
    legal_name = newest.organisation.legal_name
    typed = [legal_name, legal_name.split()[0], newest.reference]
    today = timezone.localdate()
    known_sectors, known_schemes, since = (
        sorted(sectors(today)),
        sorted(schemes_offered(today)),
        [today.replace(month=1, day=1).isoformat()],
    )
    others = [officer.reference for officer in officers if officer != me][:1]

    def by(filterset: type[FilterSet[Any]], **more: list[str]) -> Iterator[str]:
        yield ""
        for name, one in filterset.base_filters.items():
            values = more.get(name) or [str(value) for value, _label in one.extra.get("choices", [("on", "")])]
            yield from (f"?{name}={quote(value)}" for value in values)
        for sort in filter(None, filterset.orders):
            yield from (f"?sort={sort}", f"?sort=-{sort}")
        yield from ("?page=2", "?page=40")

    everything = {
        "applications": [
            *by(
                ApplicationFilter,
                q=typed,
                officer=["mine", "nobody", *others],
                sector=known_sectors,
                scheme=known_schemes,
            ),
            "?sort=officer",
            "?sort=-officer",
        ],
        "decisions": by(DecisionFilter, q=typed, scheme=known_schemes, since=since),
        "licences": by(LicenceFilter, q=typed, sector=known_sectors),
        "dates": ["", "?state=overdue", "?state=soon", "?officer=mine", f"?q={quote(typed[1])}"],
        "changes": ["", "?status=told"],
        "inspections": ["", "?overdue=on", f"?q={quote(legal_name)}", "?sort=inspector", "?page=40"],
        "organisations": ["", *(f"?q={quote(text)}" for text in typed), "?holds=licence", "?holds=none", "?page=40"],
    }
    for name, queried in everything.items():
        yield from (f"/staff/{name}/{query}" for query in queried)
    yield "/staff/"


def _label(address: str) -> str:
    """Which filter it was, and not whose name: figures are published."""
    path, _mark, typed = address.partition("?q=")
    if not typed:
        return re.sub("officer=U-.*", "officer=another", address)
    words = unquote(typed).split()
    number = any(letter.isdigit() for letter in typed)
    return f"{path}?q=" + ("a name" if len(words) > 1 else "a reference" if number else "a word")


def _deep_down(port: int, cookie: tuple[str, str], address: str) -> str:
    """A page beyond those with numbers: eleven pages on from the last that has one."""
    for _page in range(11):
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("GET", address, headers=dict([cookie]))
        html = connection.getresponse().read().decode()
        if 'rel="next"' not in html:
            break
        following = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        address = address.partition("?")[0] + unescape(following)
    return address


def measure(lists: list[str]) -> Figures:
    """The figures of the database of the environment, in milliseconds: of processor, at the median, and that 95 of 100 were within."""
    import django  # noqa: PLC0415

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.core.management import call_command  # noqa: PLC0415

    from licensing.applications.models import Application  # noqa: PLC0415
    from licensing.applications.queries.offices import case_officers  # noqa: PLC0415
    from tests.benchmarks import (  # noqa: PLC0415
        frame,
        service,
    )
    from tests.people import signed_in  # noqa: PLC0415

    if not (settings.STATIC_ROOT / "staticfiles.json").exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    officers = list(case_officers())
    me = max(officers, key=lambda officer: officer.applications_in_hand.count())
    cookie = ("Cookie", f"{settings.SESSION_COOKIE_NAME}={signed_in(me).cookies[settings.SESSION_COOKIE_NAME].value}")
    wanted = {_label(one): one for one in _addresses(me, officers) if not lists or one.split("/")[2] in lists}
    machine = frame.machine()
    with service.served() as server, service.Client(server.port) as client:
        for name, address in [one for one in wanted.items() if one[0].endswith("page=40")]:
            wanted[name.replace("page=40", "a page deep down")] = _deep_down(server.port, cookie, address)
        asked = {name: service.Asked(address, headers=(cookie,)) for name, address in wanted.items()}
        service.warm(server.port, list(asked.values())[:3])
        peers = {name: partial(client.ask, one) for name, one in asked.items()}
        costs = service.in_turns(server, peers, rounds=ROUNDS, block=BLOCK)
    rows = {
        name: (cost.spent_on_one, frame.median(cost.times), frame.within(cost.times, 0.95))
        for name, cost in costs.items()
    }
    return {"machine": machine, "cases": Application.objects.count(), "rows": rows}


def main(urls: list[str], lists: list[str]) -> None:
    first: Figures = {}
    for url in urls:
        with tempfile.TemporaryDirectory() as folder:
            given = {"VAR_DIR": folder, "STATIC_ROOT": str(Path(folder) / "static"), "SECRET_KEY": secrets.token_hex()}
            env = {**given, **os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "config.settings"}
            command = [sys.executable, "-m", "tests.benchmarks.lists", ONE, *lists]
            env["PLAIN_HTTP"] = "1"
            said = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True).stdout
        found = json.loads(said.splitlines()[-1])
        _show(found, first)
        first = first or found


def _show(found: Figures, first: Figures) -> None:
    beside = f" beside {first['cases']:,}" if first else ""
    print(f"\n### {found['cases']:,} cases{beside}\n\n{found['machine']}; {ROUNDS * BLOCK} times each, milliseconds\n")
    print("| page | processor | median | 95% within | processor beside | median beside |\n|---|---|---|---|---|---|")
    for name, (spent, median, late) in found["rows"].items():
        ratios = (
            [f"{a / b:.2f}" for a, b in zip((spent, median), first["rows"][name], strict=False)]
            if name in first.get("rows", {})
            else ["", ""]
        )
        slow = " !" if late > PROMISED_MS else ""
        print(f"| `{name}` | {spent:.1f} | {median:.0f} | {late:.0f}{slow} | {' | '.join(ratios)} |")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if arguments[:1] == [ONE]:
        print(json.dumps(measure(arguments[1:])))
    else:
        databases = [one for one in arguments if "://" in one]
        main(databases or [os.environ["DATABASE_URL"]], [one for one in arguments if "://" not in one])
