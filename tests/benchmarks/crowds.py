"""A look-up every tenth of a second while strangers send the dearest requests, twenty at once from twenty addresses.

    VAR_DIR=FOLDER python -m tests.benchmarks.crowds [--look-ups 100] [--of WORDS]

FOLDER has the data of a demonstration; its database is copied, and the service started as in earnest, with its own limits and with
the worker. Each of the ten dearest requests (tests/benchmarks/public_costs.py) comes in turn, and then two of each together: again,
from other addresses, until so many look-ups were asked meanwhile. The bar: 95 of 100 within a second, and none lost.
"""

import argparse
import http.client
import os
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.serving.ports import HOST
from tests.serving.started import SETTINGS, Started, a_start, a_worker

os.environ.update({name: SETTINGS[name] for name in ("SECRET_KEY", "PLAIN_HTTP")})

from django.conf import settings
from django.test import Client

from tests.benchmarks.public_costs import Dear, cost, dearest

AT_ONCE, DEAREST, EVERY, BAR = 20, 10, 0.1, 1.0
CSRF = "c" * 32
_ADDRESSES = count(2 * 256)  # 127.0.2.0 and on


@dataclass(frozen=True, slots=True)
class Reply:
    """As much of an answer as the requests ask for that go on from one."""

    status_code: int
    headers: dict[str, str]


class Sender(Client):
    """A client that sends over the wire what Django's own would hand over, from an address of its own on this machine."""

    def __init__(self, port: int) -> None:
        super().__init__()
        number = next(_ADDRESSES)
        self.port, self.from_address = port, f"127.0.{number // 256}.{number % 256 or 1}"

    def request(self, **request: Any) -> Any:
        path = request["PATH_INFO"] + (f"?{request['QUERY_STRING']}" if request.get("QUERY_STRING") else "")
        body = request["wsgi.input"].read() if "wsgi.input" in request else None
        headers = {"Cookie": f"csrf={CSRF}", "X-CSRFToken": CSRF, "Accept": "text/html"}
        if kind := request.get("CONTENT_TYPE"):
            headers["Content-Type"] = str(kind)
        wire = http.client.HTTPConnection(HOST, self.port, timeout=120, source_address=(self.from_address, 0))
        try:
            wire.request(request["REQUEST_METHOD"], path, body, headers)
            answer = wire.getresponse()
            answer.read()
            return Reply(answer.status, {name.title(): value for name, value in answer.getheaders()})
        finally:
            wire.close()


@dataclass(slots=True)
class LookUps:
    seconds: list[float]
    lost: int = 0

    def ask(self, started: Started, name: str, due: float) -> None:
        try:
            status, page = started.ask("/check/", urlencode({"q": name}).encode(), timeout=60)
            self.lost += status != 200 or "govuk-" not in page
        except OSError:
            self.lost += 1
        self.seconds.append(time.monotonic() - due)

    @property
    def within(self) -> float:
        return statistics.quantiles(self.seconds, n=100)[94]


def crowd(port: int, sends: Sequence[Callable[[Client], Any]], said: Counter[int]) -> list[threading.Thread]:
    """All of these at once, each from an address that has not asked before."""

    def send(one: Callable[[Client], Any]) -> None:
        try:
            said[one(Sender(port)).status_code] += 1
        except (OSError, http.client.HTTPException):
            said[0] += 1

    threads = [threading.Thread(target=send, args=(one,)) for one in sends]
    for thread in threads:
        thread.start()
    return threads


def meanwhile(started: Started, sends: Sequence[Callable[[Client], Any]], names: list[str], most: int) -> Iterator[Any]:
    """The look-ups beside crowds that follow each other, and what the crowds were answered."""
    said, found, asking = Counter[int](), LookUps([]), list[threading.Thread]()
    sending, begun = crowd(started.port, sends, said), time.monotonic()
    for nth in count():
        due = begun + nth * EVERY
        time.sleep(max(0.0, due - time.monotonic()))
        if not any(thread.is_alive() for thread in sending):
            if nth >= most:
                break
            sending = crowd(started.port, sends, said)
        # Each by itself: one that waits holds no other back.
        asking.append(threading.Thread(target=found.ask, args=(started, names[nth % len(names)], due)))
        asking[-1].start()
    for thread in (*asking, *sending):
        thread.join()
    yield found
    yield said


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--look-ups", type=int, default=100)
    options.add_argument("--of", default="", help="only requests with these words in their name")
    given, good = options.parse_args(), True
    database = Path(settings.DATABASES["default"]["NAME"])
    found: list[Dear] = sorted(dearest(), key=lambda dear: -cost(dear)[0])[:DEAREST]
    crowds = {f"20 × {dear.words}": [dear.ask] * AT_ONCE for dear in found}
    crowds["two of each"] = [dear.ask for dear in found for _twice in range(2)]
    with tempfile.TemporaryDirectory() as folder:
        own = {"DEMO": "1", "CLAMD_ADDRESS": "none", "LIMITS": "look_up=1000000/60"}
        with a_start(Path(folder), database, **own) as started, a_worker(started):
            names = ["Harvest Hands", "harvest hnads", started.number]
            for words, sends in {"nothing": [], **crowds}.items():
                if given.of not in words:
                    continue
                look_ups, said = meanwhile(started, sends, names, given.look_ups)
                is_good = look_ups.within <= BAR and not look_ups.lost
                good &= is_good
                sys.stdout.write(
                    f"| {words} | {dict(said)} | {len(look_ups.seconds)} | {look_ups.lost} | "
                    f"{statistics.median(look_ups.seconds):.3f} s | {look_ups.within:.3f} s | {max(look_ups.seconds):.3f} s |"
                    f"{'' if is_good else ' TOO LONG'}\n"
                )
                sys.stdout.flush()
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
