"""Somebody is invited, chooses a password by the code in a mail, sets up a second factor, works, and is off-boarded at work."""

import re

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core import mail

from registry.accounts.models import User
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.people import person

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "nia@people.example", "correct horse battery staple"


def code_in_the_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def code_of_the_app(secret: str) -> str:
    """What an authenticator app shows for the key on the page."""
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def invite(administrator: Desk) -> None:
    administrator.open("people")
    administrator.follow("Invite a person")
    administrator.fill("name", "Nia New")
    administrator.fill("email", EMAIL)
    administrator.choose("roles", "case_officer")
    administrator.press("Invite")
    assert "Not set up yet" in administrator.text


def choose_a_password(officer: Desk) -> None:
    officer.open("account_reset_password")
    officer.fill("email", EMAIL)
    officer.click(officer.page.locator("main button[type=submit]"))
    officer.fill("code", code_in_the_mail())
    officer.click(officer.page.locator("main button[type=submit]"))
    officer.page.locator("[name=password1]").fill(PASSWORD)
    officer.page.locator("[name=password2]").fill(PASSWORD)
    officer.click(officer.page.locator("main button[type=submit]"))


def sign_in(officer: Desk) -> None:
    officer.open("account_login")
    officer.fill("login", EMAIL)
    officer.fill("password", PASSWORD)
    officer.press("Sign in")


def test_an_officer_joins_works_and_leaves(sit_down: SitDown) -> None:
    administrator, officer = sit_down(person("people_administrator", name="Ada Admin")), sit_down()
    invite(administrator)
    choose_a_password(officer)
    sign_in(officer)
    assert "Set up your second factor" in officer.text
    picture = officer.page.locator(".app-qr svg path").bounding_box()
    assert picture
    assert picture["width"] > 100

    secret = officer.page.locator("dd.govuk-summary-list__value").inner_text().strip()
    officer.fill("code", code_of_the_app(secret))
    officer.press("Continue")
    assert len(re.findall(r"\b[0-9a-z]{8}\b", officer.text)) >= 8, officer.text
    officer.open("staff_home")
    officer.follow("Applications")
    assert officer.page.title().startswith("Applications")

    administrator.open("person", User.objects.get(email=EMAIL).reference)
    administrator.follow("Off-board")
    administrator.fill("because", "Took another post.")
    administrator.press("Off-board")
    officer.page.reload()
    assert "/account/login/" in officer.page.url
    sign_in(officer)
    assert "/account/login/" in officer.page.url

    assert administrator.complaints == []
    assert officer.complaints == []
