"""Every clock, 2024 to 2030, in each part of the United Kingdom, against dates worked out by hand (docs/rules.md G32).

The holidays below were typed in from the published lists, not taken from any package; the days beside them were counted on a
calendar. A slow walk, day by day, over those lists then counts everything else: it shares no line with the product.
"""

from collections.abc import Iterator
from datetime import date, timedelta

import holidays as packaged
import pytest

from licensing.time_limits.rules import appeals as clocks
from licensing.time_limits.rules import licensing
from licensing.time_limits.rules.clock import Clock, Unit
from licensing.time_limits.rules.every_limit import CLOCKS
from registry import schemes
from registry.holidays.models import Calendar
from registry.schemes.clocks import COUNTED

ENGLAND, SCOTLAND, ULSTER = Calendar.ENGLAND_AND_WALES, Calendar.SCOTLAND, Calendar.NORTHERN_IRELAND
FOOD = schemes.in_force("gla-food", date(2026, 12, 1))

# Month and day, year by year. Where a holiday falls on a weekend, the day taken instead of it stands here.
COMMON = {
    2024: "1.1 29.3 6.5 27.5 25.12 26.12",
    2025: "1.1 18.4 5.5 26.5 25.12 26.12",
    2026: "1.1 3.4 4.5 25.5 25.12 28.12",
    2027: "1.1 26.3 3.5 31.5 27.12 28.12",
    2028: "3.1 14.4 1.5 29.5 25.12 26.12",
    2029: "1.1 30.3 7.5 28.5 25.12 26.12",
    2030: "1.1 19.4 6.5 27.5 25.12 26.12",
}
# Easter Monday and the last Monday of August.
ENGLISH = {
    2024: "1.4 26.8",
    2025: "21.4 25.8",
    2026: "6.4 31.8",
    2027: "29.3 30.8",
    2028: "17.4 28.8",
    2029: "2.4 27.8",
    2030: "22.4 26.8",
}
# 2 January, the first Monday of August, St Andrew's Day; no Easter Monday. In 2026 also a day of the World Cup.
SCOTTISH = {
    2024: "2.1 5.8 2.12",
    2025: "2.1 4.8 1.12",
    2026: "2.1 15.6 3.8 30.11",
    2027: "4.1 2.8 30.11",
    2028: "4.1 7.8 30.11",
    2029: "2.1 6.8 30.11",
    2030: "2.1 5.8 2.12",
}
# St Patrick's Day and the twelfth of July, besides what England has.
IRISH = {
    2024: "18.3 12.7",
    2025: "17.3 14.7",
    2026: "17.3 13.7",
    2027: "17.3 12.7",
    2028: "17.3 12.7",
    2029: "19.3 12.7",
    2030: "18.3 12.7",
}


def typed(*lists: dict[int, str]) -> frozenset[date]:
    return frozenset(
        date(year, int(month), int(day))
        for years in lists
        for year, days in years.items()
        for day, month in (one.split(".") for one in days.split())
    )


CLOSED = {ENGLAND: typed(COMMON, ENGLISH), SCOTLAND: typed(COMMON, SCOTTISH), ULSTER: typed(COMMON, ENGLISH, IRISH)}


def walked(start: date, days: int, closed: frozenset[date], *, back: bool = False) -> date:
    """Slowly: one day at a time, asking of each whether anybody works on it."""
    day, worked = start, 0
    while worked < days:
        day = date.fromordinal(day.toordinal() + (-1 if back else 1))
        if day.isoweekday() not in (6, 7) and day not in closed:
            worked += 1
    return day


# --- the lists themselves


@pytest.mark.parametrize(
    ("calendar", "subdivision"), [(ENGLAND, "ENG"), (SCOTLAND, "SCT"), (ULSTER, "NIR")], ids=["ENG", "SCT", "NIR"]
)
def test_the_table_that_is_loaded_says_what_the_published_lists_say(calendar: Calendar, subdivision: str) -> None:
    loaded = packaged.country_holidays("GB", subdiv=subdivision, years=range(2024, 2031))
    on_weekdays = {day for day in loaded if day.isoweekday() < 6}

    assert on_weekdays == CLOSED[calendar]


@pytest.mark.parametrize("calendar", Calendar)
def test_no_holiday_that_was_typed_falls_on_a_weekend(calendar: Calendar) -> None:
    assert [day for day in CLOSED[calendar] if day.isoweekday() > 5] == []
    assert {day.year for day in CLOSED[calendar]} == set(range(2024, 2031))


# --- counted by hand on a calendar

BY_HAND: list[tuple[Clock, Calendar, str, str]] = [
    # Easter 2024: Good Friday 29 March; Easter Monday is no holiday in Scotland; St Patrick's Day was moved to the 18th.
    (clocks.APPEAL, ENGLAND, "2024-03-14", "2024-04-15"),
    (clocks.APPEAL, SCOTLAND, "2024-03-14", "2024-04-12"),
    (clocks.APPEAL, ULSTER, "2024-03-14", "2024-04-16"),
    (clocks.APPEAL_IMMEDIATE, ENGLAND, "2024-03-22", "2024-04-09"),
    (clocks.APPEAL_IMMEDIATE, SCOTLAND, "2024-03-22", "2024-04-08"),
    # St Patrick's Day, on a Monday in 2025
    (licensing.IMMEDIATE_EFFECT, ULSTER, "2025-03-14", "2025-03-24"),
    (licensing.IMMEDIATE_EFFECT, ENGLAND, "2025-03-14", "2025-03-21"),
    # Easter 2025: 18 and 21 April, with early May after it
    (licensing.REPLY_TO_NOTICE, ENGLAND, "2025-04-16", "2025-05-02"),
    (licensing.REPLY_TO_NOTICE, SCOTLAND, "2025-04-16", "2025-05-01"),
    (clocks.APPEAL, ENGLAND, "2025-04-16", "2025-05-19"),
    # The twelfth of July, moved to Monday 14 July in 2025 and to Monday 13 July in 2026
    (licensing.IMMEDIATE_EFFECT, ULSTER, "2025-07-11", "2025-07-21"),
    (licensing.IMMEDIATE_EFFECT, SCOTLAND, "2025-07-11", "2025-07-18"),
    (licensing.START_OF_SUPPLY, ULSTER, "2026-07-10", "2026-08-10"),
    (licensing.START_OF_SUPPLY, ENGLAND, "2026-07-10", "2026-08-07"),
    (licensing.START_OF_SUPPLY, SCOTLAND, "2026-07-10", "2026-08-10"),  # the first Monday of August
    # 15 June 2026, which Scotland alone had off
    (licensing.IMMEDIATE_EFFECT, SCOTLAND, "2026-06-12", "2026-06-22"),
    (licensing.IMMEDIATE_EFFECT, ENGLAND, "2026-06-12", "2026-06-19"),
    # the last Monday of August
    (licensing.TELL_CHANGE, ENGLAND, "2026-08-28", "2026-09-28"),
    (licensing.TELL_CHANGE, SCOTLAND, "2026-08-28", "2026-09-25"),
    # Christmas and New Year 2024: Scots rest on 2 January too
    (clocks.APPEAL_IMMEDIATE, ENGLAND, "2024-12-20", "2025-01-08"),
    (clocks.APPEAL_IMMEDIATE, SCOTLAND, "2024-12-20", "2025-01-09"),
    (clocks.APPEAL_IMMEDIATE, ULSTER, "2024-12-20", "2025-01-08"),
    # St Andrew's Day: Monday 2 December 2024 instead of a Saturday, Monday 1 December 2025 instead of a Sunday
    (clocks.WITHDRAWAL_BITES, SCOTLAND, "2024-11-28", "2024-12-09"),
    (clocks.WITHDRAWAL_BITES, ENGLAND, "2024-11-28", "2024-12-06"),
    (clocks.WITHDRAWAL_BITES, SCOTLAND, "2025-11-28", "2025-12-09"),
    (clocks.WITHDRAWAL_BITES, SCOTLAND, "2026-11-27", "2026-12-08"),
    # Boxing Day 2026 is a Saturday: Monday 28 December instead
    (clocks.WITHDRAWAL_BITES, ENGLAND, "2026-12-23", "2027-01-05"),
    (clocks.WITHDRAWAL_BITES, SCOTLAND, "2026-12-23", "2027-01-06"),  # 2 January 2027 is a Saturday: the 4th instead
    (clocks.APPEAL, ENGLAND, "2026-11-25", "2026-12-23"),
    (clocks.APPEAL, SCOTLAND, "2026-11-25", "2026-12-24"),
    # Christmas 2027 is a weekend: 27 and 28 December instead; 1 and 2 January 2028 too: 3 and 4 January in Scotland
    # … and the day of receipt is the first of the twenty, if it is a working day (APPEALS reg 9(1))
    (clocks.APPEAL_REPLY, ENGLAND, "2027-12-10", "2028-01-11"),
    (clocks.APPEAL_REPLY, SCOTLAND, "2027-12-10", "2028-01-12"),
    (clocks.APPEAL_REPLY, ULSTER, "2027-12-10", "2028-01-11"),
    (clocks.APPEAL_REPLY, ENGLAND, "2027-12-11", "2028-01-12"),
    # 35 working days from before Easter 2028 to after the end of May
    (clocks.APPEAL_DECIDED, ENGLAND, "2028-04-10", "2028-06-02"),
    (clocks.APPEAL_DECIDED, SCOTLAND, "2028-04-10", "2028-06-01"),
    (clocks.HEARING_FIXED, ULSTER, "2028-06-27", "2028-07-26"),
    (clocks.HEARING_FIXED, ENGLAND, "2028-06-27", "2028-07-25"),
    # backwards from a hearing in January: 15, 10 and 5 working days before 18 January 2029
    (clocks.HEARING_NOTICE, ENGLAND, "2029-01-18", "2028-12-27"),
    (clocks.HEARING_NOTICE, SCOTLAND, "2029-01-18", "2028-12-22"),
    (clocks.HEARING_STATEMENTS, ENGLAND, "2029-01-18", "2029-01-04"),
    (clocks.HEARING_REPRESENTATIONS, ENGLAND, "2029-01-18", "2029-01-11"),
    # backwards over St Patrick's Day 2029, kept on Monday 19 March
    (clocks.HEARING_REPRESENTATIONS, ULSTER, "2029-03-23", "2029-03-15"),
    (clocks.HEARING_REPRESENTATIONS, ENGLAND, "2029-03-23", "2029-03-16"),
    # Easter 2030: 19 and 22 April
    (licensing.REPLY_TO_NOTICE, ENGLAND, "2030-04-18", "2030-05-07"),
    (licensing.REPLY_TO_NOTICE, SCOTLAND, "2030-04-18", "2030-05-03"),
    # over a leap day
    (licensing.IMMEDIATE_EFFECT, ENGLAND, "2028-02-25", "2028-03-03"),
    # days, weeks and months know no holidays
    (licensing.CORRECT_FACTS, ENGLAND, "2024-12-20", "2024-12-30"),
    (licensing.PAY_INSPECTION, SCOTLAND, "2027-12-20", "2028-01-03"),
    (licensing.PAY_SHORTFALL, ULSTER, "2027-12-20", "2028-01-17"),
    (licensing.OBJECTIONS, ENGLAND, "2028-02-20", "2028-03-11"),
    (licensing.RENEWAL_OPENS, ENGLAND, "2028-03-31", "2028-02-04"),
    (licensing.LICENCE_ENDS, ENGLAND, "2027-03-01", "2028-02-29"),
    (licensing.LICENCE_ENDS, SCOTLAND, "2028-02-29", "2029-02-28"),
    (licensing.LICENCE_ENDS, ULSTER, "2030-01-01", "2030-12-31"),
]


@pytest.mark.parametrize(
    ("clock", "calendar", "start", "due"),
    BY_HAND,
    ids=[f"{clock.code} {calendar} {start}" for clock, calendar, start, _due in BY_HAND],
)
def test_a_clock_ends_on_the_day_that_was_worked_out_by_hand(
    clock: Clock, calendar: Calendar, start: str, due: str
) -> None:
    begun = date.fromisoformat(start)

    assert clock.due_on(begun, scheme=FOOD, holidays=CLOSED[calendar]) == date.fromisoformat(due)


def test_every_clock_that_has_a_length_of_its_own_was_worked_out_by_hand() -> None:
    counted = {one.code for one in CLOCKS if one.of(FOOD) is not None}

    assert counted == {clock.code for clock, *_ in BY_HAND}


# --- every day of seven years, by the slow walk

LENGTHS = {
    "reply_to_notice": 10,
    "appeal": 20,
    "appeal_immediate": 10,
    "immediate_effect": 5,
    "start_of_supply": 20,
    "tell_change": 20,
    "appeal_reply": 20,
    "hearing_fixed": 20,
    "hearing_notice": 15,
    "hearing_statements": 10,
    "hearing_representations": 5,
    "appeal_decided": 35,
    "withdrawal_bites": 6,
}
IN_WORKING_DAYS = [one for one in CLOCKS if one.unit == Unit.WORKING_DAYS]
FIRST, LAST = date(2024, 1, 1), date(2030, 12, 31)


def days_that_can_be_counted(*, back: bool) -> Iterator[date]:
    """Every day of the seven years whose end lies within them too: 60 days are more than 35 working days."""
    start, end = (FIRST + timedelta(60), LAST) if back else (FIRST, LAST - timedelta(60))
    yield from (start + timedelta(n) for n in range((end - start).days + 1))


def test_the_table_names_every_clock_in_working_days() -> None:
    assert {one.code for one in IN_WORKING_DAYS} == LENGTHS.keys()


@pytest.mark.parametrize("calendar", Calendar)
@pytest.mark.parametrize("clock", IN_WORKING_DAYS, ids=lambda clock: clock.code)
def test_a_clock_ends_where_a_slow_walk_ends_whatever_day_it_begins(clock: Clock, calendar: Calendar) -> None:
    closed, length = CLOSED[calendar], LENGTHS[clock.code]

    wrong = [
        (start, found)
        for start in days_that_can_be_counted(back=clock.back)
        if (found := clock.due_on(start, scheme=FOOD, holidays=closed))
        != walked(start - timedelta(clock.begins_with), length, closed, back=clock.back)
    ]

    assert wrong == []


# --- what follows from several clocks


@pytest.mark.parametrize(
    ("notified", "named", "effect"),
    [
        ("2026-12-01", "2026-12-07", "2026-12-09"),  # the 6th working day is later than the day named
        ("2026-12-01", "2026-12-09", "2026-12-09"),
        ("2026-12-01", "2027-01-11", "2027-01-11"),  # the day named is later: it stays
        ("2026-12-21", "2026-12-22", "2026-12-31"),  # Christmas in between
    ],
)
def test_a_withdrawal_bites_on_the_sixth_working_day_but_never_before_the_day_named(
    notified: str, named: str, effect: str
) -> None:
    found = clocks.after_withdrawal(
        date.fromisoformat(notified), named=date.fromisoformat(named), scheme=FOOD, holidays=CLOSED[ENGLAND]
    )

    assert found == date.fromisoformat(effect)


def test_a_decision_takes_effect_on_the_day_after_the_last_day_to_appeal() -> None:
    decided = date(2027, 12, 1)

    assert licensing.earliest_effect(decided, immediate=False, scheme=FOOD, holidays=CLOSED[SCOTLAND]) == date(
        2028, 1, 1
    )
    assert licensing.earliest_effect(decided, immediate=True, scheme=FOOD, holidays=CLOSED[SCOTLAND]) == decided


# --- the pack


@pytest.mark.parametrize("name", schemes.names())
def test_every_version_says_the_law_behind_every_clock(name: str) -> None:
    for version in schemes.versions(name):
        scheme = schemes.get(name, version)
        for clock in CLOCKS:
            assert clock.law(scheme, "en"), f"{scheme}: {clock.code}"
            assert clock.law(scheme, "cy") != clock.law(scheme, "en"), f"{scheme}: {clock.code}"


def test_the_pack_has_lengths_for_what_is_counted_while_an_appeal_is_heard() -> None:
    assert {one.code for one in CLOCKS} >= set(COUNTED)
    assert {code: FOOD.clock(code).working_days for code in COUNTED} == {  # type: ignore[union-attr]
        code: LENGTHS[code] for code in COUNTED
    }


def test_a_clock_that_is_set_each_time_has_no_length_of_its_own() -> None:
    with pytest.raises(ValueError, match="no length for the clock meet_condition"):
        licensing.MEET_CONDITION.due_on(FIRST, scheme=FOOD)
