"""Passkeys in a real browser, with the authenticator that Chromium plays: added, signed in with, renamed, removed."""

import re

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator

from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = pytest.mark.browser

PASSWORD = "correct horse battery staple"
A_TELEPHONE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def somebody(role: str) -> User:
    user = person(role, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_authenticator(desk: Desk) -> Desk:
    devtools = desk.context.new_cdp_session(desk.page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": A_TELEPHONE})
    return desk


def sign_in_by_password(desk: Desk, user: User) -> None:
    desk.open("account_login")
    desk.fill("login", user.email)
    desk.fill("password", PASSWORD)
    desk.press("Sign in")


def sign_in_by_passkey(desk: Desk) -> None:
    desk.page.context.clear_cookies()
    desk.open("account_login")
    desk.press("Sign in with a passkey")


def add_passkey(desk: Desk, name: str) -> None:
    desk.fill("name", name)
    desk.press("Add a passkey")


def test_a_provider_adds_a_passkey_signs_in_with_it_renames_and_removes_it(sit_down: SitDown) -> None:
    user = somebody("applicant")
    desk = with_authenticator(sit_down())
    sign_in_by_password(desk, user)
    desk.open("mfa_list_webauthn")
    desk.press("Add a passkey")
    add_passkey(desk, "My telephone")
    assert len(re.findall(r"\b[0-9a-z]{8}\b", desk.text)) >= 8, desk.text

    sign_in_by_passkey(desk)
    desk.must_say("Your licences and applications")

    # After the password the passkey is the second factor.
    desk.page.context.clear_cookies()
    sign_in_by_password(desk, user)
    desk.press("Use a passkey")
    desk.must_say("Your licences and applications")

    desk.open("mfa_list_webauthn")
    desk.must_say("My telephone")
    desk.follow("Rename")
    assert list(faults(desk.page, "en-gb")) == []
    desk.fill("name", "")
    desk.press("Save")
    assert desk.problems == ["Enter a name for the passkey."]
    desk.fill("name", "Old telephone")
    desk.press("Save")
    desk.must_say("Old telephone")
    desk.follow("Remove")
    assert list(faults(desk.page, "en-gb")) == []
    desk.press("Remove")
    desk.must_say("You have no passkey yet.")

    assert not Authenticator.objects.filter(user=user).exists()
    events = Event.objects.filter(reference=user.reference).order_by("number")
    # What the browser's visits set of the ways to sign in has events of its own (decision 201).
    assert [one.verb for one in events if one.verb != "set_sign_in"] == ["add_passkey", "remove_passkey"]
    assert desk.complaints == []


def test_a_passkey_is_the_second_factor_of_staff_who_keep_it(sit_down: SitDown) -> None:
    officer = somebody("case_officer")
    desk = with_authenticator(sit_down())
    sign_in_by_password(desk, officer)
    desk.must_say("Set up your second factor")
    desk.follow("Add a passkey instead")
    add_passkey(desk, "Token")
    desk.open("staff_home")

    sign_in_by_passkey(desk)
    desk.open("staff_home")
    desk.open("mfa_list_webauthn")
    desk.follow("Remove")
    desk.press("Remove")
    desk.must_say("Set up another one before you remove this one.")
    assert list(faults(desk.page, "en-gb")) == []

    assert Authenticator.objects.filter(user=officer, type=Authenticator.Type.WEBAUTHN).count() == 1
    assert desk.complaints == []


def test_without_a_passkey_the_page_says_so_and_the_password_still_works(sit_down: SitDown) -> None:
    user = somebody("applicant")
    desk = with_authenticator(sit_down())
    desk.open("account_login")
    failed = desk.page.get_by_text("No passkey was used.")
    assert not failed.is_visible()

    desk.button("Sign in with a passkey").click()
    failed.wait_for()
    sign_in_by_password(desk, user)

    desk.must_say("Your licences and applications")


def test_without_script_the_page_says_what_is_missing(sit_down: SitDown) -> None:
    desk = sit_down(java_script_enabled=False)
    desk.open("account_login")

    desk.must_say("Passkeys need a browser that knows them, with JavaScript.")
    assert not desk.button("Sign in with a passkey").is_visible()
