"""What the companies register says of an applicant: before the application is handed in, and to the case officer."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from licensing.application_form.rules import steps
from licensing.application_form.rules.registered import FROM_REGISTER
from licensing.applications.actions import applications
from licensing.applications.models import Application
from licensing.applications.queries import applications as applications_queries
from registry.companies.models import Company
from registry.errors import Reason, Refused
from tests.conftest import NOW
from tests.licensing.stories import a_licence
from tests.people import person, signed_in
from tests.stories import a_profile, an_application, an_application_answered, an_application_submitted, holder_of

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


# --- taking over what the register says ---


def a_company_begun() -> tuple[Client, Application, str]:
    """A draft in which only the legal form has been answered."""
    application = an_application()
    client = signed_in(holder_of(application.organisation))
    address = f"/apply/{application.reference}/steps/legal-status/legal_status/"
    page = client.get(address)
    sent = {"legal_status": "company", "opened": page.context["opened"], "seen": "legal_status"}
    return client, application, client.post(address, sent)["Location"]


def steps_of(application: Application) -> set[str]:
    """What the organisation is asked, on pages that are about no person."""
    filled = applications_queries.form_of(application, today=NOW.date())
    pages = [page for page in filled.pages() if not page.scope]
    return {question.key for page in pages for step in steps.steps(filled, page) for question in step.questions}


@pytest.mark.usefixtures("snapshot")
def test_what_the_register_says_is_used_at_once_and_not_asked() -> None:
    client, application, leads = a_company_begun()
    assert leads == f"/apply/{application.reference}/company-register/"

    found = client.get(leads, {"number": "445790"})
    assert "DYFFRYN LABOUR LIMITED" in found.content.decode()
    used = client.post(leads, {"number": "00445790", "opened": found.context["opened"]})

    assert used["Location"] == f"/apply/{application.reference}/steps/names/"
    said = applications_queries.form_of(application, today=NOW.date()).facts
    assert (said["legal_name"], said["company_number"]) == ("DYFFRYN LABOUR LIMITED", "00445790")
    assert (said["nation"], said["registered_on"]) == ("wales", "2011-03-14")
    assert said["former_names"] == ["BONT FIELD HANDS LTD"]
    assert not steps_of(application) & set(FROM_REGISTER)
    assert "trading_names" in steps_of(application), "what may be left out is still asked once"


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize(("number", "status"), [("445790", 302), ("\x00", 422)])
def test_a_number_that_is_sent_straight_is_read_as_the_form_reads_it(number: str, status: int) -> None:
    client, _application, leads = a_company_begun()

    assert client.post(leads, {"number": number, "opened": "0"}).status_code == status


@pytest.mark.usefixtures("snapshot")
def test_whoever_gives_the_number_of_a_licensed_company_is_told_to_ask_for_an_invitation() -> None:
    held = a_licence()
    client, _application, leads = a_company_begun()

    page = client.post(leads, {"number": "00445790", "opened": "0"})

    assert page.status_code == 422
    assert f"holds licence {held.number}. If you work for it" in page.content.decode()


def test_who_types_the_number_of_a_licensed_company_by_hand_is_told_so_and_may_go_on() -> None:
    held = a_licence()
    client, application = a_draft()
    here, number = f"/apply/{application.reference}/company/", held.organisation.company_number
    opened = client.get(here).context["opened"]

    saved = client.post(here, {"company_number": number, "registered_on_day": "", "opened": opened, "later": "1"})

    assert saved.status_code == 302
    assert application.answers.get(page="company").data["company_number"] == number
    assert f"holds licence {held.number}. If you work for it" in client.get(here).content.decode()


@pytest.mark.usefixtures("snapshot")
def test_whoever_goes_back_to_answering_by_hand_is_asked_with_the_answers_kept() -> None:
    client, application, leads = a_company_begun()
    client.post(leads, {"number": "00445790", "opened": "0"})
    assert f'{leads}?then=check-answers"' in check(client, application)

    client.post(leads, {"by_hand": "1"})

    assert steps_of(application) >= set(FROM_REGISTER)
    assert application.answers.get(page="names").data["legal_name"] == "DYFFRYN LABOUR LIMITED"


@pytest.mark.usefixtures("snapshot")
def test_another_number_by_hand_asks_again_what_the_first_company_had_answered() -> None:
    client, application, leads = a_company_begun()
    client.post(leads, {"number": "00445790", "opened": "0"})
    by = holder_of(application.organisation)

    applications.save_page(
        application, page="company", data={"company_number": "06000006"}, is_complete=True, by=by, at=NOW
    )

    assert {"legal_name", "address"} <= steps_of(application)


@pytest.mark.usefixtures("snapshot")
def test_whoever_is_no_company_after_all_is_asked_what_the_register_had_answered() -> None:
    client, application, leads = a_company_begun()
    client.post(leads, {"number": "00445790", "opened": "0"})
    by, page = holder_of(application.organisation), "legal-status"

    applications.save_page(
        application, page=page, data={"legal_status": "sole_trader"}, is_complete=True, by=by, at=NOW
    )

    assert {"legal_name", "address"} <= steps_of(application)
    assert leads not in check(client, application)


@pytest.mark.usefixtures("snapshot")
def test_a_company_that_is_gone_is_shown_and_offers_nothing_to_use() -> None:
    client, _application, leads = a_company_begun()
    Company.objects.filter(number="00445790").update(gone_since="2026-10-01")

    page = client.get(leads, {"number": "445790"})

    assert [reason.code for reason in page.context["blockers"]] == ["company_gone"]
    assert "Not available yet: Use this" in re.sub(r"<[^>]+>|\s+", " ", page.content.decode())


@pytest.mark.usefixtures("snapshot")
@pytest.mark.parametrize(
    ("number", "says"), [("06000006", "no company with this number"), ("x", "company number of 8")]
)
def test_a_number_that_is_not_found_leads_on_by_hand(number: str, says: str) -> None:
    client, application, leads = a_company_begun()

    page = client.get(leads, {"number": number}).content.decode()

    assert says in page and f'href="/apply/{application.reference}/steps/names/"' in page
    assert f'href="{leads}"' in client.get(f"/apply/{application.reference}/steps/names/names/").content.decode()
    client.post(leads, {"number": number, "opened": "0"})
    assert not application.answers.filter(page="names").exists()


@pytest.mark.usefixtures("snapshot")
def test_where_the_office_is_must_be_said_when_the_register_does_not() -> None:
    client, application, leads = a_company_begun()
    number = Company.objects.of_newest_edition().filter(address__country="", gone_since=None)[0].number

    assert client.post(leads, {"number": number, "opened": "0"}).status_code == 422
    client.post(leads, {"number": number, "nation": "england", "opened": "0"})

    assert application.answers.get(page="address").data["address"]["country"] == "england"


def test_without_a_snapshot_the_name_is_asked_next() -> None:
    assert a_company_begun()[2].endswith("/steps/names/")
