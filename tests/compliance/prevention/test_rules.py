"""What followed after a measure, by plain values: which businesses are compared, what waits, and what is said of it."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest

from compliance.prevention import rules
from compliance.prevention.rules import FollowedResult, Occasion
from compliance.targeting.rules.intervals import Estimate

DAY = date(2024, 3, 31)
TODAY = date(2026, 11, 29)


def those(count: int, hits: int, *, treated: bool, group: str = "a", on: date = DAY) -> Iterator[Occasion]:
    for number in range(count):
        days = {"exit": (on + timedelta(days=30),) if number < hits else ()}
        yield Occasion(f"{treated}{group}{on}{number}", on, treated, (group,), days)


def followed(*occasions: Iterator[Occasion], months: int = 12, is_sensitive: bool = False) -> FollowedResult:
    every = [one for some in occasions for one in some]
    return rules.follow(every, "exit", months, today=TODAY, is_sensitive=is_sensitive)


@pytest.mark.parametrize(
    ("having", "lacking", "verdict"),
    [((4, 100), (40, 100), "less"), ((40, 100), (4, 100), "more"), ((3, 10), (4, 10), "unknown")],
)
def test_the_interval_decides_what_is_said(having: tuple[int, int], lacking: tuple[int, int], verdict: str) -> None:
    found = followed(those(having[1], having[0], treated=True), those(lacking[1], lacking[0], treated=False))

    assert (found.with_it, found.without, found.verdict) == (having, lacking, verdict)
    assert found.gap and found.gap.value == pytest.approx(having[0] / having[1] - lacking[0] / lacking[1])
    assert (found.needed > found.rests_on) == (verdict == "unknown")


def test_no_difference_is_said_only_when_none_that_matters_is_left() -> None:
    assert followed(those(900, 90, treated=True), those(900, 90, treated=False)).verdict == "no_difference"
    assert followed(those(60, 6, treated=True), those(60, 6, treated=False)).verdict == "unknown"


def test_under_ten_on_a_side_nothing_is_estimated() -> None:
    found = followed(those(9, 0, treated=True), those(90, 60, treated=False))

    assert (found.gap, found.rate_with, found.rate_without, found.verdict) == (None, None, None, "unknown")


def test_each_is_compared_with_those_of_its_group() -> None:
    """Where those that are worse have the measure more often, a plain comparison says that it harms."""
    found = followed(
        those(80, 40, treated=True, group="worse"),
        those(20, 10, treated=False, group="worse"),
        those(20, 2, treated=True, group="better"),
        those(180, 18, treated=False, group="better"),
    )

    assert found.gap and found.gap.value == pytest.approx(0)
    # The twenty that stand for eighty say no more than about twenty would.
    assert found.rests_on < 150


def test_who_is_like_no_one_is_left_out_and_counted() -> None:
    found = followed(those(20, 2, treated=True), those(20, 2, treated=False), those(3, 3, treated=True, group="alone"))

    assert (found.with_it, found.left_out) == ((2, 20), 3)


def test_who_was_not_followed_long_enough_waits() -> None:
    late = TODAY - timedelta(days=200)
    both = [(those(20, 2, treated=treated), those(5, 0, treated=treated, on=late)) for treated in (True, False)]
    every = [one for side in both for some in side for one in some]

    half, year = (rules.follow(every, "exit", months, today=TODAY) for months in (6, 12))

    assert (half.with_it, half.waiting) == ((2, 25), 0)
    assert (year.with_it, year.waiting) == ((2, 20), 5)


def test_a_business_counts_once_at_its_first_occasion() -> None:
    again = (Occasion("one", day, treated) for day, treated in ((DAY, False), (DAY + timedelta(days=9), True)))

    assert [one.treated for one in rules.first_occasions(again)] == [False]


def test_where_no_one_looked_nothing_is_known() -> None:
    def looked(number: int, treated: bool) -> Occasion:
        looks = ((DAY + timedelta(days=40 * number), number == 2),) if number else ()
        return Occasion(f"{treated}{number}", DAY, treated, (), {}, {"failure": looks})

    every = [looked(number, treated) for number in range(4) for treated in (True, False)]

    assert rules.follow(every, "failure", 6, today=TODAY).with_it == (1, 3)
    assert rules.follow(every, "met_again", 6, today=TODAY).with_it == (0, 0)


def test_small_numbers_of_reports_are_left_out_with_all_that_follows_from_them() -> None:
    few = followed(those(40, 9, treated=True), those(40, 20, treated=False), is_sensitive=True)
    nearly_all = followed(those(40, 31, treated=True), those(40, 20, treated=False), is_sensitive=True)
    shown = followed(those(40, 10, treated=True), those(40, 20, treated=False), is_sensitive=True)

    for one in (few, nearly_all):
        assert one.hidden and one.with_it[0] == one.without[0] == 0
        assert (one.gap, one.rate_with, one.rate_without, one.verdict, one.rests_on, one.needed) == (
            *(None, None, None),
            *("unknown", 0, 0),
        )
    assert not shown.hidden and shown.with_it == (10, 40)


def test_a_month_later_is_the_same_day_or_the_last() -> None:
    assert rules.months_later(date(2024, 8, 31), 6) == date(2025, 2, 28)
    assert rules.months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert rules.months_later(date(2024, 12, 15), 24) == date(2026, 12, 15)


def test_a_plan_says_how_many_it_takes() -> None:
    assert 270 < rules.planned_size(0.2, 0.1) < 310
    assert rules.planned_size(0.2, 0.2) < 90
    assert rules.verdict_of(Estimate(0.0, -0.099, 0.05)) == "no_difference"


def test_businesses_are_matched_in_classes() -> None:
    assert [rules.size_class(one) for one in (None, 0, 19, 20, 500)] == ["unknown", "0", "1-19", "20-99", "500+"]
    assert [rules.score_band(one, 30) for one in (None, 0, 30, 31)] == ["not scored", "none", "lower", "higher"]
    visits = [(date(2024, 5, 1), False), (date(2024, 3, 1), True)]
    days = (date(2024, 1, 1), date(2024, 4, 1), date(2024, 5, 1), date(2024, 6, 1))
    assert [rules.past_findings(visits, day) for day in days] == ["no visit", "not met", "not met", "all met"]


def test_reports_are_shown_within_one_time_only_as_the_difference_of_two_would_be_small() -> None:
    """Ten were reported within 6 months and twelve within 12: that two were later would be no secret."""
    shown = [
        FollowedResult("report", months, (hits, 40), (20, 40), 0, 0, hidden=hidden)
        for months, hits, hidden in ((6, 10, False), (12, 12, False), (24, 0, True))
    ]

    found = rules.longest_only(shown)

    assert [(one.months, one.hidden, one.with_it) for one in found] == [
        (6, True, (0, 40)),
        (12, False, (12, 40)),
        (24, True, (0, 40)),
    ]
