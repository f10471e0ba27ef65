"""One box for all that the staff work on: whoever telephones has a number, or a name."""

import pytest
from pytest_django import DjangoAssertNumQueries

from config.queries import finding
from licensing.applications.models import Application
from registry.conflicts import actions as conflicts
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed, a_licence
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Application:
    return stories.an_application_being_assessed()


def kinds_found(user: object, typed: str) -> dict[str, list[str]]:
    found = signed_in(user).get("/staff/find/", {"q": typed}).context["found"]  # type: ignore[arg-type]
    return {str(kind.title): [one.number for one in kind.named] for kind in found}


def test_a_name_finds_everything_that_hangs_on_it(case: Application) -> None:
    found = kinds_found(person("case_officer"), case.organisation.legal_name)

    assert found == {"Applications": [case.reference], "Organisations": [case.organisation.reference]}


def test_a_reference_leads_straight_to_its_page(case: Application) -> None:
    officer = signed_in(person("case_officer"))

    for typed in (case.reference, f" {case.reference.lower()} ", case.reference.replace("-", " ")):
        answer = officer.get("/staff/find/", {"q": typed})
        assert answer.headers["Location"] == f"/staff/applications/{case.reference}/"


def test_a_licence_number_leads_to_the_licence() -> None:
    licence = a_licence()

    answer = signed_in(person("case_officer")).get(
        "/staff/find/", {"q": f" {licence.number[:4].lower()} {licence.number[4:]}"}
    )

    assert answer.headers["Location"] == f"/staff/licences/{licence.number}/"


def test_of_many_the_first_are_named_and_the_list_has_all(case: Application, monkeypatch: pytest.MonkeyPatch) -> None:
    name = case.organisation.legal_name
    stories.an_application_being_assessed(legal_name=name)
    monkeypatch.setattr(finding, "NAMED", 1)
    officer = signed_in(person("case_officer"))

    _, found = officer.get("/staff/find/", {"q": name}).context["found"]
    whole = officer.get(found.href).context["page"]

    assert (len(found.named), found.has_more, len(whole.rows)) == (1, True, 2)


def test_nobody_finds_what_their_lists_do_not_show(case: Application) -> None:
    """docs/rules.md: who has a conflict of interest, and who has no business with it."""
    name = case.organisation.legal_name
    torn, inspector, other = person("case_officer"), person("inspector"), person("inspector")
    conflicts.declare(
        torn, organisation=case.organisation, because="My sister works there.", since=NOW.date(), by=torn, at=NOW
    )
    assert kinds_found(torn, name) == {}

    visit = an_inspection(inspector=inspector)
    assert kinds_found(inspector, visit.organisation.legal_name) == {"Inspections": [visit.reference]}
    assert kinds_found(other, visit.organisation.legal_name) == {}
    assert signed_in(other).get("/staff/find/", {"q": visit.reference}).status_code == 200  # no page to lead to


def test_what_cannot_be_found_is_said_and_kept() -> None:
    officer = signed_in(person("case_officer"))

    for nonsense in ("Nobody & Sons <b>", "x" * 5_000, "\0", "A-0000-0000"):
        page = officer.get("/staff/find/", {"q": nonsense})
        assert page.status_code == 200
        assert "Nothing that you may see is called that." in page.content.decode()

    assert (
        'value="Nobody &amp; Sons &lt;b&gt;"'
        in officer.get("/staff/find/", {"q": "Nobody & Sons <b>"}).content.decode()
    )
    assert "Nothing that you may see" not in officer.get("/staff/find/").content.decode()


def test_the_box_stands_where_there_is_something_to_look_for() -> None:
    assert 'role="search"' in signed_in(person("case_officer")).get("/staff/").content.decode()
    assert 'role="search"' not in signed_in(person("people_administrator")).get("/staff/").content.decode()


def test_finding_costs_a_known_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    decision = a_grant_proposed()
    client = signed_in(person("decision_maker"))

    with django_assert_num_queries(42):
        client.get("/staff/find/", {"q": decision.organisation.legal_name})
