"""What a licence certificate and a letter cost to print: beside plain WeasyPrint, kept from before, on two processes.

`python -m tests.benchmarks.pdf`, with the database in DATABASE_URL as for the service. It reads, and writes a cache.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import multiprocessing
import tempfile
import time
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django
import weasyprint

django.setup()

from django.conf import settings
from django.db import connection
from django.utils import timezone

from registry.letters.models import Letter
from registry.papers import pdf as press
from registry.papers import printed as paper_printed
from registry.register.models import Entry
from tests.benchmarks import frame

ROUNDS = 40
PROCESSES = 2
SECONDS = 10
# No print is made twice: each has a minute of its own.
_minutes = count(1)


def certificate(entry: Entry, at: datetime) -> bytes:
    return paper_printed.certificate(entry, language="en-gb", at=at)


def anew(entry: Entry, at: datetime) -> bytes:
    return certificate(entry, at + timedelta(minutes=next(_minutes)))


def letter_anew(letter: Letter) -> bytes:
    letter.number = f"L-{next(_minutes)}-{time.time_ns()}"
    return paper_printed.printed(letter)


def plainly(html: str, variant: str | None) -> bytes:
    """The same page and style sheet by WeasyPrint as its manual begins: nothing kept, the fonts of the machine."""
    styles = weasyprint.CSS(string=press.STYLES.read_text(encoding="utf-8"))
    made: bytes = weasyprint.HTML(string=html).write_pdf(stylesheets=[styles], pdf_variant=variant)
    return made


def page_of(entry: Entry, at: datetime) -> tuple[str, Mapping[str, Any]]:
    """The HTML that the certificate is printed from, and the record that is attached to it."""
    with patch.object(press, "print_page", return_value=b"") as print_page:
        certificate(entry, at)
    html, record = print_page.call_args.args
    return html, record


def printing(entry: Entry, at: datetime) -> None:
    before = time.process_time()
    anew(entry, at)
    first = time.process_time() - before
    html, record = page_of(entry, at)
    letter = Letter.objects.order_by("-pk").first()
    peers: dict[str, Callable[[], object]] = {
        "certificate, warm: read, signed, drawn, printed": lambda: anew(entry, at),
        "its page alone, printed by us": lambda: press.print_page(
            html, record, at=at + timedelta(minutes=next(_minutes))
        ),
        "plain WeasyPrint, the same page": partial(plainly, html, None),
        "plain WeasyPrint, the same page as PDF/A-3a": partial(plainly, html, "pdf/a-3a"),
        "certificate, kept from before": lambda: certificate(entry, at),
    }
    if letter:
        peers["letter, warm"] = partial(letter_anew, letter)
    times = frame.in_turns(peers, ROUNDS, clock=time.process_time)
    plain = frame.median(times["plain WeasyPrint, the same page"])
    rows = [
        [name, frame.ms(frame.median(of)), frame.ms(frame.within(of, 0.95)), f"{frame.median(of) / plain:.2f}"]
        for name, of in times.items()
    ]
    frame.table(
        "Printing: PDF/A-3a and PDF/UA-1 with the signed record attached, milliseconds of processor",
        ["what", "median", "95% within", "times plain WeasyPrint"],
        [*rows, ["the first in a process, with loading the fonts", frame.ms(first * 1000), "", ""]],
    )


def print_for_a_while(numbers: list[int], seconds: float, folder: str) -> tuple[int, float]:
    """In a process of its own: certificates of one holder after another, none of them printed before.

    How many were made, and what each took of the processor, in seconds.
    """
    django.setup()
    settings.VAR_DIR = Path(folder)
    at = timezone.now() + timedelta(days=1)
    entries = list(Entry.objects.filter(entry_number__in=numbers))
    anew(entries[0], at)
    made, end, before = 0, time.monotonic() + seconds, time.process_time()
    while time.monotonic() < end:
        anew(entries[made % len(entries)], at)
        made += 1
    return made, (time.process_time() - before) / made


def at_once(entries: list[Entry]) -> None:
    """Only holders of long licences, so that every one of them is licensed tomorrow too."""
    shares = [[entry.entry_number for entry in entries[start::PROCESSES]] for start in range(PROCESSES)]
    connection.close()
    with multiprocessing.get_context("spawn").Pool(PROCESSES) as pool:
        made = pool.starmap(print_for_a_while, [(share, SECONDS, str(settings.VAR_DIR)) for share in shares])
    printed, one = sum(count for count, _one in made) / SECONDS, sum(one for _count, one in made) / len(made)
    frame.table(
        f"Printing: certificates of different holders for {SECONDS} s",
        ["processes", "printed a second", "processor ms of one", "a second, had each process a core for itself"],
        [[PROCESSES, f"{printed:.1f}", frame.ms(one * 1000), f"{PROCESSES / one:.0f}"]],
    )


def measure() -> None:
    at = timezone.now()
    later = timezone.localdate(at) + timedelta(days=30)
    shown = Entry.objects.filter(shown_until=None, valid_until__gt=later).standing_on(timezone.localdate(at))
    entries = [entry for entry in shown.order_by("entry_number")[:200] if entry.is_licensed]
    if len(entries) < PROCESSES:
        raise SystemExit("Nobody on the register holds a licence: load sample data first.")
    # Nothing is kept from another run.
    with tempfile.TemporaryDirectory() as folder:
        settings.VAR_DIR = Path(folder)
        printing(entries[0], at)
        at_once(entries)


if __name__ == "__main__":
    print(frame.machine())
    measure()
