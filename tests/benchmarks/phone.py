"""What a worker waits for on a cheap phone: `python -m tests.benchmarks.phone --address http://localhost:8000`.

Opens a running service (`script/demo`, for instance) in Chromium of 360 × 640, with a processor so many times slower and a
connection so slow, and prints how long the ordinary and the private look-up take, and what they load. Half of the names are
misspelt by one letter. `CHROMIUM` names the browser.
"""

import argparse
import csv
import io
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from random import Random
from urllib.parse import urlencode
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, ViewportSize, expect, sync_playwright

from tests.benchmarks import frame

ONCE_A_MINUTE = 60_000  # milliseconds: what takes longer is a fault
PHONE: ViewportSize = {"width": 360, "height": 640}


@dataclass(slots=True)
class Waited:
    """Seconds of each kind, and the bytes that came over the network at the first time."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    loaded: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def timed(self, what: str) -> Iterator[None]:
        before = time.perf_counter()
        yield
        self.seconds.setdefault(what, []).append(time.perf_counter() - before)


class Slowed:
    """A page of a new browser, as slow as the phone, which counts what it loads."""

    def __init__(self, browser: Browser, *, slower: float, kilobits: int, delay: int) -> None:
        self.page: Page = browser.new_context(viewport=PHONE, is_mobile=True, has_touch=True).new_page()
        self.bytes = 0
        protocol = self.page.context.new_cdp_session(self.page)
        protocol.send("Network.enable")
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": slower})
        rate = kilobits * 1000 / 8
        limits = {"offline": False, "latency": delay, "downloadThroughput": rate, "uploadThroughput": rate / 2}
        protocol.send("Network.emulateNetworkConditions", limits)
        protocol.on("Network.loadingFinished", self._count)

    def _count(self, told: dict[str, float]) -> None:
        self.bytes += int(told["encodedDataLength"])


def names_of(address: str, count: int, seed: int) -> list[str]:
    """Names on the register of that service, every second one with a letter left out."""
    with urlopen(f"{address}/data/register.csv", timeout=60) as file:
        names = [row["name"] for row in csv.DictReader(io.TextIOWrapper(file, encoding="utf-8-sig"))]
    random = Random(seed)
    drawn = [random.choice(names) for _one in range(count)]
    return [_misspelt(name, random) if number % 2 else name for number, name in enumerate(drawn)]


def _misspelt(name: str, random: Random) -> str:
    place = random.randrange(1, max(2, len(name.split()[0])))
    return name[:place] + name[place + 1 :]


def ordinary(phone: Slowed, address: str, names: list[str], waited: Waited) -> None:
    with waited.timed("the look-up, first opened"):
        phone.page.goto(f"{address}/check/", wait_until="load")
    waited.loaded["the look-up, first opened"] = phone.bytes
    before = phone.bytes
    for name in names:
        with waited.timed("an answer of the ordinary look-up"):
            phone.page.goto(f"{address}/check/?{urlencode({'q': name})}", wait_until="load")
    waited.loaded["an answer of the ordinary look-up"] = (phone.bytes - before) // len(names)


def private(phone: Slowed, address: str, names: list[str], waited: Waited) -> None:
    page = phone.page
    with waited.timed("the private look-up, ready"):
        page.goto(f"{address}/check/private/", wait_until="commit")
        page.locator("#private-asked").wait_for(timeout=ONCE_A_MINUTE)
    waited.loaded["the private look-up, ready"] = phone.bytes
    for name in names:
        page.locator("#private-asked").fill(name)
        with waited.timed("an answer of the private look-up"):
            page.locator("#private-asked").press("Enter")
            expect(page.locator("[data-part=answer] h2").first).to_be_focused(timeout=ONCE_A_MINUTE)
        page.locator("#private-asked").focus()


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--address", default="http://localhost:8000")
    options.add_argument("--questions", type=int, default=40)
    options.add_argument("--slower", type=float, default=6, help="how many times slower its processor is than this one")
    options.add_argument("--kilobits", type=int, default=1600, help="a second, down; up is half of it")
    options.add_argument("--delay", type=int, default=150, help="milliseconds of each answer of the network")
    options.add_argument("--seed", type=int, default=2026)
    given = options.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")  # for the words about this machine
    names = names_of(given.address, given.questions, given.seed)
    waited = Waited()
    limits = {"slower": given.slower, "kilobits": given.kilobits, "delay": given.delay}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=os.environ.get("CHROMIUM"), args=["--no-sandbox"])
        ordinary(Slowed(browser, **limits), given.address, names, waited)
        private(Slowed(browser, **limits), given.address, names, waited)
        browser.close()
    print(frame.machine())
    print(
        f"Processor {given.slower:g} times slower, {given.kilobits} kbit/s, {given.delay} ms, seed {given.seed}, "
        f"{len(names)} names of the register, every second misspelt"
    )
    frame.table(
        "On a phone",
        ("what", "median, ms", "90% within, ms", "kB over the network"),
        [
            (
                what,
                frame.ms(frame.median(times)),
                frame.ms(frame.within(times, 0.9)),
                waited.loaded.get(what, 0) // 1000,
            )
            for what, times in waited.seconds.items()
        ],
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
