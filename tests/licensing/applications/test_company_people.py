"""Officers and owners of a company are offered with one press, from the newest list or from the companies register itself."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from config.demo import companies as sample
from config.demo.answers import ADDRESS
from licensing.application_form.rules.registered import register_people
from licensing.applications.models import Application
from licensing.applications.queries import applications as queries
from registry import company_service
from registry.companies.models import CompanyPerson
from registry.imports.models import Import
from script.stand_ins import companies_register
from tests.conftest import NOW
from tests.people import signed_in
from tests.stories import an_application, holder_of

pytestmark = pytest.mark.django_db

NUMBER, OWNER, OTHER = "95000001", "Megan Ruth Hollinwell", "Tomos Brackenridge"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The two files of the demonstration: a snapshot and the people."""
    firms = [sample.CompanyStatement(number, name, (), ADDRESS, "") for number, name, _differs in sample.TO_TRY]
    sample.write(tmp_path / "BasicCompanyDataAsOneFile-2026-11-01.csv", firms)
    sample.write_people(tmp_path / "people-2026-11-01.csv")
    return tmp_path


@pytest.fixture
def register(folder: Path, settings: Settings) -> Iterator[dict[str, Any]]:
    """The stand-in at work; what it keeps says how often it was asked."""
    server = companies_register.serve(port=0, key="key", folder=folder)
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.COMPANIES_URL, settings.COMPANIES_KEY = f"http://127.0.0.1:{server.server_address[1]}", "key"
    state: dict[str, Any] = server.RequestHandlerClass.state  # type: ignore[attr-defined]
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def import_files(folder: Path) -> None:
    (snapshot,) = folder.glob("Basic*.csv")
    call_command("import_companies", str(snapshot), licence="Made up", verbosity=0)
    call_command(
        "import_company_people",
        str(folder / "people-2026-11-01.csv"),
        edition=NOW.date(),
        licence="Made up",
        verbosity=0,
    )


def a_company() -> tuple[Client, Application, str]:
    application = an_application()
    client = signed_in(holder_of(application.organisation))
    here = f"/apply/{application.reference}"
    client.post(f"{here}/legal-status/", {"legal_status": "company"})
    return client, application, here


def named(application: Application) -> dict[str, list[str]]:
    """On each list of people, who is on it."""
    filled = queries.form_of(application, today=NOW.date())
    found: dict[str, list[str]] = {}
    for page, item in filled.listed("person"):
        found.setdefault(page.slug, []).append(filled.title_of(page, item))
    return found


def use(client: Client, here: str, **more: str) -> None:
    opened = client.get(f"{here}/company-register/?number={NUMBER}")
    sent = {"number": NUMBER, "opened": str(opened.context["opened"]), **more}
    assert client.post(f"{here}/company-register/?number={NUMBER}", sent).status_code == 302


def test_the_list_of_people_takes_the_place_of_the_one_before(folder: Path) -> None:
    import_files(folder)
    import_files(folder)

    under = Import.objects.get(source=CompanyPerson.SOURCE)
    assert (under.read, under.added, under.unchanged, under.refused) == (6, 4, 2, 0)
    newer = folder / "people-2026-12-01.csv"
    newer.write_text("company_number,role,name,appointed_on,resigned_on\n95000001,director,NEWLING, Ann,,\n")
    call_command("import_company_people", str(newer), edition=NOW.date(), licence="Made up", verbosity=0)
    assert set(CompanyPerson.objects.values_list("edition__file", flat=True)) == {newer.name}


def test_officers_and_owners_are_added_with_one_press_each_and_once_in_all_roles(folder: Path) -> None:
    import_files(folder)
    client, application, here = a_company()
    use(client, here)

    page = client.get(f"{here}/parts/").content.decode()
    assert OWNER in page and OTHER in page and "From the companies register" in page
    assert "Fenwardine" not in page and "Quillham" not in page  # who has left, and a company
    filled = queries.form_of(application, today=NOW.date())
    owner, other = register_people(filled)

    client.post(f"{here}/parts/register/", {"person": owner.key, "is_principal": "on"})
    client.post(f"{here}/parts/register/", {"person": other.key})
    client.post(f"{here}/parts/register/", {"person": other.key})  # twice is once

    assert named(application) == {"controllers": [OWNER], "directors": [OWNER, OTHER]}
    filled = queries.form_of(application, today=NOW.date())
    assert filled.person("principal_authority")["full_name"] == OWNER
    assert not list(register_people(filled))
    # The owner is one person in three roles: two of them say where she is named.
    assert application.answers.filter(data__same_person="principal-authority").count() == 2
    assert "From the companies register" not in client.get(f"{here}/parts/").content.decode()


@pytest.mark.usefixtures("register")
def test_the_register_itself_is_asked_where_no_snapshot_is() -> None:
    client, application, here = a_company()
    use(client, here)

    filled = queries.form_of(application, today=NOW.date())
    assert (filled.facts["company_number"], filled.facts["legal_name"]) == (NUMBER, "ALDERMOSS HARVEST HANDS LIMITED")
    assert [one.name for one in register_people(filled)] == [OWNER, OTHER]
    assert "95000009" not in filled.facts.values()
    assert "has no company with this number" in client.get(f"{here}/company-register/?number=95000009").content.decode()


def test_a_register_that_does_not_answer_keeps_no_one_from_going_on(register: dict[str, Any], folder: Path) -> None:
    client, application, here = a_company()
    register["silent"] = True

    page = client.get(f"{here}/company-register/?number={NUMBER}").content.decode()

    assert "We cannot ask the companies register now." in page and "Answer by hand" in page
    assert "has no company with this number" not in page
    # A snapshot that is there answers in its place.
    import_files(folder)
    use(client, here)
    assert queries.form_of(application, today=NOW.date()).facts["company_number"] == NUMBER


def test_it_waits_no_longer_than_its_time(settings: Settings) -> None:
    settings.COMPANIES_URL, settings.COMPANIES_KEY = "http://127.0.0.1:9", "key"

    with pytest.raises(company_service.RegisterSilent):
        company_service.ask(NUMBER, today=NOW.date())


def test_anyone_else_is_added_by_name_and_role_and_a_name_that_is_there_is_the_same_person() -> None:
    client, application, here = a_company()

    first = client.post(f"{here}/parts/", {"name": "Rhian Puw", "page": "directors"})
    second = client.post(f"{here}/parts/", {"name": "rhian puw", "page": "controllers", "send": "1"})
    again = client.post(f"{here}/parts/", {"name": "Rhian Puw", "page": "directors"})
    wrong = client.post(f"{here}/parts/", {"name": ""})

    assert "/steps/directors/" in first["Location"] and "/parts/send/controllers/" in second["Location"]
    assert named(application) == {"directors": ["Rhian Puw"], "controllers": ["Rhian Puw"]}
    assert again.status_code == 422 and "Rhian Puw has this role already." in again.content.decode()
    assert wrong.status_code == 422 and "Choose the role of the person." in wrong.content.decode()
