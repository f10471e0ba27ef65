"""A check-in without a connection waits on the device and is sent later: once, in its time, and to no other stay."""

import json
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from compliance import jobs
from compliance.check_ins import actions
from compliance.check_ins.models import Stay
from compliance.danger.models import DangerSign
from compliance.inspections.models import Inspection
from registry.accounts.models import User
from tests.compliance.stories import an_inspection
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
HOUR = 60


@pytest.fixture
def inspection() -> Inspection:
    return an_inspection()


def sent(what: str, inspection: Inspection, *, by: User | None = None, ago: int = 0, **given: Any) -> Any:
    """What a device sends: `ago` minutes after it was pressed."""
    press = {"key": str(uuid4()), "visit": inspection.reference, "seconds": ago * 60, **given}
    address = f"/staff/field/{what.replace('_', '-')}/"
    return signed_in(by or inspection.inspector).post(address, {what: json.dumps(press)})


def checked_in(inspection: Inspection, *, minutes: Any = 3 * HOUR, **given: Any) -> Any:
    return sent("check_in", inspection, minutes=minutes, **given)


def checked_out(inspection: Inspection, **given: Any) -> Any:
    return sent("check_out", inspection, **given)


def codes(response: Any) -> list[str]:
    assert response.status_code == 409, response.content
    return list(json.loads(response.content)["codes"])


def missing(after: int) -> int:
    return jobs.raise_alarm_for_missing(at=NOW + timedelta(minutes=after))


# --- sent later ---


def test_a_check_in_that_is_sent_later_began_when_it_was_pressed(inspection: Inspection) -> None:
    assert checked_in(inspection, ago=2 * HOUR).status_code == 200

    stay = Stay.objects.get()
    assert (stay.arrived_at, stay.expected_at) == (NOW - timedelta(hours=2), NOW + timedelta(hours=1))
    assert missing(after=70) == 0 and missing(after=76) == 1
    assert DangerSign.objects.get().officer == inspection.inspector


def test_who_should_have_left_before_it_arrived_is_looked_for_at_once(inspection: Inspection) -> None:
    checked_in(inspection, ago=4 * HOUR)

    assert missing(after=1) == 1


def test_who_went_in_and_out_without_a_connection_is_looked_for_by_no_one(inspection: Inspection) -> None:
    checked_in(inspection, ago=4 * HOUR)
    checked_out(inspection, ago=HOUR)

    assert Stay.objects.get().left_at == NOW - timedelta(hours=1)
    assert missing(after=1) == 0


# --- sent again ---


def test_what_is_sent_again_is_one_stay_and_one_end(inspection: Inspection) -> None:
    key, left = str(uuid4()), str(uuid4())
    for _each in range(2):
        assert checked_in(inspection, key=key).status_code == 200
    for _each in range(2):
        assert checked_out(inspection, key=left).status_code == 200
    assert checked_in(inspection, key=key).status_code == 200, "its answer was lost, and its end was sent first"

    stay = Stay.objects.get()
    assert (stay.status, stay.key, stay.left_key) == ("left", UUID(key), UUID(left))


def test_an_old_check_out_ends_no_newer_stay(inspection: Inspection, set_clock: SetClock) -> None:
    left = str(uuid4())
    checked_in(inspection)
    checked_out(inspection, key=left)
    set_clock(NOW + timedelta(hours=1))
    checked_in(inspection)

    assert checked_out(inspection, key=left, ago=HOUR).status_code == 200
    assert codes(checked_out(inspection, ago=HOUR)) == ["not_since"], "one that had not arrived before"
    assert Stay.objects.going_on().count() == 1


def test_an_old_check_in_begins_no_stay_after_a_newer_one(inspection: Inspection, set_clock: SetClock) -> None:
    actions.check_out(
        actions.check_in(inspection, expected_at=NOW + timedelta(hours=1), by=inspection.inspector, at=NOW),
        by=inspection.inspector,
        at=NOW + timedelta(minutes=50),
    )
    set_clock(NOW + timedelta(hours=1))

    assert codes(checked_in(inspection, ago=HOUR + 5)) == ["overtaken"]
    assert codes(checked_in(inspection, ago=30)) == ["overtaken"], "while the officer was on that visit"
    assert checked_in(inspection, ago=5).status_code == 200


# --- what is refused, in words ---


def test_a_press_of_long_ago_is_refused(inspection: Inspection) -> None:
    assert codes(checked_in(inspection, ago=15 * HOUR)) == ["too_old"]
    assert not Stay.objects.exists()


@pytest.mark.parametrize("minutes", [15 * HOUR, 14 * HOUR + 1, 0])
def test_no_one_stays_for_longer_than_a_shift(inspection: Inspection, minutes: int) -> None:
    assert codes(checked_in(inspection, minutes=minutes)) == ["wrong_time"]


def test_checking_out_without_a_stay_is_no_success(inspection: Inspection) -> None:
    assert codes(checked_out(inspection)) == ["not_there"]


def test_a_check_out_before_the_arrival_is_refused(inspection: Inspection) -> None:
    checked_in(inspection, ago=10)

    assert codes(checked_out(inspection, ago=12)) == ["not_since"]
    assert checked_out(inspection, ago=11).status_code == 200, "within a moment, as both are told as seconds ago"
    assert Stay.objects.get().left_at == NOW - timedelta(minutes=10)


@pytest.mark.parametrize(
    "given",
    [
        {"key": "x"},
        {"seconds": -1},
        {"seconds": 10**12},
        {"minutes": 10**12},
        {"seconds": "1"},
        {"seconds": True},
        {"minutes": -1},
        {"minutes": None},
    ],
)
def test_nonsense_is_answered_as_such(inspection: Inspection, given: dict[str, Any]) -> None:
    assert checked_in(inspection, **given).status_code == 400
    assert not Stay.objects.exists()


@pytest.mark.parametrize("visit", ["I-9999-9999", ["I"], ""])
def test_a_check_in_to_a_visit_that_one_may_not_see_is_refused_in_words(inspection: Inspection, visit: Any) -> None:
    assert codes(checked_in(inspection, visit=visit)) == ["does_not_go"]
    assert not Stay.objects.exists()


def test_a_check_out_names_its_visit(inspection: Inspection) -> None:
    checked_in(inspection)

    assert checked_out(inspection, visit="").status_code == 400
    assert Stay.objects.get().status == "on_site"


# --- whose it is ---


def test_no_one_begins_or_ends_the_stay_of_another(inspection: Inspection) -> None:
    key, other = str(uuid4()), person("inspector", name="Someone Else")
    checked_in(inspection, key=key)

    assert codes(checked_in(inspection, key=key, by=other)) == ["does_not_go"]
    assert codes(checked_out(inspection, by=other)) == ["not_there"]
    assert Stay.objects.get().status == "on_site"


def test_others_than_inspectors_have_no_such_button(inspection: Inspection) -> None:
    assert checked_in(inspection, by=person("case_officer")).status_code == 403
