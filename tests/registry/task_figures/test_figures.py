"""Figures of tasks count what is open, so that leaving work undone never looks quick."""

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from licensing.cases.actions import assignment
from registry.task_figures.queries import task_figures
from registry.task_figures.rules import survival_median
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.stories import an_application_paid


def test_without_open_ones_it_is_the_ordinary_median() -> None:
    assert survival_median({1: 1, 3: 1, 10: 1}, {}) == 3


def test_ones_left_open_raise_it_or_leave_it_unknown() -> None:
    assert survival_median({1: 3}, {}) == 1
    assert survival_median({1: 3, 9: 3}, {5: 2}) == 9
    assert survival_median({1: 3}, {30: 61}) is None
    assert survival_median({}, {}) is None


DAYS = st.dictionaries(st.integers(0, 400), st.integers(1, 50), max_size=8)


@given(DAYS, DAYS, st.integers(0, 400), st.integers(1, 50))
def test_one_more_that_is_still_open_never_makes_it_shorter(
    ended: dict[int, int], still_open: dict[int, int], days: int, more: int
) -> None:
    before = survival_median(ended, still_open)
    after = survival_median(ended, {**still_open, days: still_open.get(days, 0) + more})

    assert after is None or (before is not None and after >= before)


@pytest.mark.django_db
def test_the_figures_count_raised_done_open_and_late_with_their_page_and_file(set_clock: SetClock) -> None:
    first = an_application_paid(legal_name="First Ltd")
    an_application_paid(legal_name="Second Ltd")
    later = NOW + timedelta(days=4)
    set_clock(later)
    assignment.begin_assessment(first, by=person("case_officer"), at=later)
    much_later = NOW + timedelta(days=60)
    set_clock(much_later)

    (row,) = [row for row in task_figures("kind", at=much_later) if row.title == "Take the application on"]
    assert (row.raised, row.done, row.open, row.late, row.median) == (2, 1, 1, 1, 4)
    assert sum(one.raised for one in task_figures("month", at=much_later)) == sum(
        one.raised for one in task_figures("kind", at=much_later)
    )

    manager = signed_in(person("manager"))
    for page in (reverse("task_figures"), reverse("task_figures_by", args=["team"])):
        assert manager.get(page).status_code == 200
    assert (
        "Take the application on,2,1,1,1,4"
        in b"".join(manager.post(reverse("task_figures_csv", args=["kind"]))).decode()
    )
    assert manager.get(reverse("task_figures_by", args=["nonsense"])).status_code == 404
    assert signed_in(person("inspector")).get(reverse("task_figures")).status_code == 403
