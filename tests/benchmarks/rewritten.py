"""Rows of every covered kind rewritten by someone who recomputes all that follows from them: `python -m tests.benchmarks.rewritten`.

    python -m tests.benchmarks.rewritten                      500 rows
    python -m tests.benchmarks.rewritten --rows 50 --seed 7

In the world of all pages, with a made-up row of each kind that it has none of, on SQLite. Each row is changed, deleted or copied by SQL;
then its digest, what its event commits to, and both chains are made again, without the keys of the service. What counts is whether
`verify_trail` names the row before that, and whether `verify_trail --published` finds a fault after it, with the head of the day before.
"""

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django
from django.apps import apps

if not apps.ready:
    django.setup()

from django.core.management import call_command
from django.db import connection, transaction
from django.test import override_settings

from registry.integrity import covering
from registry.licences.models import Licence
from registry.trail.actions import events as trail
from registry.trail.queries import chain
from tests.made_up import INSTANT, fill
from tests.tampering import Attempt, attempts


def a_day_later() -> tuple[int, str]:
    """A row of every kind, and the head as it was printed then; since then a day has passed. The triggers must be away."""
    trail.seal()
    fill()
    printed = chain.head()
    trail.record(Licence.objects.order_by("pk")[0], "measure", by=None, at=INSTANT + timedelta(days=1))
    covering.sealing()._forget()  # as after a commit: the transaction is taken back, and never comes to one
    return printed


def main(arguments: Sequence[str]) -> int:
    from tests import database  # noqa: PLC0415
    from tests.benchmarks import frame  # noqa: PLC0415
    from tests.conftest import on_the_day  # noqa: PLC0415
    from tests.journeys.every_page.world import build  # noqa: PLC0415

    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.rewritten")
    parser.add_argument("--rows", type=int, default=500)
    parser.add_argument("--seed", type=int, default=20261203)
    given = parser.parse_args(arguments)
    print(frame.machine())
    began = time.perf_counter()
    call_command("migrate", verbosity=0)
    database.load_reference_data()
    with transaction.atomic(), on_the_day():
        with override_settings(DEMO=True):
            build()
        with database.triggers_away():
            printed = a_day_later()
            done = list(attempts(given.rows, given.seed, printed))
        transaction.set_rollback(True)
    return _report(done, given.seed, printed, time.perf_counter() - began)


def _report(done: Sequence[Attempt], seed: int, printed: tuple[int, str], seconds: float) -> int:
    ways = Counter(one.tampering.what.partition(" ")[0] for one in done)
    kinds = Counter(one.tampering.kind for one in done)
    undone = [one for one in done if one.tampering.is_undone]
    missed = [one for one in done if not one.is_named or not (one.is_found or one.tampering.is_undone)]
    print(
        f"seed {seed}, {connection.vendor}, {printed[0]:,} events when the head was printed, {seconds / 60:.0f} minutes"
    )
    print(
        f"{len(done)} rows of {len(kinds)} kinds rewritten, each {min(kinds.values())} to {max(kinds.values())} times: {dict(ways)}"
    )
    print(f"named at once: {sum(one.is_named for one in done)}")
    print(f"found when all was recomputed: {sum(one.is_found for one in done)}; undone by recomputing: {len(undone)}")
    print(f"missed: {len(missed)}", *(f"  {one.tampering}" for one in missed), sep="\n")
    return len(missed)


if __name__ == "__main__":
    sys.exit(min(1, main(sys.argv[1:])))
