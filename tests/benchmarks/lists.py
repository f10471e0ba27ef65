"""What the work lists cost, page by page over HTTP: `python -m tests.benchmarks.lists DATABASE_URL …`.

Serves the real program as it is run, two workers of one thread, signs in as a case officer who has shown a second factor,
and asks for each list by no filter, by every filter, in every order and deep down, all in turn and again. One client.
Given several databases, smallest first, it prints each beside the first. Reads only, but for the session it signs in with. Names of lists among the arguments leave the others out: `applications`.
"""

import os
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from typing import Any
from urllib.parse import quote

ROUNDS = 40
PROMISED_MS = 100
# Run in a process of its own for each database: what to ask, and the cookie to ask with.
PLAN = """
import django; django.setup()
from django.core.management import call_command
call_command("collectstatic", interactive=False, verbosity=0)
from tests.benchmarks.lists import plan
for line in plan():
    print(line)
"""


def plan() -> Iterator[str]:
    """The cookie, how many cases there are, and the addresses to measure, made of what is in the database."""
    from django.conf import settings  # noqa: PLC0415 - this module is run before Django knows which database
    from django.utils import timezone  # noqa: PLC0415

    from licensing import queries  # noqa: PLC0415
    from licensing.filters import ApplicationFilter, DecisionFilter, LicenceFilter  # noqa: PLC0415
    from licensing.models import Application  # noqa: PLC0415
    from licensing.queries import work  # noqa: PLC0415
    from registry.filters import FilterSet  # noqa: PLC0415
    from tests.people import signed_in  # noqa: PLC0415

    officers = list(queries.case_officers())
    me = max(officers, key=queries.applications_waiting_for)
    newest = Application.objects.handed_in().select_related("organisation").latest("submitted_at")
    yield f"{settings.SESSION_COOKIE_NAME}={signed_in(me).cookies[settings.SESSION_COOKIE_NAME].value}"
    yield str(Application.objects.count())

    def by(filterset: type[FilterSet[Any]], **more: list[str]) -> Iterator[str]:
        yield ""
        for name, one in filterset.base_filters.items():
            values = more.get(name) or [str(value) for value, _label in one.extra.get("choices", [("on", "")])]
            yield from (f"?{name}={quote(value)}" for value in values)
        for sort in filterset.orders:
            if sort:
                yield from (f"?sort={sort}", f"?sort=-{sort}")

    legal_name = newest.organisation.legal_name
    typed = [legal_name, legal_name.split()[0], newest.reference]
    of_cases = {
        "q": typed,
        "officer": ["mine", "nobody", next(one.reference for one in officers if one != me)],
        "sector": sorted(work.sectors(timezone.localdate())),
    }
    everything = {
        "applications": [*by(ApplicationFilter, **of_cases), "?sort=officer", "?sort=-officer", "?page=2", "?page=40"],
        "decisions": [*by(DecisionFilter, q=typed), "?page=40"],
        "licences": [*by(LicenceFilter, q=typed, sector=of_cases["sector"]), "?page=40"],
        "inspections": ["", "?overdue=on", f"?q={quote(legal_name)}", "?page=40"],
        "organisations": ["", *(f"?q={quote(text)}" for text in typed), "?holds=licence", "?holds=none", "?page=40"],
        "": [""],
    }
    for name, queried in everything.items():
        yield from (f"/staff/{name}/{query}" if name else "/staff/" for query in queried)


@contextmanager
def served(url: str, folder: Path) -> Iterator[tuple[HTTPConnection, list[str]]]:
    """The program over this database, and its plan."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        "SECRET_KEY": secrets.token_urlsafe(48),
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "DATABASE_URL": url,
        "VAR_DIR": str(folder),
        "PLAIN_HTTP": "1",
    }
    told = subprocess.run([sys.executable, "-c", PLAN], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    arguments = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "1", "--port", str(port)]
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            *arguments,
            "--no-access-log",
            "--log-level",
            "warning",
            "config.wsgi:application",
        ],
        env=environment,
    )
    try:
        _wait_for(port)
        yield HTTPConnection("127.0.0.1", port, timeout=60), told.stdout.splitlines()
    finally:
        server.terminate()
        server.wait()


def _wait_for(port: int) -> None:
    for _try in range(300):
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1):
                return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("The server did not start.")


def fetched(connection: HTTPConnection, cookie: str, address: str) -> tuple[float, str]:
    """Milliseconds for the whole page, and the page."""
    before = time.perf_counter()
    connection.request("GET", address, headers={"Cookie": cookie})
    answer = connection.getresponse()
    body = answer.read()
    spent = (time.perf_counter() - before) * 1000
    if answer.status != 200:
        raise SystemExit(f"{address} answered {answer.status}.")
    return spent, body.decode()


def deep_down(connection: HTTPConnection, cookie: str, address: str) -> str:
    """A page beyond those with numbers: eleven pages on from the last that has one."""
    for _page in range(11):
        html = fetched(connection, cookie, address)[1]
        following = html.partition('rel="next"')[0].rpartition('href="')[2].partition('"')[0]
        if 'rel="next"' not in html:
            break
        address = address.partition("?")[0] + unescape(following)
    return address


def measured(url: str, folder: Path, lists: list[str]) -> tuple[str, dict[str, list[float]]]:
    times: dict[str, list[float]] = defaultdict(list)
    with served(url, folder) as (connection, (cookie, size, *addresses)):
        addresses = [one for one in addresses if not lists or one.split("/")[2] in lists]
        wanted = {address: address for address in addresses}
        for address in [one for one in addresses if one.endswith("page=40")]:
            wanted[address.replace("page=40", "a page deep down")] = deep_down(connection, cookie, address)
        for number in range(ROUNDS + 2):
            for name, address in wanted.items():
                spent, _html = fetched(connection, cookie, address)
                if number > 1:  # the first rounds fill the caches of either worker
                    times[name].append(spent)
    return size, times


def percentile(times: list[float], part: float) -> float:
    return sorted(times)[min(len(times) - 1, int(len(times) * part))]


def main(urls: list[str], lists: list[str]) -> None:
    first: dict[str, float] = {}
    for url in urls:
        with tempfile.TemporaryDirectory() as folder:
            size, times = measured(url, Path(folder), lists)
        print(f"\n{url.partition(':')[0]}, {size} cases, {ROUNDS} times each, milliseconds\n")
        print("| page | median | 95% within | beside the first |\n|---|---|---|---|")
        for name, spent in times.items():
            # Which filter it was, and not whose name: figures are published.
            shown = name.split("=")[0] if "?q=" in name else name
            late = percentile(spent, 0.95)
            ratio = f"{statistics.median(spent) / first[name]:.2f}" if name in first else ""
            print(
                f"| {shown} | {statistics.median(spent):.0f} | {late:.0f}{' !' if late > PROMISED_MS else ''} | {ratio} |"
            )
        first = first or {name: statistics.median(spent) for name, spent in times.items()}


if __name__ == "__main__":
    given = [one for one in sys.argv[1:] if "://" in one]
    main(given or [os.environ["DATABASE_URL"]], [one for one in sys.argv[1:] if "://" not in one])
