"""Plans of visits: who goes when and where, who may plan it, and that an unannounced visit shows nowhere to the business."""

from collections.abc import Callable
from datetime import date, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.template.loader import render_to_string
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from compliance.exhibits import actions as evidence
from compliance.inspections import actions as inspections
from compliance.inspections.forms import clock_time
from compliance.inspections.models import Inspection
from compliance.plans.models import VisitPlan
from compliance.plans.queries import calendars
from compliance.plans.queries import plans as queries
from registry.accounts.models import User
from registry.assignment.models import Absence
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.organisations.models import Organisation
from registry.papers import words
from registry.papers.words import PRINT
from registry.trail.models.events import Event
from tests import stories
from tests.compliance.intelligence.sources_world import a_source
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.stories import a_plan, an_inspection, an_inspection_confirmed
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate(NOW)
DAY = TODAY + timedelta(days=3)


def reasons(doing: Callable[[], object]) -> list[str]:
    with pytest.raises(Refused) as refused:
        doing()
    return [reason.code for reason in refused.value.reasons]


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def conflicted(officer: User, organisation: Organisation) -> None:
    conflicts.declare(
        officer, organisation=organisation, because="A sister works there.", since=TODAY, by=person("manager"), at=NOW
    )


# --- planning ---


def test_an_inspector_plans_their_own_visit_and_it_is_in_the_calendar() -> None:
    inspection = an_inspection()

    a_plan(inspection, interpreters={"Romanian": True, "Bulgarian": False})

    page = text_of(signed_in(inspection.inspector).get("/staff/visits/"))
    assert f"{inspection.organisation}, {inspection.reference}" in page
    assert "Romanian: interpreter booked" in page
    assert "Bulgarian: <strong>interpreter not booked</strong>" in page


@pytest.mark.parametrize("role", ["manager", "intelligence_analyst"])
def test_managers_and_analysts_plan_for_everybody(role: str) -> None:
    assert a_plan(an_inspection(), by=person(role)).day == DAY


def test_others_plan_nothing() -> None:
    inspection = an_inspection()

    for who in (person("inspector"), person("quality_reviewer"), person("case_officer")):
        with pytest.raises(PermissionDenied):
            a_plan(inspection, by=who)


WRONG: dict[str, tuple[dict[str, Any], str]] = {
    "yesterday": ({"day": TODAY - timedelta(days=1)}, "in_the_past"),
    "ends first": ({"ends": time(8)}, "ends_first"),
    "nowhere": ({"address": " "}, "no_place"),
    "no reason": ({"because": ""}, "no_reason"),
    "no such risk": ({"risk": "some"}, "no_risk"),
    "alone in danger": ({"risk": "high", "safety_notes": "A dog."}, "two_needed"),
}


@pytest.mark.parametrize(("given", "code"), WRONG.values(), ids=WRONG)
def test_what_is_wrong_with_a_plan_is_said(given: dict[str, Any], code: str) -> None:
    inspection = an_inspection()

    assert reasons(lambda: a_plan(inspection, **given)) == [code]
    assert not VisitPlan.objects.exists()


def test_each_time_that_cannot_be_read_is_said_by_its_own_name() -> None:
    inspection = an_inspection()
    typed = {"starts": "25:99", "ends": ""}

    page = text_of(signed_in(inspection.inspector).post(f"/staff/inspections/{inspection.reference}/plan/", typed))

    assert "Enter when it starts, for example 9:30." in page
    assert "Enter when it ends, for example 14:30." in page


def test_nothing_is_planned_once_it_was_reported() -> None:
    assert reasons(lambda: a_plan(an_inspection_confirmed())) == ["wrong_state"]


def test_a_plan_is_made_anew_in_place_of_the_one_before() -> None:
    inspection, other = an_inspection(), person("inspector")
    a_plan(inspection, officers=[other], interpreters={"Polish": False})

    a_plan(inspection, day=DAY + timedelta(days=1), interpreters={"Polish": True})

    plan = VisitPlan.objects.get()
    assert (plan.day, plan.joint.count(), plan.interpreters.get().is_booked) == (DAY + timedelta(days=1), 0, True)


# --- who goes along ---


def test_who_goes_along_sees_the_inspection_and_does_not_report_it() -> None:
    inspection, other = an_inspection(), person("inspector")
    page = f"/staff/inspections/{inspection.reference}/"
    assert signed_in(other).get(page).status_code == 404

    a_plan(inspection, officers=[other])

    assert signed_in(other).get(page).status_code == 200
    assert signed_in(other).get(f"{page}findings/").status_code == 404
    with pytest.raises(Refused):
        inspections.record_findings(inspection, summary="Seen.", by=other, at=NOW)
    with pytest.raises(Refused):
        evidence.log(inspection, kind="object", description="A ledger.", taken_at=NOW, by=other, at=NOW)
    assert f"{inspection.reference}@" in signed_in(other).get("/staff/visits/own.ics").content.decode()


def test_an_officer_with_a_conflict_of_interest_does_not_go_along() -> None:
    inspection, other = an_inspection(), person("inspector")
    conflicted(other, inspection.organisation)

    assert reasons(lambda: a_plan(inspection, officers=[other])) == ["conflicted"]


def test_whoever_has_a_conflict_of_interest_plans_nothing_and_sees_nothing_planned() -> None:
    inspection, manager = an_inspection(), person("manager")
    a_plan(inspection)
    conflicted(manager, inspection.organisation)

    assert reasons(lambda: a_plan(inspection, by=manager)) == ["conflicted"]
    assert inspection.reference not in text_of(signed_in(manager).get("/staff/visits/"))


def test_only_inspectors_go_along_and_the_lead_goes_anyway() -> None:
    inspection = an_inspection()

    assert reasons(lambda: a_plan(inspection, officers=[inspection.inspector])) == ["is_the_lead"]
    assert reasons(lambda: a_plan(inspection, officers=[person("case_officer")])) == ["not_an_inspector"]


def test_two_visits_at_one_time_are_warned_of_and_can_be_planned_all_the_same() -> None:
    inspector = person("inspector")
    first, second = (an_inspection(inspector=inspector, case=case) for case in ("A-0000-0001", "A-0000-0002"))
    a_plan(first)

    assert reasons(lambda: a_plan(second, starts=time(11), ends=time(15))) == ["clash"]
    assert a_plan(second, starts=time(12), ends=time(15)).starts == time(12)  # the first ends then
    assert a_plan(second, starts=time(11), ends=time(15), despite_clash=True).starts == time(11)


def test_a_clash_of_somebody_who_goes_along_is_warned_of() -> None:
    first, second = (an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002"))
    a_plan(first)

    assert reasons(lambda: a_plan(second, officers=[first.inspector])) == ["clash"]


# --- what the business is told ---


def test_an_announced_visit_sends_a_letter_with_the_day_and_nothing_of_why() -> None:
    organisation = stories.a_provider()
    inspection = an_inspection(organisation=organisation)

    a_plan(inspection, announced=True, because="A first visit.", safety_notes="A dog.")

    told = words.text(Letter.objects.get(reference=inspection.reference))
    assert "5 November 2026" in told
    assert "1 Market Street" in told
    for secret in (inspection.brief, "A first visit.", "A dog.", str(inspection.inspector)):
        assert secret not in told


def test_the_business_is_written_to_again_only_when_day_or_time_change() -> None:
    inspection = an_inspection(organisation=stories.a_provider())
    counts = []
    for given in ({}, {"vehicle": "Van"}, {"day": DAY + timedelta(days=1)}):
        a_plan(inspection, announced=True, **given)
        counts.append(Letter.objects.filter(reference=inspection.reference).count())

    assert counts == [1, 1, 2]


@pytest.mark.parametrize(
    ("announced", "letters_sent"), [(True, ["We will visit you", "We will not visit you"]), (False, [])]
)
def test_a_visit_that_is_called_off_is_told_to_whoever_was_told_of_it(announced: bool, letters_sent: list[str]) -> None:
    inspection = an_inspection(organisation=stories.a_provider())
    a_plan(inspection, announced=announced)

    inspections.call_off(inspection, because="It closed.", by=person("case_officer"), at=NOW)

    sent = Letter.objects.filter(reference=inspection.reference).order_by("pk")
    assert list(sent.values_list("subject", flat=True)) == letters_sent


def test_an_unannounced_visit_is_on_no_page_of_the_business_and_in_no_letter() -> None:
    organisation = stories.a_provider()
    holder = stories.holder_of(organisation)
    inspection = an_inspection(organisation=organisation)
    a_plan(inspection, announced=False)
    browser = signed_in(holder)

    assert not Letter.objects.filter(reference=inspection.reference).exists()
    assert [duty for duty in duties_at(holder) if inspection.reference in duty.about] == []
    for page in ("/home/", "/licences/", "/inspections/", "/organisations/"):
        shown = text_of(browser.get(page, follow=True))
        assert inspection.reference not in shown
        assert "5 November 2026" not in shown
    assert browser.get(f"/inspections/{inspection.reference}/report/").status_code == 404
    for page in ("/staff/visits/", f"/staff/inspections/{inspection.reference}/", "/staff/visits/own.ics"):
        assert browser.get(page).status_code == 403


def test_where_the_risk_is_high_what_keeps_the_officers_safe_is_said() -> None:
    colleague = person("inspector", name="Someone Else")

    assert reasons(lambda: a_plan(an_inspection(), risk="high", officers=[colleague])) == ["no_safety_notes"]


# --- the calendar ---


def test_a_week_shows_every_inspector_and_who_is_free_or_away() -> None:
    busy, _free, away = (person("inspector", name=name) for name in ("Ann Busy", "Ben Free", "Cy Away"))
    manager = person("manager")
    a_plan(an_inspection(inspector=busy))
    Absence.objects.create(person=away, deputy=manager, starts=DAY, until=DAY + timedelta(days=1))

    shown = calendars.calendar({}, by=manager, on=TODAY)

    lines = {line.title: line.days for line in shown.lines}
    of_the_day = {name: next(day for day in days if day.day == DAY) for name, days in lines.items()}
    assert set(lines) == {"Ann Busy", "Ben Free", "Cy Away"}
    assert [(day.is_free, day.is_away, len(day.visits)) for day in of_the_day.values()] == [
        (False, False, 1), (True, False, 0), (False, True, 0),
    ]  # fmt: skip
    assert not any(day.is_free for day in lines["Ben Free"][5:])
    assert "Free" in text_of(signed_in(manager).get("/staff/visits/"))


def test_a_week_by_district_brings_together_what_one_journey_reaches() -> None:
    near, also_near, far, nowhere = (
        an_inspection(inspector=person("inspector"), case=f"A-0000-000{number}") for number in range(4)
    )
    a_plan(near, address="1 Market Street, Maidstone, ME14 1AA")
    a_plan(also_near, address="2 Farm Lane\nme141bb\nKent")
    a_plan(far, address="3 Docks, Dundee DD1 3JA")
    a_plan(nowhere, address="A field by the river")

    shown = calendars.calendar({"rows": "district"}, by=person("manager"), on=TODAY)

    assert [(line.title, sum(len(day.visits) for day in line.days)) for line in shown.lines] == [
        ("DD1", 1), ("ME14", 2), ("No postcode given", 1),
    ]  # fmt: skip
    assert "District" in text_of(signed_in(person("manager")).get("/staff/visits/", {"rows": "district"}))


def test_the_calendar_is_narrowed_by_officer_and_region() -> None:
    first, second = (an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002"))
    a_plan(first, region="Kent")
    a_plan(second, region="Fife")
    browser = signed_in(person("manager"))

    by_region = text_of(browser.get("/staff/visits/", {"region": "Kent"}))
    by_officer = text_of(browser.get("/staff/visits/", {"officer": second.inspector.reference}))

    assert (first.reference in by_region, second.reference in by_region) == (True, False)
    assert (first.reference in by_officer, second.reference in by_officer) == (False, True)


def test_a_week_has_a_line_for_each_officer_with_seven_days_and_those_who_go_along_are_in_their_own_line_too() -> None:
    inspection, beside = (
        an_inspection(inspector=person("inspector", name="Ann First")),
        person("inspector", name="Zed Last"),
    )
    a_plan(inspection, officers=[beside])

    week = calendars.calendar({}, by=person("manager"), on=TODAY)

    assert (week.first, week.last, week.count) == (date(2026, 11, 2), date(2026, 11, 8), 1)
    assert [line.title for line in week.lines] == ["Ann First", "Zed Last"]
    for line in week.lines:
        assert [day.day for day in line.days if day.visits] == [DAY] and len(line.days) == 7
    assert [day.is_today for day in week.headings].index(True) == TODAY.weekday()
    assert week.next == "?from=2026-11-09"


def test_an_officer_who_has_no_visit_that_week_is_seen_to_be_free() -> None:
    inspection = an_inspection(inspector=person("inspector", name="Ann First"))
    a_plan(inspection)

    after = calendars.calendar({"from": "2026-11-12"}, by=person("manager"), on=TODAY)

    assert [(line.title, sum(len(day.visits) for day in line.days)) for line in after.lines] == [("Ann First", 0)]


def test_a_week_by_region_has_a_line_for_each_and_the_last_for_visits_of_which_none_is_said() -> None:
    for number, region in enumerate(("Kent", "", "Fife")):
        a_plan(an_inspection(inspector=person("inspector"), case=f"A-0000-000{number}"), region=region)

    week = calendars.calendar({"rows": "region"}, by=person("manager"), on=TODAY)

    assert [line.title for line in week.lines] == ["Fife", "Kent", "No region said"]
    assert week.next == "?from=2026-11-09&rows=region"


def test_a_month_is_whole_weeks_of_which_the_days_beside_it_are_told_apart_and_not_counted() -> None:
    first, second = (an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002"))
    a_plan(first)
    a_plan(second, day=date(2026, 12, 2))

    month = calendars.calendar({"show": "month"}, by=person("manager"), on=TODAY)
    before = calendars.calendar({"from": "2026-10-12", "show": "month"}, by=person("manager"), on=TODAY)

    assert (month.first, month.last, month.count, before.count) == (date(2026, 11, 1), date(2026, 11, 30), 1, 0)
    days = [day for line in month.lines for day in line.days]
    assert (days[0].day, days[-1].day, len(days)) == (date(2026, 10, 26), date(2026, 12, 6), 42)
    assert [day.day for day in days if day.visits and day.is_outside] == [date(2026, 12, 2)]
    assert [way.address for way in month.ways if way.is_chosen] == ["?from=2026-11-01&show=month"]


def test_a_month_by_region_has_a_line_for_each_and_a_square_for_each_week_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calendars, "MOST_IN_A_SQUARE", 1)
    for number, (region, day) in enumerate((("Kent", 5), ("Kent", 6), ("", 30), ("Fife", 18))):
        visit = an_inspection(inspector=person("inspector"), case=f"A-0000-000{number}")
        a_plan(visit, region=region, day=date(2026, 11, day))
    manager = person("manager")

    month = calendars.calendar({"show": "month", "rows": "region"}, by=manager, on=TODAY)
    page = text_of(signed_in(manager).get("/staff/visits/", {"show": "month", "rows": "region"}))

    assert [line.title for line in month.lines] == ["Fife", "Kent", "No region said"]
    weeks = [(one.day.day, one.until and one.until.day) for one in month.headings]
    assert weeks == [(1, 1), (2, 8), (9, 15), (16, 22), (23, 29), (30, 30)]
    kent = month.lines[1].days[1]
    assert (len(kent.visits), kent.more, month.count) == (1, 1, 4)
    assert kent.week == "?from=2026-11-02&rows=region&region=Kent"
    assert month.next == "?from=2026-12-01&show=month&rows=region"
    assert "Wed 18 Nov, " in page


def test_a_month_shows_the_first_visits_of_a_day_and_leads_to_the_week_for_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(calendars, "MOST_IN_A_SQUARE", 1)
    first, second = (an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002"))
    day = a_plan(first).day
    a_plan(second)

    month = calendars.calendar({"show": "month"}, by=person("manager"), on=TODAY)
    page = text_of(signed_in(person("manager")).get("/staff/visits/", {"show": "month"}))

    (square,) = (one for line in month.lines for one in line.days if one.day == day)
    assert ([one.inspection for one in square.visits], square.more, month.count) == ([first], 1, 2)
    assert f'<a class="govuk-link" href="?from={day}">and 1 more' in page
    week = text_of(signed_in(person("manager")).get(f"/staff/visits/?from={day}"))
    assert first.reference in week and second.reference in week


def test_the_table_says_of_each_visit_who_goes_whether_it_is_announced_and_what_of_the_interpreter() -> None:
    inspection = an_inspection(inspector=person("inspector"))
    a_plan(inspection, officers=[person("inspector", name="Zed Last")], interpreters={"Romanian": False}, region="Kent")

    for show in ("", "month"):
        page = text_of(signed_in(person("manager")).get("/staff/visits/", {"show": show}))
        assert "together with Zed Last" in page and "Unannounced" in page
        assert "Romanian: <strong>interpreter not booked</strong>" in page
        assert f"{inspection.organisation}, {inspection.reference}" in page


def test_what_the_calendar_shows_is_taken_away_as_csv_and_that_is_noted() -> None:
    first, second = (an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002"))
    a_plan(first, region="Kent", interpreters={"Romanian": True})
    a_plan(second, region="Kent", day=DAY + timedelta(days=14))
    address = "/staff/visits/list.csv?from=2026-11-02&region=Kent"

    taken = signed_in(person("case_officer")).post(address)

    text = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert first.reference in text and second.reference not in text and "Romanian: interpreter booked" in text
    noted = Event.objects.get(verb="take_list").facts
    assert (noted["chosen"], noted["rows"]) == ({"region": "Kent", "from": "2026-11-02"}, 1)
    assert signed_in(first.inspector).post(address).status_code == 403


def test_own_visits_are_a_table_too_and_it_names_no_business_and_nobody_elses() -> None:
    inspection, other = (
        an_inspection(inspector=person("inspector"), case=case) for case in ("A-0000-0001", "A-0000-0002")
    )
    a_plan(inspection)
    a_plan(other)

    taken = signed_in(inspection.inspector).get("/staff/visits/own.csv")

    text = b"".join(taken.streaming_content).decode()  # type: ignore[attr-defined]
    assert inspection.reference in text and "Unannounced" in text
    assert other.reference not in text and str(inspection.organisation) not in text


def test_whoever_has_a_conflict_of_interest_finds_the_visit_neither_in_the_calendar_nor_in_its_file() -> None:
    inspection, officer = an_inspection(inspector=person("inspector")), person("case_officer")
    a_plan(inspection)
    conflicted(officer, inspection.organisation)
    browser = signed_in(officer)

    file = browser.post("/staff/visits/list.csv")

    assert inspection.reference not in text_of(browser.get("/staff/visits/"))
    assert inspection.reference not in b"".join(file.streaming_content).decode()  # type: ignore[attr-defined]


def test_nonsense_shows_this_week() -> None:
    manager = person("manager")
    for nonsense in ("soon", "0001-01-01", "9999-12-31", "2026-13-45", "26-11-02"):
        for show in ({}, {"show": "month"}):
            found = calendars.calendar({"from": nonsense, **show}, by=manager, on=TODAY)
            assert found.first == date(2026, 11, 1 if show else 2), nonsense
    assert signed_in(manager).get("/staff/visits/", {"region": "nowhere", "show": "month"}).status_code == 422


def test_what_was_called_off_is_not_in_the_calendar() -> None:
    inspection = an_inspection()
    a_plan(inspection)
    inspections.call_off(inspection, because="It closed.", by=person("case_officer"), at=NOW)

    assert calendars.calendar({}, by=person("manager"), on=TODAY).count == 0


def test_the_calendar_asks_as_often_for_many_as_for_one() -> None:
    browser, counts = signed_in(person("manager")), []
    for case in ("A-0000-0001", "A-0000-0002"):
        a_plan(an_inspection(inspector=person("inspector"), case=case), officers=[person("inspector")])
        with CaptureQueriesContext(connection) as asked:
            browser.get("/staff/visits/")
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_own_visits_go_to_a_calendar_program_without_the_name_of_a_business() -> None:
    inspection = an_inspection()
    a_plan(inspection, address="Unit 7, Long Lane; the far end of the estate behind the old dairy\nMaidstone")

    file = signed_in(inspection.inspector).get("/staff/visits/own.ics").content.decode()

    assert file.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert "DTSTART:20261105T090000Z" in file
    assert str(inspection.organisation) not in file
    assert all(len(line.encode()) <= 75 for line in file.split("\r\n"))
    assert "Long Lane\\; the far end" in file.replace("\r\n ", "")


# --- the page and the briefing ---


def test_a_visit_is_planned_on_its_page() -> None:
    inspection = an_inspection()
    typed = {
        "day_day": "5", "day_month": "11", "day_year": "2026", "starts": "09:00", "ends": "12:00",
        "address": "1 Market Street", "announced": "no", "because": "Wages may be hidden.", "risk": "low",
        "language_1": "Romanian", "booked_1": "on",
    }  # fmt: skip

    wrong = signed_in(inspection.inspector).post(
        f"/staff/inspections/{inspection.reference}/plan/", {**typed, "risk": ""}
    )
    response = signed_in(inspection.inspector).post(f"/staff/inspections/{inspection.reference}/plan/", typed)

    assert "Choose how great the risk is." in text_of(wrong)
    assert response.headers["Location"] == f"/staff/inspections/{inspection.reference}/"
    plan = VisitPlan.objects.get()
    assert (plan.day, plan.announced, plan.interpreters.get().language) == (DAY, False, "Romanian")
    again = text_of(signed_in(inspection.inspector).get(f"/staff/inspections/{inspection.reference}/plan/"))
    assert "Wages may be hidden." in again


def test_the_briefing_has_the_history_and_nothing_that_was_told() -> None:
    organisation = stories.a_provider()
    an_inspection_confirmed("2.4", organisation=organisation)
    handler = person("source_handler")
    known = some_intelligence(by=handler, source=a_source(by=handler))
    inspection = an_inspection(organisation=organisation, case="A-0000-0002")
    a_plan(inspection)

    shown = queries.briefing_of(inspection)

    assert [one.unmet for one in shown.former] == [("2.4",)]
    assert {code for code, _title, _critical in shown.standards} == set(inspection.standards)
    assert known.sanitised_text not in str(shown)


def test_the_briefing_begins_with_what_whoever_goes_needs_on_the_way_and_ends_with_what_can_wait() -> None:
    inspection = an_inspection()
    inspection.organisation.telephone = "01632 960123"
    inspection.organisation.save()
    a_plan(inspection, safety_notes="Two dogs in the yard.", people_to_meet="Ion, 07700 900456")

    said = text_of_briefing(inspection)

    read = [
        "Two dogs in the yard.",
        "Thursday 5 November 2026",
        "01632 960123",
        "Ion, 07700 900456",
        "Standards to test",
    ]
    assert sorted(read, key=said.index) == read


def text_of_briefing(inspection: Inspection) -> str:
    facts = {"layout": PRINT, "briefing": queries.briefing_of(inspection), "title": "Briefing"}
    return " ".join(render_to_string("compliance/letters/briefing.html", facts).split())


@pytest.mark.parametrize("typed", ["13:30", "13.30", "1330", "1:30pm", "1.30 PM"])
def test_a_time_is_read_as_the_pages_write_it_and_as_people_do(typed: str) -> None:
    assert clock_time().clean(typed) == time(13, 30)


@pytest.mark.pdf
def test_the_briefing_is_printed() -> None:
    inspection = an_inspection()
    a_plan(inspection, interpreters={"Romanian": True})

    response = signed_in(inspection.inspector).get(f"/staff/inspections/{inspection.reference}/briefing.pdf")

    assert response.content.startswith(b"%PDF-")
