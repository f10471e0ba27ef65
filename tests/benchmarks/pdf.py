"""What a licence certificate and a letter cost to print, in seconds of processor time: `python -m tests.benchmarks.pdf`.

Measured by this command and never asserted in the suite; the promise is at most 0.25 when warm.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.conf import settings
from django.core.management import call_command

from registry import letters, schemes
from registry.actions import licences, organisations
from registry.models import Entry
from tests.conftest import NOW
from tests.people import person

ROUNDS = 40


def measure(var_dir: str) -> None:
    settings.VAR_DIR = Path(var_dir)
    call_command("migrate", verbosity=0)
    call_command("sync_roles", verbosity=0)
    scheme = schemes.in_force("gla-food", NOW.date())
    holder = organisations.open_file(legal_name="Żniwa & Ŵyl Field Labour Ltd", by=person("applicant"), at=NOW)
    licence = licences.issue(
        holder,
        scheme=scheme,
        sectors=[sector.code for sector in scheme.sectors],
        countries_supplied=[nation.code for nation in scheme.nations],
        starts=NOW.date(),
        until=NOW.date() + timedelta(days=364),
        by=person("decision_maker"),
        at=NOW,
    )
    entry = Entry.objects.get(listing=licence.listing, shown_until=None)
    facts = {"scheme": scheme.name, "wording": "revocation"}
    letter = letters.queue(
        "registry/letters/letter.html", to=holder, subject="Revoked", facts=facts, about=licence.number, at=NOW
    )

    def print_certificate(number: int) -> None:
        letters.certificate(entry, language="en-gb", at=NOW + timedelta(seconds=number))

    def print_letter(number: int) -> None:
        letter.number = f"L-{number}"
        letters.printed(letter)

    print(f"first, with loading WeasyPrint and fonts: {_cost(print_certificate, 0):.3f}")
    for name, make in (("certificate", print_certificate), ("letter of two pages", print_letter)):
        costs = sorted(_cost(make, number) for number in range(1, ROUNDS + 1))
        print(
            f"{name}: median {statistics.median(costs):.3f}, 95 of 100 within {costs[int(ROUNDS * 0.95) - 1]:.3f}, "
            f"longest {costs[-1]:.3f}"
        )
    print(f"certificate kept from before: {_cost(print_certificate, 1):.3f}")


def _cost(make: Callable[[int], None], number: int) -> float:
    before = time.process_time()
    make(number)
    return time.process_time() - before


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        measure(folder)
