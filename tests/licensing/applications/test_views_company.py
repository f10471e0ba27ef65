"""What the companies register says of an applicant: before the application is handed in, and to the case officer."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from licensing.applications.actions import applications
from licensing.applications.models import Application
from registry.errors import Reason, Refused
from tests.conftest import NOW
from tests.people import person, signed_in
from tests.stories import a_profile, an_application_answered, an_application_submitted, holder_of

pytestmark = pytest.mark.django_db

SNAPSHOT = Path(__file__).parents[2] / "registry" / "management" / "BasicCompanyData-2026-11-01.csv"


@pytest.fixture
def snapshot() -> None:
    call_command("import_companies", str(SNAPSHOT), verbosity=0)


def a_draft(**facts: object) -> tuple[Client, Application]:
    application = an_application_answered(profile=a_profile(**facts))
    return signed_in(holder_of(application.organisation)), application


def check(client: Client, application: Application) -> str:
    return client.get(f"/apply/{application.reference}/check-answers/").content.decode()


def test_without_a_snapshot_the_page_says_so_and_goes_on() -> None:
    client, application = a_draft()

    assert "No snapshot of the companies register has been read here" in check(client, application)
    applications.submit(application, by=holder_of(application.organisation), at=NOW)


@pytest.mark.usefixtures("snapshot")
def test_what_differs_is_said_before_it_is_handed_in_and_keeps_nobody_from_it() -> None:
    client, application = a_draft()

    words = check(client, application)

    assert "DYFFRYN LABOUR LIMITED" in words
    assert "It was called “BONT FIELD HANDS LTD” before. You did not give that name." in words
    assert "As of 1 November 2026" in words
    applications.submit(application, by=holder_of(application.organisation), at=NOW)


@pytest.mark.usefixtures("snapshot")
def test_a_number_that_the_register_does_not_have_must_be_confirmed() -> None:
    client, application = a_draft(company_number="06000006")
    by = holder_of(application.organisation)

    with pytest.raises(Refused) as refused:
        applications.submit(application, by=by, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["company_not_found"]

    page = client.get(f"/apply/{application.reference}/company/")
    assert "I have checked the number 06000006 and it is right" in page.content.decode()
    kept = {"company_number": "06000006", "company_number_confirmed": "06000006", "opened": page.context["opened"]}
    client.post(f"/apply/{application.reference}/company/", kept)

    data = application.answers.get(page="company").data
    assert data["company_number_confirmed"] == "06000006"
    codes = {reason.code for reason in _refusals(application)}
    assert "company_not_found" not in codes


def _refusals(application: Application) -> tuple[Reason, ...]:
    try:
        applications.submit(application, by=holder_of(application.organisation), at=NOW)
    except Refused as refused:
        return refused.reasons
    return ()


@pytest.mark.usefixtures("snapshot")
def test_sole_traders_are_shown_nothing() -> None:
    client, application = a_draft(legal_status="sole_trader")

    assert "What the companies register says" not in check(client, application)


@pytest.mark.usefixtures("snapshot")
def test_the_case_officer_sees_the_same_with_the_day_of_the_edition() -> None:
    application = an_application_submitted()

    words = signed_in(person("case_officer")).get(f"/staff/applications/{application.reference}/").content.decode()

    assert "What the companies register says" in words
    assert "As of 1 November 2026" in words
