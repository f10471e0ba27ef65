"""Which instant a question is about, and until when an entry says that there is a licence."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from public_lookup.lookup.queries import instants
from public_lookup.lookup.rules.days import last_day
from registry.register.models import Entry
from registry.register.states import Standing
from tests.conftest import NOW
from tests.registry.register.standing_cases import StandingCase, standing_cases

LONDON = ZoneInfo("Europe/London")
TODAY = NOW.date()
DAY = timedelta(days=1)


def refusal_of(text: str) -> tuple[str, str, bool]:
    with pytest.raises(instants.UnreadableQuestion) as refused:
        instants.instant(text, now=NOW)
    (reason,) = refused.value.reasons
    return reason.code, reason.where, bool(str(reason.text))


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("", NOW),
        ("2026-11-02", NOW),
        ("2026-11-01", datetime(2026, 11, 1, 23, 59, 59, 999999, LONDON)),
        ("1900-01-01", datetime(1900, 1, 1, 23, 59, 59, 999999, LONDON)),
        ("2026-11-02T10:00Z", NOW),
        ("2026-11-02T11:59:59.5+02:00", datetime(2026, 11, 2, 9, 59, 59, 500000, LONDON)),
        ("1900-01-01T00:00Z", datetime(1900, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_day_is_its_end_in_london_and_an_instant_is_itself(text: str, asked: datetime) -> None:
    assert instants.instant(text, now=NOW) == asked


NO_DAYS = (
    *("yesterday", "2026-02-30", "20261101", "2026-11-1", "2026-W44-7", "2026-11-01T10:00", "2026-11-01 10:00Z"),
    *("1899-12-31", "1899-12-31T23:59Z", "2026-11-01T25:00Z", "2026-11-01T10:00:00.1234567Z"),
)


@pytest.mark.parametrize("text", NO_DAYS)
def test_what_is_no_day_and_no_instant_with_its_zone_is_not_guessed(text: str) -> None:
    assert refusal_of(text) == ("not_a_date", "at", True)


@pytest.mark.parametrize("text", ["2026-11-03", "2026-11-02T10:00:00.000001Z", "9999-12-31T23:59-14:00"])
def test_nobody_knows_the_future(text: str) -> None:
    assert refusal_of(text) == ("in_the_future", "at", True)


def test_parameters_that_are_not_known_are_named_as_far_as_fits() -> None:
    assert instants.UnknownParameter.among(["at", "q"], ["q", "at", "page"]) is None

    found = instants.UnknownParameter.among(["at", "b" * 60, "a"], ["at"])

    assert found is not None
    assert [one.where for one in found.reasons] == ["a", "b" * 40]
    assert "“a”" in str(found.reasons[0].text) and "b" * 41 not in str(found.reasons[1].text)
    many = instants.UnknownParameter.among(map(str, range(40)), [])
    assert many is not None and len(many.reasons) == 10


def an_entry(standing: str = Standing.LICENSED, **dates: date) -> Entry:
    entry = Entry(**dates)
    entry.standing = standing
    return entry


@pytest.mark.parametrize(
    ("standing", "dates", "last"),
    [
        (Standing.APPLIED, {}, None),
        (Standing.LICENSED, {"valid_until": TODAY}, TODAY),
        (Standing.REVOKED, {"valid_until": TODAY, "revoked_from": TODAY}, TODAY - DAY),
        (Standing.SURRENDERED, {"valid_until": TODAY, "surrendered_from": TODAY - DAY}, TODAY - 2 * DAY),
        (Standing.EXPIRED, {"valid_until": TODAY + DAY, "ended_from": TODAY}, TODAY - DAY),
        (Standing.EXPIRED, {"valid_until": TODAY, "revoked_from": TODAY + 9 * DAY}, TODAY),
        (Standing.REVOKED, {"revoked_from": TODAY, "surrendered_from": TODAY + DAY}, TODAY - DAY),
        (Standing.SUSPENDED, {"valid_until": TODAY + 9 * DAY, "suspended_from": TODAY}, TODAY - DAY),
        (Standing.LICENSED, {"valid_until": TODAY, "suspended_from": TODAY - 9 * DAY}, TODAY),
        (Standing.SUSPENDED, {"valid_until": TODAY}, TODAY),
    ],
)
def test_the_last_day_with_the_licence(standing: str, dates: dict[str, Any], last: date | None) -> None:
    assert last_day(an_entry(standing, **dates)) == last


@pytest.mark.parametrize("case", standing_cases(), ids=str)
def test_the_last_day_of_each_shared_case(case: StandingCase) -> None:
    assert last_day(an_entry(case.standing, **case.columns)) == case.last_day
