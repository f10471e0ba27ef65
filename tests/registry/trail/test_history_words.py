"""The history says which thing, what of it and by which day; and the trail is taken away as a table with links."""

import csv
from io import StringIO

import pytest
from django.conf import settings
from django.urls import reverse

from registry.trail.models.events import Event
from registry.trail.queries.history import who_did, words_of
from tests import stories
from tests.licensing.stories import a_check_answered, a_request
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def test_the_history_of_a_case_says_which_check_which_question_and_which_day() -> None:
    case = stories.an_application_being_assessed()
    check = case.checks.of_others()[0]
    a_check_answered(check, by=person("case_officer"))
    asked = a_request(case)

    page = signed_in(person("case_officer")).get(reverse("application", args=[case.reference])).content.decode()

    assert f"Reply to a check recorded: Check {check.reference}" in page
    assert f'href="{reverse("staff_check", args=[check.reference])}"' in page
    history = page[page.index("moj-timeline") :]
    assert check.subject in history
    assert "Send us your agreement with the farms.\nBy 16 November 2026" in history
    assert f"Request {asked.reference}" in history


def test_the_trail_says_moments_as_people_write_them_and_links_to_what_it_is_about() -> None:
    case = stories.an_application_being_assessed()
    event = a_request(case)
    page = signed_in(person("auditor")).get("/staff/trail/", {"reference": event.reference}).content.decode()
    assert "Due on: 16 November 2026" in page
    page = signed_in(person("auditor")).get("/staff/trail/", {"reference": case.reference}).content.decode()
    assert f'href="{reverse("application", args=[case.reference])}"' in page


def test_the_trail_is_taken_away_as_a_table_with_links_and_that_is_noted() -> None:
    case = stories.an_application_being_assessed()
    auditor = signed_in(person("auditor"))
    address = reverse("trail_csv")
    assert address in auditor.get("/staff/trail/").content.decode()

    sent = auditor.post(f"{address}?reference={case.reference}")

    rows = list(csv.DictReader(StringIO(b"".join(sent).decode("utf-8-sig"))))
    assert rows
    assert {row["Link"] for row in rows} == {settings.SITE_ADDRESS + reverse("application", args=[case.reference])}
    assert "Submitted" in {row["What was done"] for row in rows}
    assert all(row["When"].startswith("2026-11-02 ") for row in rows)
    assert Event.objects.get(verb="take_list").facts["list"] == "trail"
    assert signed_in(person("case_officer")).post(address).status_code == 403


@pytest.mark.parametrize(
    ("kind", "verb"),
    [
        *(("rows", verb) for verb in ("seal", "cover")),
        *(("rule", verb) for verb in ("begin", "go_on", "end")),
        ("user", "set_sign_in"),
    ],
)
def test_what_the_trail_writes_by_itself_has_words_and_is_of_the_service(kind: str, verb: str) -> None:
    assert words_of(kind, verb)
    assert who_did(Event(kind=kind, verb=verb)) == "The service, automatically"
