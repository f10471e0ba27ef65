"""Who has access, as the administrator of people sees and changes it."""

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return person("people_administrator", name="Ada Admin")


@pytest.fixture
def client(administrator: User) -> Client:
    return signed_in(administrator)


def found(client: Client, **query: str) -> list[str]:
    return [one.name for one in client.get("/staff/people/", query).context["page"].rows]


def test_people_are_found_by_name_role_and_access(client: Client) -> None:
    person("case_officer", name="Olive Officer", email="olive@people.example")
    gone = person("auditor", name="Gwen Gone")
    client.post(f"/staff/people/{gone.reference}/off-board/", {"because": "Left the authority."})

    assert found(client) == ["Ada Admin", "Gwen Gone", "Olive Officer"]
    assert found(client, q="OLIVE@") == ["Olive Officer"]
    assert found(client, role="case_officer") == ["Olive Officer"]
    assert found(client, access="gone") == ["Gwen Gone"]
    assert found(client, access="now") == ["Ada Admin", "Olive Officer"]
    person("applicant", name="Hal Holder")
    assert found(client, works="yes") == ["Ada Admin", "Olive Officer"]
    assert found(client, works="no") == ["Gwen Gone", "Hal Holder"]
    assert client.get("/staff/people/", {"role": "king"}).status_code == 422
    assert client.get("/staff/people/", {"works": "perhaps"}).status_code == 422


def test_a_list_of_people_costs_a_known_number_of_queries(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(30):
        person("case_officer")

    # session, user, groups, two kinds of permissions, count, page, their groups
    with django_assert_num_queries(9):
        client.get("/staff/people/")


def test_jobs_of_the_system_are_not_people(client: Client) -> None:
    job = person("system", name="Nightly", is_system=True)

    assert found(client) == ["Ada Admin"]
    assert client.get(f"/staff/people/{job.reference}/").status_code == 404
    assert client.post(f"/staff/people/{job.reference}/off-board/", {"because": "No more."}).status_code == 404


def test_inviting_by_the_page(client: Client) -> None:
    answer = client.post(
        "/staff/people/invite/",
        {"name": "Nia New", "email": "nia@people.example", "roles": ["inspector", "case_officer"]},
    )

    invited = User.objects.get(email="nia@people.example")
    assert answer.headers["Location"] == f"/staff/people/{invited.reference}/"
    assert invited.roles == {"inspector", "case_officer"}
    assert client.get(answer.headers["Location"]).status_code == 200


def test_everything_wrong_with_an_invitation_is_said_at_once_and_kept(client: Client) -> None:
    person("auditor", email="known@people.example")

    page = client.post("/staff/people/invite/", {"name": "Nia", "email": "known@people.example"})

    words = page.content.decode()
    assert page.status_code == 422
    assert "Someone with this email address has access already" in words
    assert "Choose at least one role" in words
    assert 'value="known@people.example"' in words
    assert "<title>Error: " in words


def test_bad_input_to_an_invitation_is_said(client: Client) -> None:
    for typed in (
        {},
        {"name": "", "email": "nobody"},
        {"name": "x" * 500, "email": "a@b.example", "roles": ["system"]},
    ):
        page = client.post("/staff/people/invite/", typed)
        assert page.status_code == 422, typed
        assert "There is a problem" in page.content.decode()
    assert User.objects.count() == 1


def test_changing_roles_by_the_page_begins_with_the_present_ones(client: Client) -> None:
    officer = person("case_officer")
    page = client.get(f"/staff/people/{officer.reference}/change-roles/")
    assert page.context["form"]["roles"].value() == ["case_officer"]

    client.post(f"/staff/people/{officer.reference}/change-roles/", {"roles": ["auditor"]})

    assert User.objects.get(pk=officer.pk).roles == {"auditor"}


@pytest.mark.parametrize("verb", ["reset_second_factor", "off_board"])
def test_a_reason_is_asked_for_and_kept_on_the_trail(client: Client, verb: str) -> None:
    officer = person("applicant")  # a factor of staff takes two: test_access.py
    address = f"/staff/people/{officer.reference}/{verb.replace('_', '-')}/"

    refused = client.post(address, {"because": "short"})
    assert refused.status_code == 422
    assert "Say the reason in 10 characters or more." in refused.content.decode()
    assert not Event.objects.filter(verb=verb).exists()

    client.post(address, {"because": "She rang, and I know her voice."})
    assert Event.objects.get(verb=verb).because == "She rang, and I know her voice."


def test_the_page_says_why_one_cannot_change_oneself(client: Client, administrator: User) -> None:
    page = client.get(f"/staff/people/{administrator.reference}/")

    assert "You cannot change your own access" in page.content.decode()
    assert f"/staff/people/{administrator.reference}/off-board/" not in page.content.decode()

    tried = client.post(f"/staff/people/{administrator.reference}/off-board/", {"because": "To see what happens."})
    assert tried.status_code == 422
    assert "You cannot change your own access" in tried.content.decode()


def test_the_administrator_of_people_sees_no_cases(client: Client) -> None:
    for address in ("/staff/organisations/", "/staff/trail/"):
        assert client.get(address).status_code == 403


@pytest.mark.parametrize("role", ["auditor", "manager", "case_officer", "decision_maker", "applicant"])
def test_nobody_else_sees_or_changes_people(role: str) -> None:
    officer = person("case_officer")
    stranger = signed_in(person(role))

    for address in ("", "invite/", f"{officer.reference}/", f"{officer.reference}/change-roles/"):
        assert stranger.get(f"/staff/people/{address}").status_code == 403
    for address in ("invite/", f"{officer.reference}/change-roles/", f"{officer.reference}/off-board/"):
        assert stranger.post(f"/staff/people/{address}", {"roles": ["auditor"]}).status_code == 403
    assert User.objects.get(pk=officer.pk).roles == {"case_officer"}
