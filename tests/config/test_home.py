"""Where people start after signing in, and what waits for them there."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from config.queries.menu import OpenEntry
from registry.accounts.actions import accounts
from registry.roles import ROLES
from tests import stories
from tests.compliance.stories import an_inspection
from tests.conftest import NOW
from tests.licensing.stories import a_grant_proposed
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

# Said by hand: what each role finds on its home page, group by group.
CASES = ["Applications", "Checks", "Possible phoenix businesses"]
LICENCES = [
    "Decisions",
    "Outcomes of inspections",
    "Appeals",
    "Transfers",
    "Conditions",
    "Changes",
    "Dates due",
    "Licences",
    "Organisations",
]
VISITS = ["Inspections", "Follow-up actions", "Money recovered for workers"]
ENFORCEMENT = ["Supply without a licence", "Undertakings and orders", "Notices of underpayment"]
DANGER = ["Someone is in danger", "Referrals"]
PLACES = ["Premises", "Conflicts of interest"]
SCHEME = ["Scheme packs", "Bank holidays", *PLACES]
DOORS = {
    "case_officer": [
        [*CASES, "Messages", "Paper applications", "Bank statements"],
        LICENCES,
        VISITS,
        ["Record a report", "Reports handed over"],
        ["Messages that could not be delivered", "Letters to post", "Letter templates"],
        SCHEME,
    ],
    "decision_maker": [CASES, LICENCES, VISITS, ENFORCEMENT, ["Letter templates"], SCHEME],
    "manager": [
        [*CASES, "Messages"],
        LICENCES,
        [*VISITS, "Choosing visits"],
        ["Record a report", "Reports handed over", "Report deadlines"],
        ENFORCEMENT,
        ["Letter templates"],
        ["Figures", "Public statistics"],
        SCHEME,
    ],
    "auditor": [
        CASES,
        LICENCES,
        [*VISITS, "Choosing visits"],
        ["Report deadlines"],
        ENFORCEMENT,
        ["Letter templates"],
        ["Figures", "Public statistics", "Trail", "Who saw this?"],
        SCHEME,
    ],
    "inspector": [DANGER, VISITS[:2], ["Record a report"], ENFORCEMENT, PLACES],
    "quality_reviewer": [["Organisations"], VISITS, PLACES],
    "intelligence_analyst": [
        DANGER,
        ["Dates due", "Licences", "Organisations"],
        [*VISITS, "Choosing visits"],
        ["Record a report", "Reports", "Reports handed over", "Intelligence"],
        ENFORCEMENT,
        ["Public statistics"],
        PLACES,
    ],
    "safeguarding_lead": [DANGER, ["Record a report"]],
    "source_handler": [["Record a report", "Intelligence", "Sources"]],
    "partner_agency": [["Checks put to us"], ["Intelligence passed to us"]],
    "people_administrator": [["Other authorities", "People"]],
}


def doors_of(page: Any) -> list[OpenEntry]:
    return [door for group in page.context["groups"] for door in group.doors]


@pytest.mark.parametrize(
    ("role", "home"), [("case_officer", "/staff/"), ("applicant", "/licences/"), ("labour_user", "/checks/")]
)
def test_everybody_starts_where_their_work_is(role: str, home: str) -> None:
    assert signed_in(person(role)).get("/home/").headers["Location"] == home


def test_somebody_who_reads_welsh_starts_in_welsh() -> None:
    password = "correct horse battery staple"
    applicant = person("applicant", language="cy", password=password)
    EmailAddress.objects.create(user=applicant, email=applicant.email, verified=True, primary=True)
    client = Client()

    answer = client.post("/account/login/", {"login": applicant.email, "password": password})

    assert answer.headers["Location"] == "/cy/home/"
    assert client.get("/cy/home/").headers["Location"] == "/cy/licences/"


@pytest.mark.parametrize("role", sorted(name for name, role in ROLES.items() if role.is_staff))
def test_staff_find_the_doors_of_their_role_and_each_opens(role: str) -> None:
    client = signed_in(person(role))

    page = client.get("/staff/")

    assert [[str(door.title) for door in group.doors] for group in page.context["groups"]] == DOORS[role]
    assert all(client.get(door.href).status_code == 200 for door in doors_of(page))


@pytest.mark.parametrize("role", sorted(DOORS))
def test_every_right_of_a_role_is_gone_at_the_request_after_it_was_taken(role: str) -> None:
    """docs/rules.md G17."""
    officer, administrator = person(role), person("people_administrator")
    client = signed_in(officer)
    doors = [door.href for door in doors_of(client.get("/staff/"))]

    accounts.change_roles(officer, roles=["labour_user"], by=administrator, at=NOW)
    assert [client.get(door).status_code for door in ["/staff/", *doors]] == [403] * (len(doors) + 1)

    accounts.off_board(officer, because="Left the authority.", by=administrator, at=NOW)
    assert all(client.get(door).headers["Location"].startswith("/account/login/") for door in ["/staff/", *doors])


def test_the_home_page_says_how_much_waits() -> None:
    inspector, decider, officer = person("inspector"), person("decision_maker"), person("case_officer")
    an_inspection(inspector=inspector)
    a_grant_proposed()
    stories.an_application_being_assessed(case_officer=officer)

    def waiting(user: object) -> dict[str, int | None]:
        return {str(door.title): door.waiting for door in doors_of(signed_in(user).get("/staff/"))}  # type: ignore[arg-type]

    assert waiting(inspector) == {
        "Someone is in danger": None,
        "Referrals": 0,
        "Inspections": 1,
        "Follow-up actions": 0,
        "Record a report": None,
        **dict.fromkeys(ENFORCEMENT, 0),
        "Premises": None,
        "Conflicts of interest": None,
    }
    assert waiting(decider)["Decisions"] == 1
    assert waiting(officer)["Applications"] == 1


def test_the_home_page_costs_a_known_number_of_queries(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(person("decision_maker"))

    # session, user, groups, two kinds of permissions, the passkey, seven counts; no inspection waits for this role
    with django_assert_num_queries(14):
        client.get("/staff/")


def test_no_page_of_staff_is_open_to_providers() -> None:
    assert signed_in(person("applicant")).get("/staff/").status_code == 403
