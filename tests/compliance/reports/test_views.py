"""Reports on the pages of those who handle them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from compliance.reports.actions import reports
from compliance.reports.models.reports import Report
from registry import uploads as files
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.compliance.reports.world import a_report, a_report_begun, a_report_done
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.public_lookup.stories import a_holder
from tests.registry.uploads.test_files import with_gps

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    return person("intelligence_analyst", name="Non Hughes")


@pytest.fixture
def client(analyst: User) -> Client:
    return signed_in(analyst)


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def listed(client: Client, query: str = "") -> list[str]:
    return [report.reference for report in client.get(f"/staff/reports/{query}").context["page"].rows]


def opened(client: Client, report: Report) -> str:
    """The page of a report, for whoever has said why they read it."""
    client.post(f"/staff/reports/{report.reference}/", {"because": "To decide what becomes of it."})
    return text_of(client.get(f"/staff/reports/{report.reference}/"))


def test_the_list_has_danger_first_then_what_is_due_first_and_what_is_done_last(client: Client, analyst: User) -> None:
    done = a_report_done(by=analyst, danger="yes")
    later = a_report(danger="no", at=NOW + timedelta(hours=1))
    calm = a_report(danger="no")
    unsure = a_report(danger="not_sure")
    danger = a_report(danger="yes")

    assert listed(client) == [one.reference for one in (danger, unsure, calm, later, done)]


def test_the_list_is_narrowed_by_what_one_asks(client: Client, analyst: User) -> None:
    pay, force = a_report(kinds=["pay"], about_name="Aled Crew", danger="no"), a_report(kinds=["force", "papers"])
    begun = a_report_begun(by=analyst, kinds=["other"])

    assert listed(client, "?kind=pay") == [pay.reference]
    assert listed(client, "?kind=papers") == [force.reference]
    assert listed(client, "?q=aled") == [pay.reference]
    assert listed(client, f"?q={force.reference}") == [force.reference]
    assert listed(client, "?danger=no") == [pay.reference]
    assert listed(client, "?status=being_looked_at") == [begun.reference]
    assert set(listed(client, "?mine=on")) == {pay.reference, force.reference}
    assert client.get("/staff/reports/?kind=splendid").status_code == 422


def test_the_list_costs_the_same_however_long(
    client: Client, analyst: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    a_report_begun(by=analyst)
    with django_assert_num_queries(13):
        client.get("/staff/reports/")
    for _more in range(4):
        a_report_begun(by=analyst)

    with django_assert_num_queries(13):
        client.get("/staff/reports/")


def test_a_report_shows_what_was_told_and_not_who_told_it(client: Client) -> None:
    licence = a_holder("Harvest Hands Ltd")
    report = a_report(contact="direct", about_number=licence.number, language="cy")

    page = opened(client, report)

    for said in (
        "They keep our passports",
        "Packhouse near Cardigan",
        "the reporter reads Welsh",
        "food and agriculture",
    ):
        assert said in page
    assert "900123" not in page
    assert "Reach the reporter" in page


def test_photographs_are_handed_out_as_files_only(client: Client) -> None:
    photo = files.photo(with_gps())
    report = a_report(photos=[photo])

    page = opened(client, report)
    response = client.get(f"/staff/reports/{report.reference}/photos/1/")

    assert "<img" not in page.split("<main")[1]
    assert photo.digest in page
    assert response.content == photo.content
    assert response.headers["Content-Disposition"] == f'attachment; filename="{report.reference}-1.jpg"'
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in response.headers["Cache-Control"]
    assert client.get(f"/staff/reports/{report.reference}/photos/2/").status_code == 404


def test_a_report_is_begun_asked_about_and_closed(client: Client, analyst: User) -> None:
    report = a_report()
    address = f"/staff/reports/{report.reference}"

    opened(client, report)
    decided = {"decision": "intelligence", "because": "To be looked at together.", "priority": "harm"}

    for verb, typed in (
        ("begin", {}),
        ("ask", {"text": "When?"}),
        ("decide", decided),
        ("close", {"ending": "own", "outcome": "We have visited."}),
    ):
        assert client.post(f"{address}/{verb}/", typed).url == f"{address}/"  # type: ignore[attr-defined]

    report.refresh_from_db()
    assert (report.status, report.outcome, report.begun_by) == ("done", "We have visited.", analyst)
    assert [message.text for message in report.messages.all()] == ["When?"]
    assert client.post(f"{address}/reopen/", {"because": "More came."}).status_code == 302


@pytest.mark.parametrize(
    ("verb", "says"),
    [
        ("ask", "Write what you want to ask or say."),
        ("close", "Choose the outcome."),
        ("reopen", "Enter the reason."),
        ("reach", "Say the reason in 10 characters or more."),
    ],
)
def test_nothing_is_done_without_words(client: Client, analyst: User, verb: str, says: str) -> None:
    report = a_report_begun(by=analyst, contact="direct")
    before = Event.objects.count()

    page = client.post(f"/staff/reports/{report.reference}/{verb}/", {})

    assert page.status_code == 422
    assert says in text_of(page)
    assert Event.objects.count() == before


def test_what_is_not_possible_now_says_why(client: Client) -> None:
    report = a_report(contact="none")

    assert "there is no mailbox to write to" in text_of(client.get(f"/staff/reports/{report.reference}/ask/"))
    assert "not possible now" in text_of(client.get(f"/staff/reports/{report.reference}/close/"))
    assert (
        client.post(f"/staff/reports/{report.reference}/close/", {"ending": "own", "outcome": "Done."}).status_code
        == 422
    )
    assert Report.objects.get().status == "received"


def test_details_are_shown_once_the_reason_is_given(client: Client, analyst: User) -> None:
    report = a_report(contact="direct")

    page = client.post(f"/staff/reports/{report.reference}/reach/", {"because": "To agree on a safe place."})

    assert "07700 900123" in text_of(page)
    assert "no-store" in page.headers["Cache-Control"]
    assert Event.objects.get(verb="reach").by == analyst.reference
    assert "07700 900123" not in text_of(client.get(f"/staff/reports/{report.reference}/reach/"))


def test_reports_are_in_the_menu_and_among_the_tasks_of_who_handles_them(client: Client, analyst: User) -> None:
    a_report()
    answered = a_report_done(by=analyst)
    reports.reply(answered, once="x", text="It goes on.", by=None, at=NOW)

    assert {row.task.reference for row in client.get("/staff/").context["free"]} >= {answered.reference}
    door = 'href="/staff/reports/"'
    assert door in text_of(client.get("/staff/"))
    assert door not in text_of(signed_in(person("inspector")).get("/staff/"))


def test_a_word_is_found_wherever_it_stands_and_only_reports_that_have_every_word() -> None:
    client = signed_in(person("intelligence_analyst"))
    one = a_report(text="The foreman keeps our passports in a drawer.", about_number="ABCD 0001")
    other = a_report(text="The foreman shouts.")

    assert set(listed(client, "?q=foreman")) == {one.reference, other.reference}
    assert listed(client, "?q=PASSPORTS+foreman") == [one.reference]
    assert listed(client, "?q=abcd0001") == [one.reference]
    assert listed(client, f"?q={other.reference.lower()}") == [other.reference]
    assert listed(client, "?q=passports+shouts") == listed(client, "?q=%2D%2D") == []


def test_a_word_that_many_reports_have_is_found_as_well(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("compliance.reports.filters.reports.FEW", 1)
    client = signed_in(person("intelligence_analyst"))
    told = [a_report(text=f"The foreman shouts at {name}.") for name in ("Ana", "Bo", "Cai")]

    assert set(listed(client, "?q=foreman")) == {one.reference for one in told}
    assert listed(client, "?q=foreman+cai") == [told[2].reference]
