"""One box for all that the staff work on: whoever telephones has a number, or a name."""

import pytest
from django.apps import apps
from django.urls import resolve
from pytest_django import DjangoAssertNumQueries

from config.queries import finding, numbers
from licensing.applications.models import Application
from registry import reading
from registry.accounts.models import User
from registry.conflicts import actions as conflicts
from registry.letters.models import Letter
from tests import stories
from tests.compliance.safeguarding.world import a_referral
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.correspondence.world import a_file_entry
from tests.licensing.stories import a_grant_proposed, a_licence, a_request
from tests.people import person, signed_in
from tests.registry.stories import a_condition

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


def test_who_is_called_nearly_so_comes_before_who_only_shares_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "NAMED", 1)
    for name in ("Dovermoss Agri Staff Ltd", "Dovermoss Bulb Teams Ltd", "Dovermoss Poultry Catching Ltd"):
        stories.an_application_being_assessed(legal_name=name)

    found = signed_in(person("case_officer")).get("/staff/find/", {"q": "Dovermoss Poltry"}).context["found"]

    assert {kind.named[0].who for kind in found} == {"Dovermoss Poultry Catching Ltd"}


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


def led_to(user: User, typed: str) -> str:
    """Where the box leads with this in it; empty where it shows a list, or nothing."""
    return str(signed_in(user).get("/staff/find/", {"q": typed}).headers.get("Location", ""))


def test_every_number_on_a_letter_leads_to_its_page(case: Application) -> None:
    officer, condition, letter = person("case_officer"), a_condition(), Letter.objects.latest("pk")
    check, asked, entry = case.checks.all()[0], a_request(case), a_file_entry(case)

    assert led_to(officer, letter.number) == f"/staff/letters/{letter.number}/"
    assert led_to(officer, condition.reference) == f"/staff/licences/{condition.licence.number}/"
    assert led_to(officer, check.reference) == f"/staff/checks/{check.reference}/"
    assert led_to(officer, asked.reference) == f"/staff/applications/{case.reference}/"
    for typed in (entry.reference, entry.reference.lower().replace("-", " "), entry.reference.replace("-", "")):
        assert led_to(officer, typed) == f"/staff/correspondence/{entry.reference}/"


def test_no_number_leads_where_the_page_would_be_refused(case: Application) -> None:
    """Not even whether there is such a thing can be asked so: docs/rules.md."""
    referral, lead = a_referral(), person("safeguarding_lead")
    torn = person("case_officer")
    conflicts.declare(
        torn, organisation=case.organisation, because="My sister works there.", since=NOW.date(), by=torn, at=NOW
    )

    assert led_to(lead, referral.reference) == f"/staff/referrals/{referral.reference}/"
    for user, number in (
        (person("case_officer"), referral.reference),
        (lead, a_file_entry(case).reference),
        (torn, a_file_entry(case).reference),
        (torn, case.checks.all()[0].reference),
        (torn, a_request(case).reference),
    ):
        assert led_to(user, number) == ""


def test_every_page_of_a_thing_that_is_read_says_who_may_open_it() -> None:
    pages = [page for subject in reading.subjects() if (page := numbers._own_page(subject, "A-0000-0000"))]

    assert len(pages) > 30
    assert [page for page in pages if not resolve(page).func.needs] == []  # type: ignore[attr-defined]


def test_what_is_shown_with_another_thing_is_led_to_by_a_field_that_is_there() -> None:
    for label, leads_to in numbers.SHOWN_WITH.items():
        assert not apps.get_model(label)._default_manager.values_list("reference", leads_to)


def test_finding_costs_a_known_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    decision = a_grant_proposed()
    client = signed_in(person("decision_maker"))

    with django_assert_num_queries(42):
        client.get("/staff/find/", {"q": decision.organisation.legal_name})
