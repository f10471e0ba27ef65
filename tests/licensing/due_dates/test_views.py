"""The dates that run: on the page of each case, decision and licence with their rules, and all of them as one list."""

from datetime import date, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from compliance.reports.actions import triage
from licensing.due_dates.queries.about import dates_of
from licensing.jobs import chase_missed_dates
from licensing.time_limits.rules import licensing as clocks
from registry import filtersets as base
from registry.conflicts import actions as conflicts
from registry.holidays import queries as holiday_queries
from registry.letters.models import Letter
from registry.papers import words
from registry.trail.models.events import Event
from registry.workdays import add_working_days
from tests.compliance.reports.world import a_report, a_report_begun, a_report_decided
from tests.conftest import NOW, SetClock
from tests.licensing.stories import (
    TODAY,
    a_licence,
    a_refusal_proposed,
    a_request,
    an_application_checked,
    notified,
)
from tests.licensing.stories import on as on_day
from tests.people import person, signed_in
from tests.registry.stories import a_condition
from tests.stories import an_application_being_assessed

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer() -> Client:
    return signed_in(person("case_officer"))


def listed(client: Client, **query: str) -> list[tuple[str, str]]:
    page = client.get("/staff/dates/", query).context["page"]
    return [(str(row.title), str(row.about)) for row in page.rows]


def test_a_notice_shows_until_when_it_can_be_replied_to_and_by_which_rule(officer: Client) -> None:
    decision = notified(a_refusal_proposed())

    (due,) = [one for one in dates_of(decision, on=TODAY) if one.title == clocks.REPLY_TO_NOTICE.title]

    assert due.due_on == decision.reply_by
    assert due.left == 10
    assert due.rule.startswith("10 working days after the notice")
    assert "section 9" in due.law
    page = officer.get(f"/staff/decisions/{decision.reference}/").content.decode()
    assert due.rule in page
    assert "10 working days left" in page


def test_of_the_replies_that_a_case_waits_for_each_says_which_it_is(officer: Client) -> None:
    case = an_application_being_assessed()
    of_people = case.checks.exclude(person=None)
    assert of_people.count() > 1

    rows = officer.get("/staff/dates/", {"q": case.organisation.legal_name}).context["page"].rows

    asked = [row.what for row in rows if row.title == clocks.CHECK_REPLY.title]
    assert len(asked) == case.checks.filter(result="").count() == len(set(asked))
    assert all(any(what.endswith(f", {one.subject}") for what in asked) for one in of_people)


def test_a_licence_shows_its_conditions_its_last_day_and_when_renewal_opens(officer: Client) -> None:
    licence = a_licence()
    condition = a_condition(licence)

    found = {str(one.title): one.due_on for one in dates_of(licence, on=TODAY)}

    assert found[str(clocks.MEET_CONDITION.title)] == condition.due_on
    assert found[str(clocks.LICENCE_ENDS.title)] == licence.valid_until
    assert found[str(clocks.RENEWAL_OPENS.title)] == licence.valid_until - timedelta(weeks=8)
    assert str(clocks.START_OF_SUPPLY.title) in found
    assert 'id="dates"' in officer.get(f"/staff/licences/{licence.number}/").content.decode()


def test_what_has_passed_is_overdue_where_it_is_a_duty_and_over_where_it_was_a_right() -> None:
    licence, decision = a_licence(), notified(a_refusal_proposed())
    condition = a_condition(licence)
    later = condition.due_on + timedelta(days=1)

    (missed,) = [one for one in dates_of(licence, on=later) if one.title == clocks.MEET_CONDITION.title]
    (lapsed,) = [one for one in dates_of(decision, on=later) if one.title == clocks.REPLY_TO_NOTICE.title]

    assert (missed.is_overdue, lapsed.is_overdue, lapsed.is_over) == (True, False, True)


def test_the_list_holds_open_dates_of_every_kind_the_nearest_first(officer: Client) -> None:
    decision, licence = notified(a_refusal_proposed()), a_licence()
    condition, request = a_condition(licence), a_request()

    page = officer.get("/staff/dates/").context["page"]

    days = [row.due_on for row in page.rows]
    assert days == sorted(days)
    assert {decision.reply_by, condition.due_on, request.due_on} <= set(days)


def test_the_list_is_narrowed_by_state_kind_name_and_officer(officer: Client, set_clock: SetClock) -> None:
    licence = a_licence()
    condition = a_condition(licence)
    request = a_request()
    meeting = (str(clocks.MEET_CONDITION.title), str(licence.organisation))

    assert meeting in listed(officer, clock="meet_condition")
    assert {title for title, _about in listed(officer, clock="meet_condition")} == {meeting[0]}
    assert meeting in listed(officer, q=licence.organisation.legal_name)
    assert listed(officer, q="Nobody Of That Name") == []
    assert meeting not in listed(officer, officer="mine")
    mine = signed_in(request.application.case_officer) if request.application.case_officer else officer
    assert (str(clocks.ANSWER_REQUEST.title), str(request.application.organisation)) in listed(mine, officer="mine")
    assert meeting not in listed(officer, state="overdue")

    set_clock(NOW + (condition.due_on - TODAY) + timedelta(days=1))

    assert meeting in listed(signed_in(person("case_officer")), state="overdue")


def test_what_is_answered_leaves_the_list(officer: Client) -> None:
    case = an_application_checked()

    assert not [row for row in listed(officer, clock="check_reply") if row[1] == str(case.organisation)]


def test_the_file_says_what_the_list_says(officer: Client) -> None:
    licence = a_licence()
    a_condition(licence)

    file = officer.post("/staff/dates/list.csv?clock=meet_condition")

    lines = file.getvalue().decode().splitlines()
    assert len(lines) == 2
    assert licence.organisation.legal_name in lines[1]
    assert officer.post("/staff/dates/list.csv?clock=nonsense").status_code == 302
    assert officer.get("/staff/dates/", {"clock": "nonsense"}).status_code == 422


def test_the_list_costs_the_same_however_many_dates_there_are(
    officer: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    licence = a_licence()
    a_condition(licence)
    officer.get("/staff/dates/")
    with django_assert_num_queries(11) as counted:
        officer.get("/staff/dates/", {"clock": "meet_condition"})
    for _more in range(3):
        a_condition(licence)
    with django_assert_num_queries(len(counted)):
        officer.get("/staff/dates/", {"clock": "meet_condition"})


def test_many_dates_of_several_kinds_are_paged_in_their_order_and_counted_as_far_as_is_told(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    licence = a_licence()
    for more in range(2):
        a_condition(licence, due_on=TODAY + timedelta(days=24 - 5 * more))
        an_application_being_assessed(legal_name=f"Firm {more} Ltd")
    every = officer.get("/staff/dates/").context["page"]
    assert len(every.rows) == every.count > 10

    monkeypatch.setattr(base, "SIZE", 3)
    monkeypatch.setattr(base, "COUNTED", 7)
    pages = [officer.get("/staff/dates/", {"page": str(number)}).context["page"] for number in (1, 2, 3)]

    assert [row for page in pages for row in page.rows] == every.rows[:7]
    assert [(page.count, page.number, page.following) for page in pages] == [(8, 1, "2"), (8, 2, "3"), (8, 3, "")]
    assert officer.get("/staff/dates/", {"page": "99"}).context["page"].number == 3


def test_dates_are_counted_by_the_holidays_of_where_the_organisation_is() -> None:
    decision = notified(a_refusal_proposed())

    (due,) = [one for one in dates_of(decision, on=TODAY) if one.title == clocks.REPLY_TO_NOTICE.title]

    assert str(due.calendar) == "England and Wales"
    assert due.due_on not in holiday_queries.holidays("england_and_wales")


# --- chased


def chased(set_clock: SetClock, instant: datetime) -> int:
    set_clock(instant)
    return chase_missed_dates(at=instant)


def test_whoever_sees_to_a_date_is_reminded_once_when_it_has_passed(set_clock: SetClock) -> None:
    asked = a_request()
    officer = asked.application.case_officer
    assert officer
    morning = on_day(add_working_days(asked.due_on, 1, holiday_queries.holidays("england_and_wales")))

    assert chased(set_clock, on_day(asked.due_on)) == 0
    assert chased(set_clock, morning) == 1
    assert chased(set_clock, morning + timedelta(hours=3)) == 0

    (letter,) = Letter.objects.filter(address=officer.email, template="licensing/letters/dates_missed.html")
    assert "Answer of the applicant" in {one["title"] for one in letter.facts["dates"]}
    assert asked.application.organisation.legal_name in words.text(letter)
    assert Event.objects.filter(verb="chase", reference=officer.reference).count() == 1


def test_managers_are_told_of_what_nobody_sees_to(set_clock: SetClock) -> None:
    manager, condition = person("manager"), a_condition(a_licence())
    morning = on_day(add_working_days(condition.due_on, 1, holiday_queries.holidays("england_and_wales")))

    chased(set_clock, morning)

    (letter,) = Letter.objects.filter(address=manager.email, template="licensing/letters/dates_missed.html")
    assert [one["title"] for one in letter.facts["dates"]] == ["Meeting a condition"]


def test_nobody_is_reminded_at_night_or_on_a_day_that_is_not_worked(set_clock: SetClock) -> None:
    manager, condition = person("manager"), a_condition(a_licence(), due_on=date(2026, 12, 24))

    assert chased(set_clock, on_day(date(2026, 12, 25))) == 0
    assert chased(set_clock, on_day(date(2026, 12, 26))) == 0
    assert chased(set_clock, on_day(date(2026, 12, 29)).replace(hour=3)) == 0
    assert chased(set_clock, on_day(date(2026, 12, 29))) >= 1
    assert condition.due_on < date(2026, 12, 25)
    assert Letter.objects.filter(address=manager.email, template="licensing/letters/dates_missed.html").exists()


# --- reports ---


def test_whoever_handles_reports_sees_by_when_each_is_decided_and_its_reporter_told_and_nothing_of_licensing() -> None:
    analyst = person("intelligence_analyst")
    waiting, decided = a_report(danger="yes"), a_report_decided(by=analyst)
    notified(a_refusal_proposed())
    browser = signed_in(analyst)

    assert listed(browser) == [
        ("Deciding what to do with a report", waiting.reference),
        ("Telling a reporter the outcome", decided.reference),
    ]
    assert listed(browser, officer="mine") == [("Telling a reporter the outcome", decided.reference)]
    (row,) = browser.get("/staff/dates/", {"clock": "decide_report"}).context["page"].rows
    assert (row.href, row.due_on) == (f"/staff/reports/{waiting.reference}/", timezone.localdate(waiting.decide_by))
    file = browser.post("/staff/dates/list.csv?clock=decide_report")
    assert waiting.reference in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]


def test_nobody_else_finds_a_report_among_the_dates_and_whoever_counts_them_is_led_to_their_clocks() -> None:
    report = a_report()

    for role in ("case_officer", "decision_maker", "manager", "auditor"):
        page = signed_in(person(role)).get("/staff/dates/").content.decode()
        assert report.reference not in page
        assert ("/staff/reports/clocks/" in page) == (role in ("manager", "auditor"))
    assert signed_in(person("inspector")).get("/staff/dates/").status_code == 403


def test_the_dates_of_a_report_are_gone_for_whoever_has_a_conflict_with_whom_it_is_about() -> None:
    analyst, other = person("intelligence_analyst"), person("intelligence_analyst")
    report = a_report_begun(by=other)
    triage.identify(report, organisation=(firm := a_licence().organisation), by=other, at=NOW)

    conflicts.declare(
        analyst, organisation=firm, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
    )

    assert listed(signed_in(analyst)) == []
    assert listed(signed_in(other)) == [("Deciding what to do with a report", report.reference)]
