"""Random published tables under attack: `python -m tests.benchmarks.suppression [10000]`.

So many tables, and so many pairs of two releases of one table, with zero left out and with zero printed, and beside them what
the same attack gets out of tables that only leave the small numbers out. Ends with 1 if a number under 10 came out of ours.
"""

# ruff: noqa: E402 — Django is set up before its models are imported
import os
import sys
import time
from collections.abc import Sequence

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")

import django

django.setup()

from tests.compliance.statistics import trials


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
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
