import pytest

from registry.errors import Reason, Refused, refuse_for
from registry.lifecycle import Lifecycle, move

DOOR = Lifecycle(
    "open",
    move("close", {"open"}, "closed"),
    move("reopen", {"closed"}, "open"),
    move("knock", {"closed"}, "closed"),
    move("lock", {"closed"}, "locked"),
)


def test_a_move_leads_where_the_table_says() -> None:
    assert DOOR.after("open", "close") == "closed"


@pytest.mark.parametrize(
    ("status", "verb"), [("open", "lock"), ("locked", "reopen"), ("open", "paint"), ("gone", "close")]
)
def test_a_move_that_is_not_in_the_table_is_refused(status: str, verb: str) -> None:
    with pytest.raises(Refused) as refused:
        DOOR.after(status, verb)

    assert [reason.code for reason in refused.value.reasons] == ["wrong_state"]


def test_the_same_answer_can_be_asked_as_a_reason() -> None:
    assert [reason.code for reason in DOOR.blockers("open", "lock")] == ["wrong_state"]
    assert list(DOOR.blockers("closed", "lock")) == []


def test_the_moves_from_a_status_come_in_the_order_of_the_table() -> None:
    assert DOOR.moves_from("closed") == ("reopen", "knock", "lock")
    assert DOOR.moves_from("locked") == ()


def test_statuses_come_in_the_order_in_which_the_table_reaches_them() -> None:
    assert DOOR.statuses == ("open", "closed", "locked")


def test_the_diagram_draws_every_move_and_every_end() -> None:
    assert DOOR.diagram().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> open",
        "    open --> closed: close",
        "    closed --> open: reopen",
        "    closed --> closed: knock",
        "    closed --> locked: lock",
        "    locked --> [*]",
    ]


def test_refusing_carries_every_reason_at_once() -> None:
    reasons = [Reason("one", "One."), Reason("two", "Two.", "field")]

    with pytest.raises(Refused) as refused:
        refuse_for(reason for reason in reasons)

    assert refused.value.reasons == tuple(reasons)
    assert str(refused.value) == "one; two"


def test_without_a_reason_nothing_is_refused() -> None:
    refuse_for([])
