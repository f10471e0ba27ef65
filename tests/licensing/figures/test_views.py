"""The manager's figures say what the trail says: each is counted here again by hand, over nothing but the events."""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance.statistics.queries.figures import Figure
from compliance.templatetags.charts import bar_chart
from licensing import jobs
from licensing.decisions.actions import proposals
from licensing.figures import actions as counting
from licensing.figures.queries.durations import count_begun
from licensing.figures.queries.figures import figure, of_months, of_today
from registry import schemes
from registry.holidays import queries as holiday_queries
from registry.licences.actions import conditions
from registry.trail.models.events import Event
from registry.workdays import working_days_between
from tests import stories
from tests.conftest import NOW, SetClock
from tests.licensing.appeals.world import a_revocation_to_come, ended, received
from tests.licensing.stories import (
    TODAY,
    a_check_answered,
    a_licence,
    a_refusal_proposed,
    a_request,
    a_revocation_proposed,
    a_suspension_proposed,
    day,
    decided,
    later,
    notified,
)
from tests.people import person, signed_in
from tests.registry.stories import a_condition, a_decider
from tests.remembered import remembered

pytestmark = pytest.mark.django_db
PAGE = "/staff/figures/"


@remembered
def told() -> None:
    """A bit of everything, at several ages, ending 33 days from now."""
    officer = person("case_officer", team="North")
    stories.an_application_submitted(legal_name="Waits Long Ltd", at=NOW - timedelta(days=50))
    assessed = stories.an_application_being_assessed(legal_name="In Hand Ltd", case_officer=officer, at=later(-20))
    a_check_answered(assessed.checks.unanswered().order_by("pk")[0], by=officer)
    a_request(stories.an_application_being_assessed(legal_name="Asked Ltd", case_officer=officer, at=NOW), by=officer)
    licence = a_licence(legal_name="Licensed Ltd", at=later(-40))
    a_condition(licence, due_on=day(1))
    conditions.discharge(a_condition(licence), on=TODAY, because="They are kept.", by=a_decider(), at=NOW)
    decided(notified(a_refusal_proposed(), at=NOW), at=later(33))
    decided(notified(a_suspension_proposed(licence)))
    lift = proposals.propose(licence, kind="lift", because="Put right.", takes_effect=day(10), by=officer, at=later(1))
    decided(lift, at=later(2))
    dropped = a_revocation_proposed(licence, by=officer)
    proposals.drop(dropped, because="It did not ask.", by=officer, at=later(2))


# --- the trail, read by hand ---


def _days(start: datetime, end: date) -> int:
    return working_days_between(timezone.localdate(start), end, holiday_queries.holidays("england_and_wales"))


def _events(kind: str) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in Event.objects.filter(kind=kind).order_by("number"):
        found[event.reference].append(event)
    return found


def _first(events: Iterable[Event], *verbs: str) -> Event | None:
    return next((event for event in events if event.verb in verbs), None)


def _cell(shown: Figure, row: str, heading: str) -> Any:
    (found,) = [one for one in shown.rows if str(one[0]) == row]
    return found[[str(one) for one in shown.headings].index(heading)]


def figured(code: str, at: datetime) -> Figure:
    found = figure(code, timezone.localdate(at))
    assert found is not None
    return found[0]


def test_every_figure_is_what_the_trail_says() -> None:
    told()
    on = timezone.localdate(later(34))
    counting.count(by=None, at=later(34))

    shown = {one.code: one for one in [*of_today(on), *of_months().figures]}

    cases = _events("application")
    statuses = {reference: [one.after for one in events if one.after][-1] for reference, events in cases.items()}
    ages = {
        reference: _days(submit.at, on)
        for reference, events in cases.items()
        if (submit := _first(events, "submit"))
        and statuses[reference] in ("submitted", "assessing", "awaiting_applicant")
    }
    backlog = shown["backlog"]
    assert [
        _cell(backlog, band, "All") for band in ("0 to 10", "11 to 20", "21 to 40", "41 to 60", "Over 60", "All")
    ] == [
        sum(low <= age <= high for age in ages.values())
        for low, high in ((0, 10), (11, 20), (21, 40), (41, 60), (61, 999), (0, 999))
    ]
    assert _cell(backlog, "All", "Being assessed") == [statuses[one] for one in ages].count("assessing") == 1
    assert _cell(backlog, "All", "Waiting for the applicant") == 1

    closed = [(_first(events, "submit"), _first(events, "grant", "refuse")) for events in cases.values()]
    took = [_days(a.at, timezone.localdate(b.at)) for a, b in closed if a and b]
    assert _cell(shown["times"], "All", "Decided") == len(took) == 2
    assert _cell(shown["times"], "All", "Half within, working days") == sorted(took)[0]
    assert _cell(shown["times"], "All", "Eight in ten within, working days") == sorted(took)[1]
    target = schemes.in_force(stories.SCHEME, TODAY).target("decide")
    assert _cell(shown["times"], "All", "Within the target") == sum(one <= target for one in took if target)
    assert shown["times"].target == target

    begun = [_first(events, "begin_assessment") for events in cases.values()]
    assert _cell(shown["begun"], "All", "Assessment begun") == sum(one is not None for one in begun) == 4

    proposed = {one.reference: one.facts["decision"] for one in Event.objects.filter(verb="propose")}
    taken = Counter(proposed[one.reference] for one in Event.objects.filter(kind="decision", verb="decide"))
    kinds = {
        "grant": "Grant",
        "refuse": "Refuse",
        "suspend": "Suspend",
        "lift": "Lift a suspension",
        "revoke": "Revoke",
    }
    assert {kind: _cell(shown["decisions"], title, "Decided") for kind, title in kinds.items()} == {
        kind: taken[kind] for kind in kinds
    }
    assert _cell(shown["decisions"], "Suspend", "With immediate effect") == 1
    assert _cell(shown["decisions"], "Suspend", "Lifted before its last day") == 1
    assert _cell(shown["decisions"], "Revoke", "Proposed and dropped") == 1

    imposed = _events("condition")
    (row,) = shown["conditions"].rows
    assert str(row[0]).startswith("3.1 ")
    assert list(row[2:]) == [
        *(sum(events[-1].after == after for events in imposed.values()) for after in ("open", "discharged", "failed")),
        1,
    ]

    held = Counter(event.by for one in ages if (event := _first(cases[one], "begin_assessment")))
    workload = shown["workload"]
    assert [row[-3] for row in workload.rows] == [*held.values(), 1]
    assert [row[:2] for row in workload.rows][-1] == ("No one yet", "")
    assert "North" in {row[1] for row in workload.rows}


def test_a_decision_that_a_tribunal_reversed_is_counted_as_the_trail_has_it() -> None:
    allowed = ended(allowed=True)
    received(a_revocation_to_come(licence=a_licence(legal_name="Another Ltd")))
    counting.count(by=None, at=later(20))

    shown = figured("decisions", later(21))

    arrived = Event.objects.filter(kind="appeal", verb="receive").count()
    assert _cell(shown, "Revoke", "Decided") == _cell(shown, "Revoke", "Appealed against") == arrived == 2
    assert Event.objects.get(kind="appeal", verb="determine").reference == allowed.reference
    assert _cell(shown, "Revoke", "Reversed on appeal") == 1


@pytest.mark.parametrize(
    ("days", "scheme"), [(34, ""), (34, stories.SCHEME), (34, "construction"), (36, ""), (40, stories.SCHEME)]
)
def test_a_number_leads_to_the_list_of_what_it_counts(scheme: str, days: int, set_clock: SetClock) -> None:
    """On a Sunday and a Friday too: an age in working days has the same bounds in both."""
    told()
    set_clock(later(days))
    counting.count(by=None, at=later(days))
    manager = signed_in(person("manager"))

    led = 0
    for one in [*of_today(timezone.localdate(later(days)), scheme=scheme), *of_months(scheme=scheme).figures]:
        for row in one.cells:
            for number, href in row:
                if href:
                    assert manager.get(href).context["page"].count == number, (one.code, row[0][0], href)
                    led += 1

    assert led == 0 if scheme == "construction" else led > 15
    assert 'href="/staff/applications/?' in manager.get(PAGE).content.decode()


def test_the_page_has_a_chart_beside_each_table_and_costs_the_same_for_more_cases(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    stories.an_application_being_assessed()
    a_condition()
    counting.count(by=None, at=NOW)
    manager = signed_in(person("manager"))
    manager.get(PAGE)

    with django_assert_num_queries(11) as counted:
        page = manager.get(PAGE)
    stories.an_application_being_assessed(legal_name="One More Ltd")
    with django_assert_num_queries(len(counted)):
        assert manager.get(PAGE, {"scheme": stories.SCHEME}).context["chosen"] == stories.SCHEME

    text = page.content.decode()
    assert text.count("<table") == 6
    assert text.count('<svg role="img"') == 5, "of times that no case has taken yet there is nothing to draw"
    assert [len(page.context[part]) for part in ("figures", "months")] == [3, 3]
    assert "Target: 5" in text
    none = manager.get(PAGE, {"scheme": "construction"}).context["figures"]
    assert none[0].rows[-1][-1] == 0
    assert manager.get(PAGE, {"scheme": "no-such"}).context["chosen"] == ""


def test_the_months_are_counted_once_a_day_and_when_asked_and_what_is_in_hand_at_once() -> None:
    decided(notified(a_refusal_proposed(), at=NOW), at=later(20))
    manager = signed_in(person("manager"))
    assert "Nothing has been counted yet" in manager.get(PAGE).content.decode()
    assert jobs.count_work(at=later(20)) > 0
    decided(notified(a_refusal_proposed(), at=NOW), at=later(20))
    stories.an_application_submitted(legal_name="New Today Ltd")
    assert jobs.count_work(at=later(20)) == 0
    assert (numbers(), in_hand()) == ((1, 1, 1), 1)

    answer = manager.post(f"{PAGE}again/?scheme={stories.SCHEME}")

    assert answer.headers["Location"] == f"{PAGE}?scheme={stories.SCHEME}"
    assert (numbers(), in_hand()) == ((2, 2, 2), 1)
    assert "Counted on" in manager.get(PAGE).content.decode()
    assert signed_in(person("case_officer")).post(f"{PAGE}again/").status_code == 403
    assert jobs.count_work(at=later(21)) > 0


def numbers() -> tuple[int, int, int]:
    """How many were taken in hand, decided and refused, as the page has it."""
    begun, times, decisions = of_months(scheme=stories.SCHEME).figures
    return (
        _cell(begun, "All", "Assessment begun"),
        _cell(times, "All", "Decided"),
        _cell(decisions, "Refuse", "Decided"),
    )


def in_hand() -> int:
    found: int = _cell(figured("backlog", later(20)), "All", "All")
    return found


def test_all_schemes_together_are_what_each_of_them_is() -> None:
    told()
    counting.count(by=None, at=later(34))

    everything, own = of_months().figures, of_months(scheme=stories.SCHEME).figures

    assert [one.rows for one in everything] == [one.rows for one in own]
    assert of_months(scheme="construction").figures[0].rows[-1][1] == 0


def test_a_bar_is_as_long_as_its_number_and_nothing_is_drawn_of_nothing() -> None:
    stories.an_application_submitted()

    drawn = bar_chart(figured("backlog", NOW))

    assert '<rect x="0" y="20" width="280"' in drawn
    assert drawn.count('width="0"') == 4
    assert bar_chart(figured("conditions", NOW)) == ""


def test_a_table_is_taken_away_as_a_file_by_who_may_and_the_trail_says_so() -> None:
    stories.an_application_submitted()
    manager = person("manager")

    answer = signed_in(manager).post(f"{PAGE}backlog.csv?scheme={stories.SCHEME}")

    rows = list(csv.reader(b"".join(answer).decode("utf-8-sig").splitlines()))
    assert rows[0] == ["Working days", "Submitted", "Being assessed", "Waiting for the applicant", "All"]
    assert rows[-1] == ["All", "1", "0", "0", "1"]
    event = Event.objects.latest("number")
    assert (event.verb, event.by) == ("take_list", manager.reference)
    assert event.facts == {"list": "figures: backlog", "chosen": {"scheme": stories.SCHEME}, "rows": 6}
    assert signed_in(manager).post(f"{PAGE}nothing.csv").status_code == 404
    assert signed_in(manager).get(f"{PAGE}backlog.csv").status_code == 405


@pytest.mark.parametrize(
    ("role", "status"), [("manager", 200), ("auditor", 200), ("case_officer", 403), ("inspector", 403)]
)
def test_figures_are_for_managers_and_auditors(role: str, status: int) -> None:
    client: Client = signed_in(person(role))

    assert client.get(PAGE).status_code == status


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL reads a short table through")
def test_when_a_case_was_taken_in_hand_is_not_looked_for_among_all_that_happened_to_it() -> None:
    with CaptureQueriesContext(connection) as asked:
        count_begun(stories.SCHEME, TODAY)
    (of_events,) = [one["sql"] for one in asked.captured_queries if "begin_assessment" in one["sql"]]

    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {of_events}")
        plan = " ".join(str(row[-1]) for row in cursor.fetchall())

    assert "COVERING INDEX event_taken_in_hand" in plan and "event_of_one_thing" not in plan
