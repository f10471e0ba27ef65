from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry import workdays

# Written by hand from the published lists of bank holidays; Good Friday and Christmas Day are on them.
ENGLAND_2024 = frozenset(
    {
        date(2024, 1, 1),
        date(2024, 3, 29),
        date(2024, 4, 1),
        date(2024, 5, 6),
        date(2024, 5, 27),
        date(2024, 8, 26),
        date(2024, 12, 25),
        date(2024, 12, 26),
        date(2025, 1, 1),
    }
)
SCOTLAND_2024 = frozenset(
    {
        date(2024, 1, 1),
        date(2024, 1, 2),
        date(2024, 3, 29),
        date(2024, 5, 6),
        date(2024, 5, 27),
        date(2024, 8, 5),
        date(2024, 12, 2),
        date(2024, 12, 25),
        date(2024, 12, 26),
        date(2025, 1, 1),
        date(2025, 1, 2),
    }
)
NORTHERN_IRELAND_2024 = ENGLAND_2024 | {date(2024, 3, 18), date(2024, 7, 12)}

NONE: frozenset[date] = frozenset()
DAYS = st.dates(date(2023, 1, 1), date(2031, 12, 31))
HOLIDAYS = st.frozensets(DAYS, max_size=30)


def nation(subdivision: str) -> frozenset[date]:
    return frozenset(holidays.country_holidays("GB", subdiv=subdivision, years=range(2023, 2032)))


ENGLAND, SCOTLAND, NORTHERN_IRELAND = nation("ENG"), nation("SCT"), nation("NIR")


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 3, 28), True),
        (date(2024, 3, 29), False),
        (date(2024, 3, 30), False),
        (date(2024, 3, 31), False),
        (date(2024, 4, 1), False),
        (date(2024, 4, 2), True),
    ],
)
def test_offices_are_closed_from_good_friday_to_easter_monday(day: date, works: bool) -> None:
    assert workdays.is_working_day(day, ENGLAND_2024) is works


def test_a_holiday_is_one_of_its_own_nation() -> None:
    easter_monday, battle_of_the_boyne = date(2024, 4, 1), date(2024, 7, 12)

    assert workdays.is_working_day(easter_monday, SCOTLAND_2024)
    assert workdays.is_working_day(battle_of_the_boyne, ENGLAND_2024)
    assert not workdays.is_working_day(battle_of_the_boyne, NORTHERN_IRELAND_2024)


# G32: counted by hand on a calendar.
@pytest.mark.parametrize(
    ("decided", "days", "closed", "last"),
    [
        # an ordinary month
        (date(2024, 6, 3), 20, ENGLAND_2024, date(2024, 7, 1)),
        (date(2024, 6, 3), 10, ENGLAND_2024, date(2024, 6, 17)),
        # decided on a Saturday, a Sunday, and the Friday before
        (date(2024, 6, 7), 5, ENGLAND_2024, date(2024, 6, 14)),
        (date(2024, 6, 8), 5, ENGLAND_2024, date(2024, 6, 14)),
        (date(2024, 6, 9), 5, ENGLAND_2024, date(2024, 6, 14)),
        # over Easter: Scotland works on Easter Monday
        (date(2024, 3, 14), 20, ENGLAND_2024, date(2024, 4, 15)),
        (date(2024, 3, 14), 20, SCOTLAND_2024, date(2024, 4, 12)),
        (date(2024, 3, 14), 20, NORTHERN_IRELAND_2024, date(2024, 4, 16)),
        # over Christmas and New Year: Scotland rests on 2 January too
        (date(2024, 12, 20), 10, ENGLAND_2024, date(2025, 1, 8)),
        (date(2024, 12, 20), 10, SCOTLAND_2024, date(2025, 1, 9)),
        # over a leap day and over the year before it
        (date(2024, 2, 28), 1, ENGLAND_2024, date(2024, 2, 29)),
        (date(2024, 2, 28), 2, ENGLAND_2024, date(2024, 3, 1)),
        (date(2023, 2, 28), 1, NONE, date(2023, 3, 1)),
        # the twelfth of July
        (date(2024, 7, 11), 1, NORTHERN_IRELAND_2024, date(2024, 7, 15)),
        (date(2024, 7, 11), 1, ENGLAND_2024, date(2024, 7, 12)),
        # later years, from the packaged lists: substitute days when Christmas falls on a weekend
        (date(2026, 12, 24), 1, ENGLAND, date(2026, 12, 29)),
        (date(2027, 12, 24), 1, ENGLAND, date(2027, 12, 29)),
        (date(2028, 12, 29), 1, ENGLAND, date(2029, 1, 2)),
        (date(2028, 12, 29), 1, SCOTLAND, date(2029, 1, 3)),
        (date(2025, 4, 17), 1, ENGLAND, date(2025, 4, 22)),
        (date(2030, 4, 18), 1, SCOTLAND, date(2030, 4, 22)),
        (date(2026, 7, 10), 1, NORTHERN_IRELAND, date(2026, 7, 14)),
    ],
)
def test_the_last_day_to_appeal_counts_working_days_after_the_decision_document(
    decided: date, days: int, closed: frozenset[date], last: date
) -> None:
    assert workdays.add_working_days(decided, days, closed) == last


@pytest.mark.parametrize(
    ("hearing", "days", "last"),
    [
        (date(2024, 6, 24), 15, date(2024, 6, 3)),
        (date(2024, 4, 5), 5, date(2024, 3, 27)),
        (date(2025, 1, 8), 10, date(2024, 12, 20)),
    ],
)
def test_notice_of_a_hearing_is_counted_back_from_it(hearing: date, days: int, last: date) -> None:
    assert workdays.add_working_days(hearing, -days, ENGLAND_2024) == last


@pytest.mark.parametrize(
    ("done", "late"),
    [
        (date(2024, 3, 20), 0),
        (date(2024, 3, 28), 0),
        (date(2024, 3, 29), 0),
        (date(2024, 4, 1), 0),
        (date(2024, 4, 2), 1),
        (date(2024, 4, 9), 6),
    ],
)
def test_lateness_is_counted_in_working_days(done: date, late: int) -> None:
    assert workdays.working_days_late(done, due=date(2024, 3, 28), holidays=ENGLAND_2024) == late


@given(DAYS, st.integers(-60, 60), HOLIDAYS)
def test_between_a_day_and_its_nth_working_day_lie_n(start: date, n: int, closed: frozenset[date]) -> None:
    end = workdays.add_working_days(start, n, closed)

    assert workdays.working_days_between(start, end, closed) == n


@given(DAYS, st.integers(1, 60), HOLIDAYS)
def test_a_deadline_falls_on_a_working_day_and_no_earlier_day_would_do(
    start: date, n: int, closed: frozenset[date]
) -> None:
    end = workdays.add_working_days(start, n, closed)

    assert workdays.is_working_day(end, closed)
    assert workdays.working_days_between(start, end - timedelta(days=1), closed) == n - 1


@given(DAYS, st.integers(1, 30), st.integers(1, 30), HOLIDAYS)
def test_waiting_twice_is_waiting_for_the_sum(start: date, first: int, second: int, closed: frozenset[date]) -> None:
    twice = workdays.add_working_days(workdays.add_working_days(start, first, closed), second, closed)

    assert twice == workdays.add_working_days(start, first + second, closed)


def test_no_working_days_after_a_day_is_the_day() -> None:
    saturday = date(2024, 6, 8)

    assert workdays.add_working_days(saturday, 0, NONE) == saturday


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 1, 15), -1, date(2023, 12, 15)),
    ],
)
def test_a_month_later_is_the_same_day_or_the_last(start: date, months: int, end: date) -> None:
    assert workdays.add_months(start, months) == end


@pytest.mark.parametrize(
    ("starts", "months", "last"),
    [
        (date(2024, 4, 1), 12, date(2025, 3, 31)),
        (date(2024, 1, 1), 12, date(2024, 12, 31)),
        (date(2023, 3, 1), 12, date(2024, 2, 29)),
        (date(2024, 3, 1), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 28)),
        (date(2027, 2, 28), 12, date(2028, 2, 27)),
        (date(2024, 8, 31), 6, date(2025, 2, 28)),
        (date(2029, 12, 15), 12, date(2030, 12, 14)),
    ],
)
def test_a_licence_ends_the_day_before_the_corresponding_day(starts: date, months: int, last: date) -> None:
    assert workdays.last_day_of_term(starts, months) == last


@given(DAYS)
def test_a_renewal_on_the_day_after_leaves_no_gap_and_no_overlap(starts: date) -> None:
    last = workdays.last_day_of_term(starts, 12)

    assert 364 <= (last - starts).days <= 365


@given(DAYS, DAYS, HOLIDAYS)
def test_numbered_working_days_lie_as_far_apart_as_counted_ones(start: date, end: date, free: frozenset[date]) -> None:
    start, end = sorted([start, end])
    number = workdays.counter(free)

    assert number(end) - number(start) == workdays.working_days_between(start, end, free)


@given(DAYS, st.integers(0, 90), HOLIDAYS)
def test_the_day_before_the_first_day_within_so_many_working_days_lies_further_back(
    on: date, days: int, closed: frozenset[date]
) -> None:
    first, number = workdays.first_day_within(on, days, closed), workdays.counter(closed)

    assert number(on) - number(first) <= days < number(on) - number(first - timedelta(days=1))
