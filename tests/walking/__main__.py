"""A long walk at random through all the work, by the pages.

    python -m tests.walking                          ten minutes, from the world of every page
    python -m tests.walking --seed 7 --seconds 60

It says what was done and refused, and each way in which something was as it must never be.
"""

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

LONG = "test_whatever_people_press_nothing_is_as_it_must_never_be"


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.walking")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=int, default=600)
    options = parser.parse_args(arguments)
    os.environ |= {"WALK_SEED": str(options.seed), "WALK_SECONDS": str(options.seconds), "WALK_EVERY_PAGE": "1"}
    test = Path(__file__).with_name("test_walk.py")
    return int(pytest.main(["-n0", "-q", "-s", "-pno:logging", "--no-header", "--tb=short", f"{test}::{LONG}"]))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
