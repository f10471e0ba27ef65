"""Workers of the service are killed for three minutes: `python -m tests.benchmarks.kills`.

One every 10 seconds for two minutes, then one every 2 seconds for a minute; what clients were told is printed.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from tests.serving.started import a_start, kill_workers


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--seed", type=int, default=15)
    seed = options.parse_args().seed
    with tempfile.TemporaryDirectory() as folder, a_start(Path(folder)) as started:
        seldom = kill_workers(started, seconds=120, every=10, seed=seed)
        print("every 10 s for 120 s:", seldom, flush=True)
        often = kill_workers(started, seconds=60, every=2, seed=seed)
        print("every 2 s for 60 s:  ", often, flush=True)
    is_good = seldom.good_share >= 0.995 and not seldom.told["wrong"] + often.told["wrong"] and often.whole_after <= 15
    print("passed" if is_good else "FAILED")
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
