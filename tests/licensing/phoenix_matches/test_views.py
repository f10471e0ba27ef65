"""Officers see who an applicant may be come back, why, and judge it with a reason."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from licensing.applications.models import Application
from licensing.cases.actions import assignment as applications
from licensing.phoenix_matches import actions as radar
from licensing.phoenix_matches.models import LookAlike
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.organisations import actions as facts
from tests import stories
from tests.conftest import NOW
from tests.licensing.phoenix_matches.world import (
    RUNS,
    TELEPHONE,
    a_judge,
    a_look_alike,
    come_back,
    handed_in,
    licensed,
    revoked,
)
from tests.licensing.stories import a_check_answered, dismissed, later
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def case(application: Application) -> str:
    return f"/staff/applications/{application.reference}/"


def page(look_alike: LookAlike, move: str = "") -> str:
    return f"/staff/look-alikes/{look_alike.reference}/{move}"


def officer() -> Client:
    return signed_in(a_judge())


def test_the_case_shows_each_signal_with_its_points_whose_it_is_and_the_records_behind_it() -> None:
    licence = revoked()
    again = come_back()
    found = LookAlike.objects.get()

    shown = text_of(officer().get(case(again)))

    links = shown[shown.index('id="links"') : shown.index('id="checks"')]
    assert "Abercwm Labour Ltd" in links
    assert f"{found.points} points" in links
    assert "the same but for a slip in the date of birth" in links
    assert "Hristo Zhelyazkov, born 13 Feb 1971" in links
    assert "Христо Желязков, born 23 Feb 1971" in links
    assert f'href="/staff/licences/{licence.number}/">{licence.number}</a>' in links
    assert "Licence revoked" in links


def test_the_picture_draws_both_firms_and_what_they_share_and_the_dismissed_are_left_out() -> None:
    found = a_look_alike()
    signals = len(found.signals)
    browser = officer()

    shown = text_of(browser.get(page(found)))
    assert shown.count('rx="15"') == signals > 1
    assert "style=" not in shown[shown.index("<svg") : shown.index("</svg>")]

    dismissed(found)
    assert "<svg role" not in text_of(browser.get(page(found)))


def test_a_case_without_any_says_so() -> None:
    assert "No possible phoenix business has been found." in text_of(officer().get(case(handed_in("Honest Hands Ltd"))))


def test_the_case_says_that_a_grant_waits_for_it() -> None:
    revoked()
    shown = text_of(officer().get(case(come_back())))

    assert "Strong: nothing is granted until this match is confirmed or dismissed." in shown


@pytest.mark.parametrize(
    ("move", "status", "word"), [("confirm", "confirmed", "Confirmed"), ("dismiss", "dismissed", "Dismissed")]
)
def test_an_officer_judges_with_a_reason_and_sees_it(move: str, status: str, word: str) -> None:
    found = a_look_alike()
    browser = officer()

    if move == "dismiss":  # the evidence is strong: another has proposed it
        officer().post(page(found, "dismiss/"), {"because": "Cousins."})
        assert "another officer must agree" in text_of(browser.get(page(found)))
    response = browser.post(page(found, f"{move}/"), {"because": "By his passport."}, follow=True)

    assert response.redirect_chain == [(page(found), 302)]
    assert LookAlike.objects.get().status == status
    assert word in text_of(response) and "By his passport." in text_of(response)


@pytest.mark.parametrize("move", ["confirm", "dismiss"])
def test_without_a_reason_nothing_is_judged(move: str) -> None:
    found = a_look_alike()

    response = officer().post(page(found, f"{move}/"), {"because": " "})

    assert response.status_code == 422
    assert "Enter the reason." in text_of(response)
    assert LookAlike.objects.get().status == "open"


@pytest.mark.parametrize("side", ["organisation", "other"])
def test_who_has_a_conflict_of_interest_with_either_sees_and_judges_nothing(side: str) -> None:
    found = a_look_alike()
    by = a_judge()
    conflicts.declare(by, organisation=getattr(found, side), because="My brother's.", since=NOW.date(), by=by, at=NOW)

    response = signed_in(by).post(page(found, "confirm/"), {"because": "By his passport."})

    assert response.status_code == 404
    with pytest.raises(Refused) as refused:
        radar.confirm(found, because="By his passport.", by=by, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["conflicted"]


def test_what_is_new_since_it_was_dismissed_is_marked() -> None:
    found = dismissed(a_look_alike(), because="Cousins.")
    for one in (found.organisation, found.other):
        facts.write_down(one, facts={"vehicles": [{"registration": "AB12 CDE"}]}, source="test", at=NOW)
    (again,) = radar.look([found.organisation], by=None, at=later(1))

    shown = text_of(officer().get(page(again)))

    assert "Vehicle: the same <strong" in shown


def test_the_licence_of_a_holder_shows_them_too() -> None:
    holder = licensed("Green Valley Staff", director=RUNS, telephone=TELEPHONE)
    revoked("Abercwm Labour Ltd")
    radar.look([holder.organisation], by=None, at=later(1))

    assert "Abercwm Labour Ltd" in text_of(officer().get(f"/staff/licences/{holder.number}/"))


def test_decision_makers_read_and_do_not_judge_and_others_have_no_such_page() -> None:
    found = a_look_alike()
    decider = signed_in(person("decision_maker"))

    shown = text_of(decider.get(page(found)))
    assert "Abercwm Labour Ltd" in shown and f"{page(found)}confirm/" not in shown
    assert decider.get(page(found, "confirm/")).status_code == 403
    assert signed_in(person("inspector")).get(page(found)).status_code == 403


def test_more_look_alikes_cost_no_more_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    second = stories.an_application_paid(handed_in("Second Ltd", director=RUNS, telephone=TELEPHONE))
    second = stories.an_application_being_assessed(second)
    revoked()
    again = come_back()
    browser = officer()
    browser.get(case(again))
    with CaptureQueriesContext(connection) as with_one:
        browser.get(case(again))

    a_check_answered(second.checks.order_by("pk")[0], "adverse")
    radar.look([again.organisation], by=None, at=NOW)
    assert LookAlike.objects.filter(organisation=again.organisation).count() == 2

    with django_assert_num_queries(len(with_one)):
        browser.get(case(again))


# --- the list of all


LIST = "/staff/look-alikes/"


def test_the_list_has_every_open_one_the_weightiest_first_with_its_age_and_whose_it_is() -> None:
    found = a_look_alike()
    weightier = a_look_alike(come_back("Hen Gapel Staff", director=RUNS))
    officer_of_case = person("case_officer", name="Nia Llwyd")
    applications.assign(
        found.organisation.applications.get(), case_officer=officer_of_case, by=person("manager"), at=NOW
    )
    browser = signed_in(officer_of_case)

    shown = text_of(browser.get(LIST))
    assert "2 look-alikes" in shown
    assert weightier.points > found.points
    assert shown.index(weightier.reference) < shown.index(found.reference)
    assert "Nia Llwyd" in shown and "No one yet" in shown

    assert weightier.reference not in (mine := text_of(browser.get(f"{LIST}?officer=mine&status=open&strong=on")))
    assert found.reference in mine
    assert found.reference in text_of(browser.get(f"{LIST}?q={found.other.legal_name}"))


def test_what_has_been_judged_leaves_what_is_to_be_judged_and_is_no_task_any_more() -> None:
    found = a_look_alike()
    browser = officer()
    assert found.reference in [row.task.reference for row in browser.get("/staff/").context["free"]]

    dismissed(found)

    assert found.reference not in [row.task.reference for row in browser.get("/staff/").context["free"]]
    assert found.reference not in text_of(browser.get(f"{LIST}?status=open"))
    assert found.reference in text_of(browser.get(LIST))


def test_of_the_list_one_with_a_conflict_of_interest_sees_only_the_others() -> None:
    found = a_look_alike()
    by = a_judge()
    conflicts.declare(by, organisation=found.other, because="My brother's.", since=NOW.date(), by=by, at=NOW)

    assert found.reference not in text_of(signed_in(by).get(LIST))
    assert signed_in(person("inspector")).get(LIST).status_code == 403


def test_a_longer_list_costs_no_more_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    a_look_alike()
    browser = officer()
    browser.get(LIST)
    with CaptureQueriesContext(connection) as with_one:
        browser.get(LIST)
    come_back("Hen Gapel Staff")
    assert LookAlike.objects.count() == 2

    with django_assert_num_queries(len(with_one)):
        browser.get(LIST)
