"""When a decision can be expected: worked out from real cases, and compared with a recomputation that knows nothing of ours."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licensing import jobs
from licensing.applications.models import Application
from licensing.progress.models import Milestone, Pace
from licensing.progress.queries import durations, whereabouts
from licensing.progress.queries.durations import ENOUGH_CASES
from licensing.requests.models import InformationRequest
from registry.holidays.models import Holiday
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import (
    TODAY,
    a_grant_proposed,
    a_request,
    an_application_checked,
    day,
    decided,
    later,
    paced,
)

pytestmark = pytest.mark.django_db


def a_case_decided(took: int, *, begun_after: int = 0, name: str = "") -> Application:
    """Decided `took` days after it was handed in, as long ago as that took and three days more."""
    name = name or f"Case of {took} and {begun_after} Ltd"
    handed_in = later(-took - 3)
    application = stories.an_application_paid(at=handed_in, legal_name=name)
    application = stories.an_application_being_assessed(application, at=handed_in + timedelta(days=begun_after))
    application = an_application_checked(application, at=later(-3))
    decided(a_grant_proposed(application, at=later(-3)), at=later(-3))
    application.refresh_from_db()
    return application


# --- counted from the cases ---


def naive(scheme: str, today: date) -> Iterator[tuple[str, str, int]]:
    """The same from the rows and the trail, day by day, one case after another."""
    holidays = set(Holiday.objects.filter(nation="england_and_wales").values_list("day", flat=True))

    def working_days(start: date, end: date) -> int:
        each = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
        return len([one for one in each if one.isoweekday() < 6 and one not in holidays])

    for case in Application.objects.filter(scheme=scheme):
        if case.status in ("granted", "refused") and case.closed_at and case.closed_at.date() > today - timedelta(365):
            end, kind = case.closed_at.date(), "renewal" if case.renews else "application"
            assert case.submitted_at
            yield kind, "handed_in", working_days(case.submitted_at.date(), end)
            for event in Event.objects.filter(reference=case.reference, verb="begin_assessment"):
                yield kind, "assessing", working_days(event.at.date(), end)
            answers = [
                one.answered_at for one in InformationRequest.objects.filter(application=case) if one.answered_at
            ]
            if answers:
                yield kind, "answered", working_days(max(answers).date(), end)


def test_what_is_worked_out_equals_a_naive_recomputation() -> None:
    for took, begun_after in ((0, 0), (5, 1), (12, 4), (30, 8)):
        a_case_decided(took, begun_after=begun_after)
    a_case_decided(400)
    stories.an_application_being_assessed(legal_name="Open Ltd")

    assert jobs.work_out_paces(at=NOW) >= 1

    found = Counter(
        {
            (pace.kind, pace.milestone, int(took)): cases
            for pace in Pace.objects.filter(scheme=stories.SCHEME)
            for took, cases in pace.days.items()
        }
    )
    assert found == Counter(naive(stories.SCHEME, TODAY))
    assert found.total() == 10


def test_a_decision_of_more_than_a_year_ago_does_not_count(set_clock: object) -> None:
    a_case_decided(5)

    assert sum(durations.paces(stories.SCHEME, today=day(361))["application", Milestone.HANDED_IN].values()) == 1
    assert not durations.paces(stories.SCHEME, today=day(362))["application", Milestone.HANDED_IN]


def test_it_is_worked_out_once_a_day() -> None:
    jobs.work_out_paces(at=NOW)

    assert jobs.work_out_paces(at=later(0)) == 0
    assert jobs.work_out_paces(at=later(1)) >= 1


# --- half, and eight in ten ---


def test_fewer_than_ten_cases_say_nothing() -> None:
    assert durations.spread_of({3: ENOUGH_CASES - 1}) is None
    assert durations.spread_of({3: ENOUGH_CASES}) == durations.Spread(ENOUGH_CASES, 3, 3, 3)


@given(st.lists(st.integers(0, 200), min_size=10, max_size=80), st.integers(0, 100))
def test_half_and_eight_in_ten_are_those_of_the_cases_that_took_at_least_as_long(took: list[int], so_far: int) -> None:
    left = sorted(one for one in took if one >= so_far)

    spread = durations.spread_of(Counter(took), at_least=so_far)

    if len(left) < ENOUGH_CASES:
        assert spread is None
    else:
        nearest = [left[ceil(len(left) * tenths / 10) - 1] for tenths in (1, 5, 9)]
        assert spread == durations.Spread(len(left), *nearest)


# --- of one case ---


def test_an_application_just_handed_in_may_take_as_long_as_any() -> None:
    application = stories.an_application_submitted()
    paced(*range(10, 30))

    found = durations.forecast(application, today=TODAY)

    assert (found.milestone, found.of, found.since) == (Milestone.HANDED_IN, 20, TODAY)
    assert found.spread == durations.Spread(20, 11, 19, 27)
    assert found.half == date(2026, 11, 27)  # nineteen working days after 2 November


def test_one_that_has_waited_is_compared_with_those_that_took_at_least_as_long() -> None:
    application = stories.an_application_submitted(at=later(-21))
    paced(*range(6, 36))

    found = durations.forecast(application, today=TODAY)

    assert found.spread and found.spread.cases == 21  # fifteen working days have gone
    assert found.early and found.early > TODAY


def test_once_the_assessment_has_begun_the_days_are_counted_from_there() -> None:
    application = stories.an_application_being_assessed()
    paced(*range(40, 60))
    paced(*range(10, 30), milestone=Milestone.ASSESSING)

    assert durations.forecast(application, today=TODAY).milestone == Milestone.ASSESSING


def test_where_too_few_came_that_far_the_milestone_before_it_tells() -> None:
    application = stories.an_application_being_assessed()
    paced(*range(40, 60))
    paced(1, 2, 3, milestone=Milestone.ASSESSING)

    assert durations.forecast(application, today=TODAY).milestone == Milestone.HANDED_IN


def test_while_the_applicant_is_asked_there_is_no_date_but_days_from_the_answer() -> None:
    application = a_request().application
    paced(*range(10, 30), milestone=Milestone.ANSWERED)

    found = durations.forecast(application, today=TODAY)

    assert (found.milestone, found.since, found.half) == (Milestone.ANSWERED, None, None)
    assert "counted from your answer" in whereabouts.expected_in_words(found)


def test_one_that_outlasts_nearly_all_is_told_so_and_gets_no_date() -> None:
    application = stories.an_application_submitted(at=later(-100))
    paced(*range(6, 36))

    found = durations.forecast(application, today=TODAY)

    assert found.is_slow and found.half is None
    assert "longer than nearly all of the 30 cases" in whereabouts.expected_in_words(found)


def test_without_enough_cases_it_says_so() -> None:
    application = stories.an_application_submitted()
    paced(1, 2, 3)

    assert "Not enough cases yet" in whereabouts.expected_in_words(durations.forecast(application, today=TODAY))


def test_renewals_are_not_compared_with_new_applications() -> None:
    paced(*range(10, 30))

    new, renewals = durations.decision_times(stories.SCHEME)

    assert new.spread == durations.Spread(20, 11, 19, 27)
    assert (renewals.kind, renewals.cases, renewals.spread) == ("renewal", 0, None)
