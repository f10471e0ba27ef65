"""Tables that anyone may ask for, under attack: `python -m tests.benchmarks.own_tables [1000000] [30]`.

A million cells at random of tables of 50 made-up registers: each that has people and is hidden is attacked by every sum it is in
(at most 10,000 chosen questions for each of 30 smaller registers are put to the audit of Tau-Argus at once). Ends with 1 if a
hidden number could be fewer than three, or the mean absolute change is over 1.5.
"""

import sys
import time
from collections.abc import Sequence

from tests.registry.disclosure import own_tables


def main(arguments: Sequence[str]) -> int:
    how_many = int(arguments[0]) if arguments else 1_000_000
    worlds = int(arguments[1]) if len(arguments) > 1 else 30
    began = time.process_time()
    found = own_tables.of_queries(how_many, seed="the long run")
    print(
        "| attack | questions | hidden numbers attacked | fewest that one could be | mean absolute change | mean change | seconds of processor |"
    )
    print("|---|---|---|---|---|---|---|")
    spent = time.process_time() - began
    print(
        f"| at random, with every sum | {found.asked:,} | {found.attacked:,} | {found.fewest} | {found.mean_absolute:.3f} | {found.mean:+.3f} | {spent:.0f} |",
        flush=True,
    )
    began = time.process_time()
    chosen = own_tables.of_chosen(worlds, seed="the long run")
    spent = time.process_time() - began
    print(
        f"| every table at once, by Tau-Argus | {chosen.asked:,} | {chosen.attacked:,} | {chosen.fewest} | | | {spent:.0f} |"
    )
    return int(min(found.fewest, chosen.fewest) < own_tables.FEWEST or found.mean_absolute > own_tables.MOST_CHANGE)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
