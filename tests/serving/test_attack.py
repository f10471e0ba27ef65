"""A few seconds of `python -m tests.benchmarks.beside`: the look-up does not wait for uploads or for the verification."""

from pathlib import Path

import pytest

from tests import templates
from tests.serving.attack import Attack
from tests.serving.started import a_start, a_worker

pytestmark = pytest.mark.once

LIFTED = "read=1000000/60 look_up=1000000/60 api=1000000/60 upload=1000000/60"


def test_hostile_files_and_a_verification_do_not_hold_up_the_look_up(tmp_path: Path) -> None:
    settings = {"DEMO": "1", "CLAMD_ADDRESS": "none", "LIMITS": LIFTED}
    with a_start(tmp_path, templates.sqlite(), **settings) as started, a_worker(started):
        attack = Attack(started, seed=15)
        before = attack.look_ups(1)
        beside = attack.look_ups(4, uploads=True, verifying=True)

    assert beside.bad == 0 and beside.beside["uploaded"] and beside.beside["verification asked for"], str(beside)
    # A machine that is busy with other tests is slow without them too.
    assert beside.within < max(0.5, 3 * before.within), f"{before}\n{beside}"
