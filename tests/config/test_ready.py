"""A process that serves has read before its first page what it needs for all of them."""

import gc
from collections.abc import Iterator
from pathlib import Path

import pytest

from config import ready
from registry import schemes


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    before = gc.get_threshold()
    yield
    gc.unfreeze()
    gc.set_threshold(*before)


def test_what_lives_as_long_as_the_process_is_not_looked_through_with_every_hundredth_page() -> None:
    ready.get_ready()

    assert gc.get_freeze_count() > 100_000
    assert not any(isinstance(one, schemes.Scheme) for one in gc.get_objects())
    assert gc.get_threshold()[0] == ready.LOOKS_AFTER


def test_a_broken_pack_keeps_nobody_from_serving(tmp_path: Path) -> None:
    version = tmp_path / "broken" / "base"
    version.mkdir(parents=True)
    (version / "scheme.toml").write_text("not = [toml")

    with schemes.use([tmp_path]):
        ready.get_ready()
        assert schemes.faults_found()
