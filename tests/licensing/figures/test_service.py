"""The service figures equal the published program over the event log, and the file of cases lets no case be recognised."""

import csv
import re
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from licensing.applications.models import Application
from licensing.applications.queries.offices import office_holidays
from licensing.figures.queries import backlog
from licensing.figures.queries.service import cases as case_file
from licensing.figures.queries.service.tables import tables
from registry.editions.queries.published import cells_of
from registry.editions.tables import Mark
from registry.letters.models import Letter
from registry.service_figures import actions, jobs
from registry.service_figures.models import ServiceFigures
from registry.service_figures.queries.making import CASE_COLUMNS
from registry.service_figures.queries.shown import cases_csv, service_page
from registry.trail.models.events import Event
from tests import stories
from tests.conftest import NOW
from tests.licensing.stories import a_licence, a_refusal_proposed, decided, later, notified, paced
from tests.remembered import remembered

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs" / "service-figures.md"
TODAY = date(2026, 12, 10)


@remembered
def some_work() -> None:
    """A licence granted, an application refused, one that waits and was never taken in hand, one being assessed."""
    a_licence(legal_name="Licensed Ltd", at=later(-40))
    stories.an_application_submitted(legal_name="Waits Long Ltd", at=NOW - timedelta(days=50))
    stories.an_application_being_assessed(legal_name="In Hand Ltd")
    decided(notified(a_refusal_proposed(), at=NOW), at=later(33))


def published_program() -> dict[str, Any]:
    """What the documentation's own program defines."""
    (program,) = re.findall(r"```python\n(.*?)```", PAGE.read_text(), re.S)
    names: dict[str, Any] = {}
    exec(program, names)
    return names


def log() -> list[tuple[str, str, str, date]]:
    """The rows of the statement of the page, up to the day."""
    assert "SELECT reference, verb, after, at FROM registry_event" in PAGE.read_text()
    rows = Event.objects.filter(kind="application").order_by("number").values_list("reference", "verb", "after", "at")
    return [(reference, verb, after, timezone.localdate(at)) for reference, verb, after, at in rows]


def test_times_and_backlog_are_what_the_published_program_counts_from_the_log() -> None:
    some_work()
    counted = published_program()["figures"](log(), office_holidays(), TODAY)
    found = {table.code: cells_of(table) for table in tables(TODAY)}

    times = found["service-times"]["all", "all"]
    assert times == {
        name: Mark.UNKNOWN if counted[name] is None else counted[name]
        for name in ("start", "half", "nine_in_ten", "decided", "still_open")
    }
    assert times["decided"] == 2
    assert times["still_open"] == 2
    waiting = {age: found["service-backlog"]["all", age]["open"] for age in backlog.AGES}
    by_band = Counter(dict.fromkeys(backlog.AGES, 0))
    for days, number in counted["ages"].items():
        by_band[band_of(days)] += number
    assert waiting == dict(by_band)
    assert sum(n for n in waiting.values() if isinstance(n, int)) == 2


def band_of(days: int) -> str:
    """In which band of ages a case falls that was received so many working days ago."""
    return next(
        age
        for age, (least, most) in zip(backlog.AGES, backlog.BANDS, strict=True)
        if least <= days and (most is None or days <= most)
    )


def test_an_open_case_makes_no_time_look_shorter() -> None:
    some_work()
    before = cells_of(next(iter(tables(TODAY))))["all", "all"]
    for number in range(3):
        stories.an_application_submitted(legal_name=f"Left Alone {number} Ltd", at=NOW - timedelta(days=60))

    after = cells_of(next(iter(tables(TODAY))))["all", "all"]

    assert before["half"] != Mark.UNKNOWN
    assert after["half"] == Mark.UNKNOWN  # fewer than half are known to end at all
    assert after["still_open"] == 5


def test_what_an_applicant_was_told_to_expect_is_compared_with_the_day_of_the_decision() -> None:
    paced(*range(1, 41))
    decided(notified(a_refusal_proposed(), at=NOW), at=later(33))
    (expected,) = [table for table in tables(TODAY) if table.code == "service-expected"]

    cells = cells_of(expected)["all",]

    assert cells["told"] == 1
    assert cells["within"] + cells["sooner"] + cells["later"] == 1  # type: ignore[operator]
    early, late = told()
    closed = Application.objects.exclude(closed_at=None).get().closed_at
    assert closed is not None
    assert cells["within"] == (early <= timezone.localdate(closed) <= late)


def told() -> tuple[date, date]:
    stands = Letter.objects.get(template="licensing/letters/received.html").facts["stands"]
    return date.fromisoformat(stands["expected_from"]), date.fromisoformat(stands["expected_until"])


# The file of cases


def a_case(received: date, *, status: str = "withdrawn", kind: str = "application") -> case_file.CaseTimes:
    return case_file.CaseTimes("gla-food", kind, received, status, 3, 20, 20)


def ended(monkeypatch: pytest.MonkeyPatch, cases: dict[str, list[case_file.CaseTimes]]) -> None:
    """These cases ended in these quarters."""
    monkeypatch.setattr(case_file, "cases_ended", lambda quarter: iter(cases.get(quarter, ())))


@pytest.mark.parametrize("number", range(8, 13))
def test_a_case_is_published_only_among_ten_alike(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    many = [a_case(date(2026, 2, 3), status="granted")] * 30
    ended(monkeypatch, {"2026-Q3": [*many, *[a_case(date(2026, 5, 4))] * number]})

    rows = Counter(tuple(row[:5]) for row in case_file.cases("2026-Q3"))

    assert rows["2026-Q3", "gla-food", "application", "2026-Q1", "granted"] == 30
    assert all(n >= 10 for n in rows.values())
    assert sum(rows.values()) - 30 == (number if number >= 10 else 0)


def test_cases_of_quarters_with_few_are_published_with_the_year(monkeypatch: pytest.MonkeyPatch) -> None:
    ended(monkeypatch, {"2026-Q4": [a_case(date(2026, month, 4)) for month in (2, 5, 8) for _one in range(4)]})

    assert Counter(row[3] for row in case_file.cases("2026-Q4")) == {"2026": 12}


def test_two_files_differ_by_ten_cases_that_are_alike_or_by_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who compares the file of today with that of another day finds no case alone."""
    of_quarter = {"2026-Q3": [a_case(date(2026, 2, 3))] * 12}
    ended(monkeypatch, of_quarter)
    files = {}
    for number, day in enumerate((TODAY, TODAY + timedelta(days=1), date(2027, 1, 4), date(2027, 1, 5))):
        # Each day one more case ends, and one that had ended is withdrawn instead.
        of_quarter["2026-Q3"] = [a_case(date(2026, 2, 3), status="granted"), *of_quarter["2026-Q3"][1:]]
        of_quarter["2026-Q4"] = [a_case(date(2026, 8, 3))] * (10 + number)
        actions.count_service(by=None, at=at_noon(day))
        actions.count_service(by=None, at=at_noon(day))  # once more on the same day
        files[day] = Counter((cases_csv() or "").splitlines()[1:])

    first, second, third, fourth = files.values()
    assert first == second
    assert third == fourth
    assert (second - third, [*(third - second).values()]) == (Counter(), [12])


def at_noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)


def test_a_case_is_in_the_file_of_the_quarter_in_which_it_ended() -> None:
    decided(notified(a_refusal_proposed(), at=NOW), at=later(33))

    (found,) = case_file.cases_ended("2026-Q4")

    assert (found.outcome, found.is_decided) == ("refused", True)
    assert list(case_file.cases_ended("2026-Q3")) == []


# Counted by night, shown by day


def test_it_is_counted_once_a_day_and_the_page_says_when() -> None:
    some_work()

    assert jobs.count_service(at=NOW) > 3
    assert jobs.count_service(at=NOW + timedelta(hours=3)) == 0
    assert jobs.count_service(at=NOW + timedelta(days=1)) > 3

    page = service_page()
    assert page is not None
    assert page.made_at == NOW + timedelta(days=1)
    assert [figure.code for figure in page.figures][:2] == ["service-times", "service-backlog"]
    assert [figure.code for figure in page.figures][-1] == "service-look-up"
    assert {change.on for change in page.changes} >= {date(2026, 4, 7)}
    assert ServiceFigures.objects.count() == 2


def test_the_cases_of_former_days_are_not_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    ended(monkeypatch, {"2026-Q3": [a_case(date(2026, 2, 3), status="granted")] * 12})
    actions.count_service(by=None, at=NOW)
    actions.count_service(by=None, at=NOW + timedelta(days=1))

    assert [len(one.cases) for one in ServiceFigures.objects.order_by("day")] == [0, 12]
    rows = list(csv.DictReader(StringIO(cases_csv() or "")))
    assert len(rows) == 12
    assert set(rows[0]) == set(CASE_COLUMNS)
    assert rows[0]["working_days_until_the_end"] == "20"
