"""A request waits three seconds for what is made of a file; what takes longer is fetched later, by who has the key alone."""

import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

import pytest

from registry.checking import waiting
from registry.checking.waiting import CheckLost, StillChecking, checked, fetched
from registry.errors import TooManyAtOnce
from registry.uploads import storage
from registry.uploads.storage import StorageArea


@pytest.fixture(autouse=True)
def places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Of this test alone, and left when it ends."""
    monkeypatch.setattr(waiting, "_places", lambda: tmp_path / "places")
    yield
    settled()


def settled() -> None:
    """Every thread of a check has ended."""
    for one in threading.enumerate():
        if one.name == "checking":
            one.join(10)


def kept() -> set[str]:
    return set(storage.strays(StorageArea.CHECKED, (), before=datetime(9999, 1, 1, tzinfo=UTC)))


def going_on(release: threading.Event, monkeypatch: pytest.MonkeyPatch) -> str:
    """The key of a check that takes longer than a request waits for it."""
    monkeypatch.setattr(waiting, "WAITED", 0.01)
    with pytest.raises(StillChecking) as still:
        checked(lambda: b"made anew" if release.wait(10) else b"never released")
    return still.value.key


def test_what_is_quick_is_answered_at_once_and_kept_nowhere() -> None:
    before = kept()

    assert checked(lambda: b"made anew") == b"made anew"
    assert kept() == before


def test_what_takes_longer_is_fetched_when_it_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    key = going_on(release, monkeypatch)
    with pytest.raises(StillChecking):
        fetched(key)

    release.set()
    settled()

    assert fetched(key) == b"made anew"
    assert fetched(key) == b"made anew"  # a button that is pressed twice


def test_who_reads_the_storage_reads_nothing_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    key = going_on(release, monkeypatch)
    release.set()
    settled()

    name = waiting._name(key)

    assert key not in name
    assert b"made anew" not in storage.read(StorageArea.CHECKED, name)


@pytest.mark.parametrize("key", ["", "x", "1-" + "a" * 22, "fffffffffff-" + "a" * 22, "../../etc/passwd"])
def test_what_was_never_checked_or_will_not_come_any_more_is_lost(key: str) -> None:
    with pytest.raises(CheckLost):
        fetched(key)


def test_what_nobody_comes_back_for_goes_after_an_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()
    key = going_on(release, monkeypatch)
    release.set()
    settled()
    monkeypatch.setattr(waiting, "KEPT_FOR", -1)

    waiting.clear_away()

    with pytest.raises(FileNotFoundError):
        storage.read(StorageArea.CHECKED, waiting._name(key))


def test_a_fault_of_a_check_that_goes_on_is_lost_and_gives_its_place_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(waiting, "WAITED", 0.01)
    monkeypatch.setattr(waiting, "GIVEN_UP", 0)

    def breaks() -> bytes:
        time.sleep(0.05)
        raise ValueError

    with pytest.raises(StillChecking) as still:
        checked(breaks)
    settled()

    with pytest.raises(CheckLost):
        fetched(still.value.key)
    assert checked(lambda: b"next") == b"next"


def test_five_are_read_at_once_and_the_sixth_is_told_so() -> None:
    with ExitStack() as taken:
        for _place in range(waiting.AT_ONCE):
            taken.enter_context(waiting._slot())

        with pytest.raises(TooManyAtOnce):
            checked(lambda: b"made anew")

    assert checked(lambda: b"made anew") == b"made anew"
