"""Who read what: written down once in a while, each time where it is restricted, and never changed."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from licensing.applications.models import Application
from registry.accounts.actions import keys
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.reading.actions import ONCE_IN
from registry.reading.models import Consultation
from tests.compliance.intelligence.world import some_intelligence
from tests.compliance.safeguarding.world import a_referral
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_document, a_licence
from tests.people import person, signed_in
from tests.stories import an_application_being_assessed

pytestmark = pytest.mark.django_db

Told = tuple[str, str, str]


@pytest.fixture
def officer() -> User:
    return person("case_officer", name="Owen Pritchard")


def told() -> list[Told]:
    """Kind, reference and way of each reading, in order."""
    return list(Consultation.objects.order_by("pk").values_list("kind", "reference", "way"))


def page_of(case: Application) -> str:
    return f"/staff/applications/{case.reference}/"


def test_a_case_is_read_once_in_a_quarter_of_an_hour(officer: User, set_clock: SetClock) -> None:
    case, desk = an_application_being_assessed(), signed_in(officer)

    for _again in range(3):
        desk.get(page_of(case))
    set_clock(NOW + ONCE_IN + timedelta(seconds=1))
    desk.get(page_of(case))
    signed_in(person("manager")).get(page_of(case))

    assert told() == [("application", case.reference, "page")] * 3
    first = Consultation.objects.order_by("pk")[0]
    assert (first.by, first.roles, first.at, first.address) == (officer, "case_officer", NOW, page_of(case))


def test_a_document_is_read_in_its_case_and_a_preview_and_a_program_are_ways_too(officer: User) -> None:
    case, desk = an_application_being_assessed(), signed_in(officer)
    document = a_document(case)
    secret = keys.make(name="Nightly", scopes=["read"], days=30, by=officer, at=NOW).secret

    file: Any = desk.get(f"{page_of(case)}documents/{document.reference}/")
    assert b"".join(file.streaming_content)
    desk.get(f"/staff/applications/?beside={case.reference}")
    Client(headers={"Authorization": f"Bearer {secret}"}).get(f"/api/staff/v1/applications/{case.reference}")

    assert told() == [
        ("document", document.reference, "document"),
        ("application", case.reference, "preview"),
        ("application", case.reference, "api"),
    ]
    assert Consultation.objects.get(kind="document").within == case.reference


def test_what_is_refused_or_only_asks_why_is_no_reading() -> None:
    case, one = an_application_being_assessed(), some_intelligence()

    signed_in(person("inspector")).get(page_of(case))
    signed_in(person("case_officer")).get("/staff/applications/A-0000-0000/")
    signed_in(person("intelligence_analyst")).get(f"/staff/intelligence/{one.reference}/")

    assert [way for _kind, _reference, way in told() if way != "act"] == []


def test_what_is_restricted_is_written_down_each_time_and_named_in_lists() -> None:
    referral, lead = a_referral(), signed_in(person("safeguarding_lead"))
    before = len(told())

    for _twice in range(2):
        lead.get(f"/staff/referrals/{referral.reference}/")
        lead.get("/staff/referrals/")

    ways = [way for _kind, reference, way in told()[before:] if reference == referral.reference]
    assert ways == ["page", "list", "page"]


def test_a_download_names_each_row_that_is_restricted() -> None:
    pieces = {some_intelligence().reference for _twice in range(2)}
    handler = signed_in(person("intelligence_analyst"))

    handler.post("/staff/intelligence/list.csv")

    assert {reference for _kind, reference, way in told() if way == "export"} == pieces


def test_the_holder_who_reads_its_own_case_is_no_reader() -> None:
    case = an_application_being_assessed()
    holder = case.started_by
    assert holder

    assert signed_in(holder).get(f"/apply/{case.reference}/messages/").status_code == 200
    assert told() == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE registry_consultation SET way = 'list'",
        "DELETE FROM registry_consultation",
        "INSERT OR REPLACE INTO registry_consultation SELECT * FROM registry_consultation",
    ],
)
def test_nobody_changes_or_removes_a_reading_by_sql(officer: User, statement: str) -> None:
    if "REPLACE" in statement and connection.vendor != "sqlite":
        pytest.skip("SQLite alone knows it")
    signed_in(officer).get(page_of(an_application_being_assessed()))

    with pytest.raises(DatabaseError, match="who read what stays"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


# --- who may ask ---


def readers_told(who: User, reference: str) -> list[Any]:
    rows = signed_in(who).get("/staff/who-saw/", {"reference": reference}).context["page"].rows
    return [row.by for row in rows]


def test_a_manager_asks_of_what_they_may_see_and_an_auditor_of_everything(officer: User) -> None:
    case, manager = an_application_being_assessed(), person("manager")
    signed_in(officer).get(page_of(case))

    assert readers_told(manager, case.reference) == [officer]
    conflicts.declare(
        manager, organisation=case.organisation, because="My sister's firm.", since=NOW.date(), by=manager, at=NOW
    )
    assert readers_told(manager, case.reference) == []
    assert readers_told(person("auditor"), case.reference.lower()) == [officer]
    assert signed_in(manager).get("/staff/who-saw/").context["page"].rows == []


def test_who_reads_sources_and_intelligence_is_told_to_auditors_alone_and_of_referrals_to_the_lead() -> None:
    analyst, lead, manager = person("intelligence_analyst"), person("safeguarding_lead"), person("manager")
    one, referral = some_intelligence(by=analyst), a_referral()
    signed_in(analyst).post(f"/staff/intelligence/{one.reference}/", {"because": "To prepare the visit."})
    signed_in(lead).get(f"/staff/referrals/{referral.reference}/")

    assert set(readers_told(person("auditor"), one.reference)) == {analyst}
    assert readers_told(manager, one.reference) == readers_told(lead, one.reference) == []
    assert lead in readers_told(lead, referral.reference)
    assert readers_told(manager, referral.reference) == []
    assert signed_in(analyst).get("/staff/who-saw/").status_code == 403


def test_each_page_of_a_case_leads_to_its_readers_for_those_who_may_ask(officer: User) -> None:
    licence = a_licence()
    address = f"/staff/licences/{licence.number}/"
    link = f"/staff/who-saw/?reference={licence.number}"

    assert link in signed_in(person("manager")).get(address).content.decode()
    assert link not in signed_in(officer).get(address).content.decode()


def test_the_list_is_a_file_too(officer: User) -> None:
    case = an_application_being_assessed()
    signed_in(officer).get(page_of(case))

    answer: Any = signed_in(person("auditor")).post(f"/staff/who-saw/list.csv?reference={case.reference}")
    lines = b"".join(answer.streaming_content).decode().splitlines()

    assert len(lines) == 2
    assert all(said in lines[1] for said in ("Owen Pritchard", officer.reference, "Case officer", page_of(case)))
