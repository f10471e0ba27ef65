"""A walk in part leaves something out, the same on every process; a whole one leaves nothing out."""

import pytest

from tests import in_part

THINGS = range(400)


@pytest.fixture(autouse=True)
def in_part_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(in_part.WHOLE, raising=False)


def test_a_part_is_about_as_large_as_asked_and_the_same_when_asked_again() -> None:
    part = in_part.in_part(THINGS, of=4)
    assert 60 < len(part) < 140
    assert part == in_part.in_part(THINGS, of=4)


def test_of_a_few_things_at_least_one_is_walked() -> None:
    assert [in_part.in_part([one], of=1_000_000) for one in THINGS] == [[one] for one in THINGS]
    assert in_part.in_part([], of=4) == []


def test_another_state_of_the_product_chooses_another_part(monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = set()
    for state in range(40):
        monkeypatch.setattr(in_part, "state", lambda state=state: state)
        chosen.update(in_part.in_part(THINGS, of=4))
    assert chosen == set(THINGS)


def test_a_whole_run_leaves_nothing_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(in_part.WHOLE, "1")
    assert in_part.in_part(THINGS, of=4) == list(THINGS)
