"""Where somebody is signed in, and signing out there."""

import pytest
from django.test import Client

from registry.trail.models.events import Event
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

PAGE = "/account/sessions/"


def is_signed_in(browser: Client) -> bool:
    return browser.get("/account/").status_code == 200


def test_every_browser_of_mine_is_listed_and_nobody_elses() -> None:
    user = person("applicant")
    here, _there, _stranger = signed_in(user), signed_in(user), signed_in(person("applicant"))

    sessions = here.get(PAGE).context["sessions"]

    assert sorted(one.is_here for one in sessions) == [False, True]
    assert all(one.since for one in sessions)


def test_signing_out_everywhere_else_leaves_this_browser_and_other_people() -> None:
    user = person("applicant")
    here, there, stranger = signed_in(user), signed_in(user), signed_in(person("applicant"))

    here.post(PAGE)

    assert (is_signed_in(here), is_signed_in(there), is_signed_in(stranger)) == (True, False, True)
    assert Event.objects.order_by("-number")[0].verb == "end_other_sessions"
    assert "Sign out everywhere else" not in here.get(PAGE).content.decode()


def test_who_finds_a_browser_signed_in_must_show_who_they_are_to_sign_out_the_others() -> None:
    user = person("applicant", password="correct horse battery staple")
    found, there = signed_in(user, second_factor=False), signed_in(user)

    answer = found.post(PAGE)

    assert answer.headers["Location"].startswith("/account/reauthenticate/?next=")
    assert is_signed_in(there)


def test_a_holder_gives_their_name_and_staff_have_theirs_given() -> None:
    user, officer = person("applicant"), person("case_officer")

    signed_in(user).post("/account/name/", {"name": "Rhian Prosser"})
    refused = signed_in(officer).post("/account/name/", {"name": "Someone Else"})

    user.refresh_from_db()
    assert str(user) == "Rhian Prosser"
    assert Event.objects.get(verb="change_own_name").reference == user.reference
    assert refused.status_code == 422


def test_a_stranger_is_asked_to_sign_in() -> None:
    assert Client().get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Rhian\r\nBcc: a@b.example", "Rhian Bcc: a@b.example"),
        ("\u202eRhian\x07", "Rhian"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("\u200b\u200b", ""),
        ("—", ""),
    ],
)
def test_a_name_is_one_line_that_can_be_read(typed: str, kept: str) -> None:
    user = person("applicant")
    before = user.name

    answer = signed_in(user).post("/account/name/", {"name": typed})

    user.refresh_from_db()
    assert (answer.status_code, user.name) == ((302, kept) if kept else (422, before))
