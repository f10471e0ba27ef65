"""What has kept us waiting in vain is left alone for some seconds, and then asked again."""

import pytest

from registry.silences import LEAVE_ALONE, LONG, Silences


class SetByHand:
    now = 100.0

    def __call__(self) -> float:
        return self.now


def ask(silences: Silences, clock: SetByHand, *, seconds: float, fault: type[Exception] = OSError) -> None:
    with pytest.raises(fault), silences.waiting_for("store", OSError):
        clock.now += seconds
        raise fault


def test_a_long_wait_for_nothing_is_not_repeated_for_some_seconds() -> None:
    clock = SetByHand()
    silences = Silences(clock)

    ask(silences, clock, seconds=LONG)

    assert silences.left_alone("store")
    assert not silences.left_alone("database")
    clock.now += LEAVE_ALONE
    assert not silences.left_alone("store")


def test_what_refuses_at_once_or_fails_otherwise_is_asked_again() -> None:
    clock = SetByHand()
    silences = Silences(clock)

    ask(silences, clock, seconds=LONG - 0.5)
    ask(silences, clock, seconds=30, fault=ValueError)

    assert not silences.left_alone("store")
