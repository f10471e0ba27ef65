"""The trail and its verification, as the auditor sees them."""

import csv
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from registry import filtersets as base
from registry import jobs
from registry.trail.actions import events as trail
from registry.trail.actions import verifications
from registry.trail.models.events import Event
from registry.trail.models.verifications import TrailVerification
from registry.trail.queries import chain
from tests import database
from tests.compliance.reports.world import a_report
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, an_application_checked
from tests.people import person, signed_in
from tests.registry.stories import a_licence, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor() -> Client:
    return signed_in(person("auditor"))


def numbers(client: Client, **query: str) -> list[int]:
    return [event.number for event in client.get("/staff/trail/", query).context["page"].rows]


@pytest.mark.parametrize("day", ["9999-12-31", "1/1/0001", "1/1/2200"])
def test_a_day_that_cannot_be_meant_is_refused_beside_its_field(auditor: Client, day: str) -> None:
    page = auditor.get("/staff/trail/", {"until": day})

    assert page.status_code == 422
    assert "Enter a year from 1900 to 2199." in page.content.decode()


def test_the_trail_says_who_did_what_newest_first(auditor: Client) -> None:
    licence = a_licence(by=person("decision_maker", name="Delyth Decides"))

    page = auditor.get("/staff/trail/")

    assert page.status_code == 200
    words = page.content.decode()
    assert licence.number in words
    assert "Delyth Decides" in words
    shown = [event.number for event in page.context["page"].rows]
    assert shown == sorted(shown, reverse=True)


def test_what_no_person_did_is_said_to_be_of_the_service_or_of_a_visitor(auditor: Client) -> None:
    """The record must not say that "the public" asked another authority or sealed a file."""
    a_report()
    an_application_checked()
    ours = Event.objects.filter(by="").exclude(kind="report")
    assert ours.exists()

    page = auditor.get("/staff/trail/").content.decode()

    assert "The service, automatically" in page and "The public" not in page
    sent = b"".join(auditor.post(reverse("trail_csv"))).decode("utf-8-sig")
    rows = list(csv.DictReader(StringIO(sent)))
    who = {(row["To what kind of thing"], row["What was done"], row["Who"]) for row in rows if not row["Person"]}
    assert {name for kind, _verb, name in who if kind.lower() == "report"} == {"A visitor"}
    assert {name for kind, _verb, name in who if kind.lower() != "report"} == {"The service, automatically"}


def test_the_trail_says_nothing_of_what_there_was_not(auditor: Client) -> None:
    decision = a_grant_proposed()
    proposed = Event.objects.get(verb="propose", reference=decision.reference)
    assert proposed.facts["points"] is None

    page = auditor.get("/staff/trail/", {"reference": decision.reference}).content.decode()

    assert "Decision: grant" in page and "None" not in page


def test_the_trail_is_filtered_by_verb_kind_reference_person_and_day(auditor: Client) -> None:
    opener = person("applicant", name="Owen Opens")
    organisation = an_organisation("Meadow Hands Ltd", by=opener)
    licence = a_licence(by=person("decision_maker", name="Delyth Decides"), at=NOW + timedelta(days=2))

    def found(**query: str) -> set[tuple[str, str]]:
        events = auditor.get("/staff/trail/", query).context["page"].rows
        return {(event.verb, event.reference) for event in events}

    assert ("open_file", organisation.reference) in found(verb="open file")
    assert {verb for verb, _reference in found(verb="Open_file")} == {"open_file"}
    assert {reference for _verb, reference in found(kind="licence")} == {licence.number}
    assert {reference for _verb, reference in found(reference=organisation.reference.lower())} == {
        organisation.reference
    }
    assert {reference for _verb, reference in found(by="owen")} == {organisation.reference}
    assert found(by=opener.reference) == found(by="owen")
    assert licence.number not in {reference for _verb, reference in found(until="2/11/2026")}
    assert licence.number in {reference for _verb, reference in found(since="4 November 2026")}
    assert organisation.reference not in {reference for _verb, reference in found(since="2026-11-03")}


def test_a_day_that_is_none_is_said_and_nothing_is_found(auditor: Client) -> None:
    an_organisation()

    page = auditor.get("/staff/trail/", {"since": "31/2/2026", "verb": "open_file"})

    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert 'value="31/2/2026"' in page.content.decode()
    assert page.context["page"].rows == []


def test_the_trail_is_read_page_by_page_both_ways(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(base, "SIZE", 3)
    monkeypatch.setattr(base, "COUNTED", 3)
    organisation = an_organisation()
    for _ in range(7):
        trail.record(organisation, "test", by=None, at=NOW)
    every = list(Event.objects.filter(verb="test").order_by("-number").values_list("number", flat=True))

    first = auditor.get("/staff/trail/", {"verb": "test"}).context["page"]
    second = auditor.get("/staff/trail/", {"verb": "test", "page": first.following}).context["page"]
    third = auditor.get("/staff/trail/", {"verb": "test", "page": second.following}).context["page"]

    assert [e.number for e in (*first.rows, *second.rows, *third.rows)] == every
    assert (first.previous, third.following) == ("", "")
    assert numbers(auditor, verb="test", page=third.previous) == every[3:6]
    assert numbers(auditor, verb="test", page=second.previous) == every[:3]


def test_the_trail_costs_the_same_however_long_it_is(
    auditor: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    organisation = an_organisation()
    for _ in range(120):
        trail.record(organisation, "test", by=None, at=NOW)

    # session, user, groups, two kinds of permissions, count, order, events, own views; and two to write down who read them
    with django_assert_num_queries(11):
        auditor.get("/staff/trail/")


@pytest.mark.parametrize("role", ["case_officer", "manager", "people_administrator", "decision_maker", "applicant"])
def test_the_trail_is_for_the_auditor_alone(role: str) -> None:
    client = signed_in(person(role))

    for address in ("/staff/trail/", "/staff/trail/verify/"):
        assert client.get(address).status_code == 403
        assert client.post(address).status_code in {403, 405}


def verified(auditor: Client, **typed: Any) -> Any:
    """Asked for on the page, done by the worker, and read on the page."""
    assert auditor.post("/staff/trail/verify/", typed).status_code == 302
    assert "Waiting to be verified" in auditor.get("/staff/trail/verify/").content.decode()
    assert jobs.verify_asked(at=NOW) == 1
    return auditor.get("/staff/trail/verify/")


def test_verifying_a_whole_history_says_so_with_its_head(auditor: Client) -> None:
    a_licence()

    page = verified(auditor).content.decode()

    digest = TrailVerification.objects.get().head_hash
    assert Event.objects.filter(hash=digest).exists()
    assert "No fault was found: everything is as it was written." in page
    assert digest in page


def test_the_page_itself_verifies_nothing(auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two verifications on the page stopped the public look-up for 23 seconds."""
    monkeypatch.setattr(
        verifications, "verify_history", lambda *_given: pytest.fail("a page has read the whole history")
    )

    assert "The trail has not been verified yet." in auditor.get("/staff/trail/verify/").content.decode()
    for _ in range(2):
        auditor.post("/staff/trail/verify/")

    assert TrailVerification.objects.count() == 1


def test_verifying_names_an_event_that_was_changed(auditor: Client) -> None:
    a_licence()
    changed = Event.objects.get(verb="issue").number
    rewrite("UPDATE registry_event SET because = 'nothing to see' WHERE number = %s", changed)

    page = verified(auditor).content.decode()

    assert "1 fault was found" in page
    assert f"{changed}: its content is not what was written" in page


def test_verifying_names_an_entry_that_was_changed(auditor: Client) -> None:
    a_licence()
    rewrite("UPDATE registry_entry SET name = 'Somebody Else Ltd' WHERE entry_number = %s", 1)

    assert "Register, entry 1: " in verified(auditor).content.decode()


def test_a_printed_head_tells_a_trail_rewritten_from_end_to_end(auditor: Client) -> None:
    an_organisation()
    number, digest = chain.head()

    assert "No fault was found" in verified(auditor, number=number, hash=f" {digest.upper()} ").content.decode()
    page = verified(auditor, number=number, hash="0" * 64).content.decode()

    assert f"Trail, event {number}: is not the one that was printed" in page


def test_the_trail_is_verified_once_a_day_and_a_fault_is_an_error_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    a_licence()
    assert [jobs.verify_trail(at=NOW + timedelta(hours=hours)) for hours in (0, 1, 23, 25)] == [1, 0, 0, 1]
    assert not caplog.records

    rewrite("UPDATE registry_entry SET name = 'Somebody Else Ltd' WHERE entry_number = %s", 1)
    jobs.verify_trail(at=NOW + timedelta(hours=50))

    assert "The trail does not hold" in caplog.text


def test_a_verification_that_a_killed_worker_left_is_begun_again(auditor: Client) -> None:
    auditor.post("/staff/trail/verify/")
    assert jobs._claim_verification(at=NOW) is not None

    assert jobs.verify_asked(at=NOW + timedelta(hours=1)) == 0
    assert "Being verified." in auditor.get("/staff/trail/verify/").content.decode()
    assert jobs.verify_asked(at=NOW + timedelta(hours=3)) == 1


@pytest.mark.parametrize(
    "typed", [{"number": "3"}, {"hash": "a" * 64}, {"number": "3", "hash": "xyz"}, {"number": "0"}]
)
def test_half_a_head_is_said_and_kept(auditor: Client, typed: dict[str, str]) -> None:
    page = auditor.post("/staff/trail/verify/", typed)

    assert page.status_code == 422
    assert "There is a problem" in page.content.decode()
    assert all(f'value="{value}"' in page.content.decode() for value in typed.values())


def rewrite(sql: str, *values: int) -> None:
    """What somebody with the keys of the database could do."""
    with database.triggers_away(), connection.cursor() as cursor:
        cursor.execute(sql, values)
