"""Times of day in words."""

from datetime import UTC, datetime, time

import pytest
from django.utils import translation

from registry import times


@pytest.mark.parametrize(
    ("at", "english", "welsh"),
    [
        (time(0), "midnight", "00:00"),
        (time(0, 5), "12:05am", "00:05"),
        (time(9), "9am", "09:00"),
        (time(12), "midday", "12:00"),
        (time(12, 2), "12:02pm", "12:02"),
        (time(15, 30), "3:30pm", "15:30"),
        (datetime(2026, 7, 1, 11, 2, tzinfo=UTC), "12:02pm", "12:02"),
    ],
)
def test_a_time_of_day_is_written_as_the_language_does(at: time, english: str, welsh: str) -> None:
    with translation.override("en-gb"):
        assert times.clock(at) == english
    with translation.override("cy"):
        assert times.clock(at) == welsh


def test_hours_are_two_times() -> None:
    with translation.override("en-gb"):
        assert times.hours(time(10), time(15, 30)) == "10am–3:30pm"
