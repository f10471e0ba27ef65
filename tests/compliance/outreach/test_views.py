"""A campaign is planned, approved, and its totals and comparisons shown; the next begins with what it had."""

from datetime import date, timedelta

import pytest
from django.test import Client

from compliance.outreach.queries import campaign_tables, results_of
from compliance.reports.models.reports import Report
from registry.campaigns.models import Campaign, CampaignWeek
from registry.campaigns.rules import ONE_WEEK
from registry.campaigns.states import CampaignTotal
from registry.editions.tables import Mark
from registry.web.tallies import tallies
from tests.compliance.reports.world import a_report
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in
from tests.registry.campaigns.world import EXPECTED, STARTS, a_campaign, an_approved_campaign

pytestmark = pytest.mark.django_db
PAGE = "/staff/campaigns/"
OVER = STARTS + timedelta(days=28)
TYPED = {
    "scheme": "gla-food",
    "title": "Radio in the fens",
    "word": "Fens",
    "places": "Wisbech\n Spalding \n\n",
    "language": "lt",
    "channel": "radio",
    "cost": "1,200.50",
    "hypothesis": EXPECTED,
    "starts_on_day": "9",
    "starts_on_month": "11",
    "starts_on_year": "2026",
    "until_day": "6",
    "until_month": "12",
    "until_year": "2026",
}


@pytest.fixture(autouse=True)
def nothing_counted() -> None:
    tallies.clear()


def weeks_counted(word: str, numbers: list[int], *, first: date = STARTS) -> None:
    """As they are after each week has been closed."""
    CampaignWeek.objects.bulk_create(
        CampaignWeek(word=word, week=first + ONE_WEEK * place, what=what, shown=number)
        for place, number in enumerate(numbers)
        for what in CampaignTotal
    )


def test_one_plans_and_another_approves(set_clock: SetClock) -> None:
    set_clock(NOW)
    planner = person("intelligence_analyst")

    answer = signed_in(planner).post(f"{PAGE}plan/", TYPED, follow=True)

    one = Campaign.objects.get()
    assert (one.word, one.places, one.pence, one.language) == ("fens", ["Wisbech", "Spalding"], 120_050, "lt")
    assert "/c/fens/" in answer.content.decode() and "Waiting for approval" in answer.content.decode()
    manager = signed_in(person("manager"))
    assert manager.post(f"{PAGE}{one.reference}/approve/", follow=True).status_code == 200
    one.refresh_from_db()
    assert one.status == "approved" and one.decided_by != planner
    page = manager.get(f"{PAGE}{one.reference}/").content.decode()
    assert "Cannot tell yet: no week of this campaign is over." in page
    assert "?campaign=fens" in page
    assert "Radio in the fens" in manager.get(PAGE).content.decode()


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ({"word": "harvests"}, "The word must have 3 to 7 letters"),
        ({"cost": "much"}, "The cost must be a sum in pounds"),
        ({"hypothesis": ""}, "Enter what you expect."),
        ({"until_year": "2025"}, "The last day must not be before the first."),
    ],
)
def test_what_cannot_be_planned_says_why(typed: dict[str, str], says: str) -> None:
    answer = signed_in(person("manager")).post(f"{PAGE}plan/", {**TYPED, **typed})

    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert not Campaign.objects.exists()


def test_the_next_is_planned_from_its_results() -> None:
    one = an_approved_campaign()
    manager = signed_in(person("manager"))

    form = manager.get(f"{PAGE}plan/?from={one.reference}").content.decode()
    manager.post(f"{PAGE}plan/?from={one.reference}", TYPED)

    assert "Planned from the results of Cards in packing houses." in form and "1200.00" in form
    assert one.next_ones.get().word == "fens"


def test_who_came_is_shown_with_noise_and_against_the_weeks_before(set_clock: SetClock) -> None:
    one = an_approved_campaign()
    weeks_counted("harvest", [20, 25, 18, -1])
    weeks_counted("", [60, 62, 58, 61], first=STARTS - ONE_WEEK * 4)
    weeks_counted("", [90, 95, 92, 89])

    found = results_of(one, OVER)

    look_ups = found.counts[0]
    assert (found.weeks, look_ups.came) == (4, 62)
    assert look_ups.change and look_ups.change.said == "more"
    set_clock(NOW + timedelta(days=40))
    page = " ".join(signed_in(person("manager")).get(f"{PAGE}{one.reference}/").content.decode().split())
    assert "Weeks that are over: 4." in page and ">62<" in page and "1.52 times (" in page


def test_reports_from_its_places_are_compared_with_other_places() -> None:
    one = an_approved_campaign()
    before, during = NOW - timedelta(days=10), NOW + timedelta(days=10)
    for place, at, times in (
        ("Wisbech", before, 20),
        ("near SPALDING", during, 60),
        ("Truro", before, 20),
        ("Truro", during, 20),
        ("", during, 5),
    ):
        for _time in range(times):
            a_report(about_place=place, at=at)

    change = results_of(one, OVER).reports

    assert change and change.value == pytest.approx(3) and change.said == "more"
    for report in Report.objects.filter(about_place="Wisbech").order_by("pk")[:11]:
        Report.objects.filter(pk=report.pk).delete()
    assert results_of(one, OVER).reports is None  # nine could tell of a reporter
    one.places = []
    assert results_of(one, OVER).reports is None


def test_a_call_is_counted_without_the_caller() -> None:
    an_approved_campaign()
    analyst = signed_in(person("intelligence_analyst"))

    analyst.post(f"{PAGE}call/", {"word": "unknown"})
    assert tallies.take(at=NOW + timedelta(days=9_000)) == {}
    assert signed_in(person("case_officer")).post(f"{PAGE}call/", {"word": "harvest"}).status_code == 403
    assert Client().post(f"{PAGE}call/", {"word": "harvest"}).status_code == 302


def test_the_results_are_released_with_what_was_expected() -> None:
    assert campaign_tables(OVER) == ()
    one = an_approved_campaign()
    a_campaign("planned")
    weeks_counted("harvest", [20, 25, 18, -1])
    next_one = an_approved_campaign("fens", title="Radio", follows_from=one, until=STARTS)

    (table,) = campaign_tables(OVER)

    first = next(row for row in table.rows if row[0] == "harvest")
    assert first == ("harvest", "card", 1200.0, 28, 62, 62, 62, 62, *[Mark.UNKNOWN] * 6)
    assert len(first) == len(table.dimensions) + len(table.measures)
    notes = [note["en"] for note in table.notes]
    assert f"Cards in packing houses: what was expected: {EXPECTED}" in notes
    assert "Radio was planned from the results of Cards in packing houses." in notes
    assert next_one.follows_from == one


def test_a_cost_below_nought_is_refused(set_clock: SetClock) -> None:
    set_clock(NOW)

    answer = signed_in(person("intelligence_analyst")).post(f"{PAGE}plan/", {**TYPED, "cost": "-5"})

    assert "The cost must be a sum in pounds, like 1200" in answer.content.decode()
    assert not Campaign.objects.exists()
