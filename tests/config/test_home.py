"""Where people start after signing in, and the menu of staff, which is on each of their pages."""

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from config.queries.menu import Menu, OpenEntry
from registry.accounts.actions import accounts
from registry.roles import ROLES
from tests import stories
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

# Said by hand: what each role finds in the menu, group by group.
CASES = ["Applications", "Checks", "Possible phoenix businesses", "Matches with sanctions and other lists"]
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
ON_DUTY = ["Someone is in danger", "Duty rota", "Referrals"]
PLACES = ["Premises", "Conflicts of interest", "Absences"]
SCHEME = ["Scheme packs", "Bank holidays", *PLACES]
PAGES = {
    "case_officer": [
        [*CASES, "Messages", "Paper applications", "Bank statements"],
        LICENCES,
        VISITS,
        ["Record a report", "Reports and intelligence handed over"],
        ["Messages that could not be delivered", "Letters to post", "Record a complaint", "Letter templates"],
        [*SCHEME, "Registers taken over"],
    ],
    "decision_maker": [CASES, LICENCES, VISITS, ENFORCEMENT, ["Letter templates"], ["Erasures"], SCHEME],
    "manager": [
        ON_DUTY[:2],
        [*CASES, "Messages"],
        LICENCES,
        [*VISITS, "Choosing visits", "Does it work?", "Campaigns"],
        [
            "Record a report",
            "Reports and intelligence handed over",
            "Sharing with guarded authorities",
            "Report deadlines",
            "Bulletins for other authorities",
        ],
        ENFORCEMENT,
        ["Record a complaint", "Complaints about our service", "Orders of posters and cards", "Letter templates"],
        [
            "Figures",
            "Who approves whose proposals",
            "Public statistics",
            "Statistics releases",
            "Yearly statements",
            "Statistics shared early",
            "Who saw this?",
            "Personal data that we hold",
            "Erasures",
        ],
        [*SCHEME, "Registers taken over", "Assignment rules", "Training of staff"],
    ],
    "auditor": [
        CASES,
        LICENCES,
        [*VISITS, "Choosing visits", "Does it work?"],
        ["Sharing with guarded authorities", "Report deadlines", "Bulletins for other authorities"],
        ENFORCEMENT,
        ["Letter templates"],
        [
            "Figures",
            "Who approves whose proposals",
            "Public statistics",
            "Statistics shared early",
            "Trail",
            "Who saw this?",
            "Personal data that we hold",
            "Erasures",
        ],
        [*SCHEME, "Access to approve"],
    ],
    "inspector": [
        DANGER,
        VISITS[:2],
        ["Record a report", "Signs and methods"],
        ENFORCEMENT,
        ["Record a complaint"],
        PLACES,
    ],
    "quality_reviewer": [
        ["Organisations"],
        VISITS,
        ["Record a complaint", "Complaints about our service"],
        PLACES,
    ],
    "intelligence_analyst": [
        ON_DUTY,
        ["Dates due", "Licences", "Organisations"],
        [*VISITS, "Choosing visits", "Does it work?", "Campaigns"],
        [
            "Record a report",
            "Reports",
            "Reports and intelligence handed over",
            "Sharing with guarded authorities",
            "Intelligence",
            "Signs and methods",
            "Bulletins for other authorities",
        ],
        ENFORCEMENT,
        ["Orders of posters and cards"],
        ["Public statistics", "Statistics releases", "Yearly statements"],
        PLACES,
    ],
    "safeguarding_lead": [ON_DUTY, ["Record a report", "Sharing with guarded authorities"], ["Who saw this?"]],
    "source_handler": [
        [
            "Record a report",
            "Reports and intelligence handed over",
            "Sharing with guarded authorities",
            "Intelligence",
            "Sources",
        ]
    ],
    "partner_agency": [
        ["Checks put to us"],
        ["Signs and methods", "Bulletins of patterns", "Intelligence passed to us"],
        ["Statistics under agreement"],
    ],
    "independent_reviewer": [
        ["Does it work?", "Does targeting work?", "Campaigns"],
        ["Bulletins for other authorities"],
        ["Public statistics", "Yearly statements", "Statistics shared early"],
    ],
    "people_administrator": [["Other authorities", "People", "Access to approve"]],
}


def menu_of(page: Any) -> Menu:
    menu: Menu = page.context["desk"]()["menu"]
    return menu


def entries_of(page: Any) -> list[OpenEntry]:
    return [entry for group in menu_of(page).groups for entry in group.entries]


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
def test_staff_find_the_pages_of_their_role_in_the_menu_and_each_opens(role: str) -> None:
    client = signed_in(person(role))

    page = client.get("/staff/")

    assert [[str(entry.title) for entry in group.entries] for group in menu_of(page).groups] == PAGES[role]
    for entry in entries_of(page):
        opened = client.get(entry.href)
        assert opened.status_code == 200
        assert [one.href for one in entries_of(opened) if one.is_here] == [entry.href]  # the menu is there too


@pytest.mark.parametrize("role", sorted(PAGES))
def test_every_right_of_a_role_is_gone_at_the_request_after_it_was_taken(role: str) -> None:
    """docs/rules.md G17."""
    officer, administrator = person(role), person("people_administrator")
    client = signed_in(officer)
    pages = ["/staff/", "/staff/tasks/", *(entry.href for entry in entries_of(client.get("/staff/")))]

    accounts.change_roles(officer, roles=["labour_user"], by=administrator, at=NOW)
    assert [client.get(page).status_code for page in pages] == [403] * len(pages)

    accounts.off_board(officer, because="Left the authority.", by=administrator, at=NOW)
    assert all(client.get(page).headers["Location"].startswith("/account/login/") for page in pages)


def test_what_waits_without_a_task_is_counted_and_is_on_the_page_that_the_count_opens() -> None:
    client = signed_in(person("case_officer"))
    assert client.get("/staff/").context["beside"] == []
    stories.a_paper_application("Pen Cae Labour")

    (count,) = client.get("/staff/").context["beside"]

    assert (str(count.title), count.number) == ("Paper applications", 1)
    assert "Pen Cae Labour" in client.get(count.href).content.decode()


def test_no_page_of_staff_is_open_to_providers() -> None:
    assert signed_in(person("applicant")).get("/staff/").status_code == 403
