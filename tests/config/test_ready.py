"""A process that serves has read before its first page what it needs for all of them."""

import gc
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from config import ready
from registry import schemes

pytestmark = pytest.mark.django_db


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


def slowest_of_all_depths(loop: Callable[[], float]) -> float:
    """Seconds that a loop takes at the worst of 300 depths: that at whose calls a block of memory begins."""

    def below(depth: int) -> float:
        return below(depth - 1) if depth else loop()

    return max(below(depth) for depth in range(300))


def a_thousand_calls() -> float:
    begun = time.process_time()
    for _each in range(1000):
        (lambda: None)()
    return time.process_time() - begun


def test_no_depth_of_calls_asks_the_system_for_memory_at_each_call() -> None:
    with_room = ready.with_room(slowest_of_all_depths)

    assert min(with_room(a_thousand_calls) for _each in range(3)) < 0.001
