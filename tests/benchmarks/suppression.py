"""Random published tables under attack: `python -m tests.benchmarks.suppression [10000] [1000]`.

10,000 tables and pairs of releases of one table; then 1,000 whole releases about people and 1,000 pairs of editions, attacked by
our own program and by the audit of Tau-Argus. Each with zero left out and with zero printed, and beside them what the same
attack gets out of tables that only leave the small numbers out. Ends with 1 if a number under 10 came out of ours.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import sys
import time
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.registry.disclosure import releases, trials


def main(arguments: Sequence[str]) -> int:
    how_many = int(arguments[0]) if arguments else 10_000
    print(
        f"| {how_many:,} random | ours that give one away | naive ones that do | seconds of processor |\n|---|---|---|---|"
    )
    failed = False
    for name, attack in (("tables", trials.of_tables), ("pairs of releases", trials.of_releases)):
        for prints_zero in (False, True):
            began = time.process_time()
            gave, naive_gave = attack(how_many, prints_zero=prints_zero)
            spent = time.process_time() - began
            failed = failed or bool(gave)
            zero = "printed" if prints_zero else "left out"
            print(f"| {name}, zero {zero} | {len(gave)} | {naive_gave:,} | {spent:.1f} |", flush=True)
    return int(of_people(int(arguments[1]) if len(arguments) > 1 else 1_000) or failed)


def of_people(how_many: int) -> bool:
    """Whole releases about people, and pairs of editions; whether any gave a number away."""
    print(
        f"\n| {how_many:,} random | ours that give one away | naive ones that do | hidden numbers attacked | fewest that one could be | seconds of processor |\n|---|---|---|---|---|---|"
    )
    failed = False
    for name in ("releases", "pairs of editions"):
        for prints_zero in (False, True):
            began = time.process_time()
            attack = releases.of_releases if name == "releases" else releases.of_pairs
            found = attack(how_many, prints_zero=prints_zero, seed="the long run")
            failed = failed or bool(found.gave)
            zero = "printed" if prints_zero else "left out"
            fewest = found.fewest if found.fewest < releases.MANY else ""
            spent = time.process_time() - began
            print(
                f"| {name}, zero {zero} | {found.gave} | {found.naive_gave:,} | {found.attacked:,} | {fewest} | {spent:.0f} |",
                flush=True,
            )
    return failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
