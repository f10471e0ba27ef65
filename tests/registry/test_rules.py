"""Rules of licences and conditions judge what they are given: no database."""

from datetime import date
from typing import Any

import pytest

from registry.errors import Reason
from registry.licences import rules as licences_rules
from registry.licences.models import Condition, Licence

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def a_licence(**fields: Any) -> Licence:
    return Licence(**{"status": "active", "valid_from": FIRST, "valid_until": LAST, **fields})


def codes(reasons: Any) -> list[str]:
    found: list[Reason] = list(reasons)
    assert all(str(reason.text) for reason in found)
    return [reason.code for reason in found]


@pytest.mark.parametrize(
    ("held", "starts", "expected"),
    [
        ([], FIRST, []),
        ([a_licence()], date(2027, 1, 1), []),
        ([a_licence()], LAST, ["already_licensed"]),
        ([a_licence(status="revoked", revoked_from=FIRST)], FIRST, []),
        ([a_licence(status="ended"), a_licence()], FIRST, ["already_licensed"]),
    ],
)
def test_issuing_asks_for_one_licence_at_a_time(held: list[Licence], starts: date, expected: list[str]) -> None:
    assert (
        codes(licences_rules.issue_blockers(held, valid_from=starts, valid_until=date(2028, 1, 1), sectors=["a"]))
        == expected
    )


def test_a_licence_of_one_day_can_be_issued() -> None:
    assert codes(licences_rules.issue_blockers([], valid_from=FIRST, valid_until=FIRST, sectors=["a"])) == []


@pytest.mark.parametrize(
    ("starts", "until", "expected"),
    [
        (FIRST, FIRST, []),
        (LAST, date(2027, 6, 1), ["outlives_licence"]),
        (LAST, LAST, []),
        (date(2027, 1, 1), date(2027, 6, 1), ["after_expiry"]),
        (date(2026, 3, 2), date(2026, 3, 1), ["ends_before_it_starts"]),
        (date(2027, 1, 2), date(2027, 1, 1), ["ends_before_it_starts", "after_expiry"]),
    ],
)
def test_suspending_asks_for_days_within_the_licence(starts: date, until: date, expected: list[str]) -> None:
    assert codes(licences_rules.suspend_blockers(a_licence(), starts=starts, until=until)) == expected


@pytest.mark.parametrize(("starts", "expected"), [(date(2026, 4, 30), ["already_suspended"]), (date(2026, 5, 1), [])])
def test_suspending_asks_that_no_suspension_runs_then(starts: date, expected: list[str]) -> None:
    licence = a_licence(suspended_from=date(2026, 4, 1), suspended_until=date(2026, 4, 30))

    assert codes(licences_rules.suspend_blockers(licence, starts=starts, until=LAST)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, ["not_suspended"]),
        ({"suspended_from": date(2026, 4, 1), "suspended_until": date(2026, 4, 30)}, []),
        ({"suspended_from": date(2026, 3, 1), "suspended_until": date(2026, 4, 9)}, ["not_suspended"]),
        ({"status": "revoked"}, ["wrong_state", "not_suspended"]),
    ],
)
def test_lifting_asks_for_a_suspension_that_runs_then(fields: dict[str, Any], expected: list[str]) -> None:
    assert codes(licences_rules.lift_blockers(a_licence(**fields), lifted_from=date(2026, 4, 10))) == expected


@pytest.mark.parametrize(
    ("takes_effect", "expected"),
    [
        (date(2025, 12, 31), ["before_licence"]),
        (FIRST, []),
        (LAST, []),
        (date(2027, 1, 1), ["after_expiry"]),
    ],
)
def test_revoking_asks_for_a_day_within_the_licence(takes_effect: date, expected: list[str]) -> None:
    assert codes(licences_rules.revoke_blockers(a_licence(), takes_effect=takes_effect)) == expected


@pytest.mark.parametrize(("takes_effect", "expected"), [(LAST, []), (date(2027, 1, 1), ["after_expiry"])])
def test_surrendering_asks_for_a_day_before_expiry(takes_effect: date, expected: list[str]) -> None:
    assert codes(licences_rules.surrender_blockers(a_licence(), takes_effect=takes_effect)) == expected


@pytest.mark.parametrize(
    ("status", "due_on", "expected"),
    [
        ("open", date(2026, 6, 2), []),
        ("open", date(2026, 6, 1), ["not_later"]),
        ("discharged", date(2026, 6, 1), ["wrong_state", "not_later"]),
    ],
)
def test_extending_a_condition_asks_for_a_later_day(status: str, due_on: date, expected: list[str]) -> None:
    condition = Condition(status=status, due_on=date(2026, 6, 1))

    assert codes(licences_rules.condition_blockers(condition, "extend", due_on=due_on)) == expected


def test_every_reason_of_a_field_says_which() -> None:
    reasons = [
        *licences_rules.suspend_blockers(a_licence(), starts=date(2027, 1, 2), until=date(2027, 1, 1)),
        *licences_rules.revoke_blockers(a_licence(), takes_effect=date(2027, 1, 1)),
    ]

    assert [reason.where for reason in reasons] == ["until", "takes_effect", "takes_effect"]
