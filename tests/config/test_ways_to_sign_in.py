"""Ways to sign in are changed with a factor in hand alone; signing up and out tell nobody anything; passkeys are offered."""

import statistics
import time
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from registry.accounts.actions import access
from registry.accounts.models import AccessRequest, User
from registry.letters.models import Letter
from registry.trail.models.events import Event
from tests.config.test_sign_in import PASSWORD, code_for, officer_with_password, sign_in, with_second_factor
from tests.conftest import NOW, SetClock
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_afterwards")]

ARGON = ["django.contrib.auth.hashers.Argon2PasswordHasher"]


# --- what a recovery code does not open


def with_recovery_code(role: str = "decision_maker") -> tuple[Client, User]:
    """Signed in with the password and one recovery code, as somebody is who has stolen both."""
    officer = officer_with_password(role)
    with_second_factor(officer)
    code = RecoveryCodes(Authenticator.objects.get(user=officer, type="recovery_codes")).get_unused_codes()[0]
    browser = Client()
    sign_in(browser, officer)
    browser.post("/account/2fa/authenticate/", {"code": code})
    return browser, officer


WAYS_TO_SIGN_IN = (
    "/account/2fa/webauthn/add/",
    "/account/2fa/totp/activate/",
    "/account/2fa/totp/deactivate/",
    "/account/2fa/recovery-codes/",
    "/account/2fa/recovery-codes/download/",
    "/account/2fa/recovery-codes/generate/",
    "/account/2fa/webauthn/keys/1/edit/",
    "/account/2fa/webauthn/keys/1/remove/",
)


@pytest.mark.parametrize("role", ["decision_maker", "applicant"])
def test_a_password_and_a_recovery_code_open_nothing_that_changes_how_somebody_signs_in(role: str) -> None:
    browser, _officer = with_recovery_code(role)
    before = [(one.type, one.data) for one in Authenticator.objects.order_by("pk")]

    for page in WAYS_TO_SIGN_IN:
        for answer in (browser.get(page), browser.post(page)):
            assert answer.status_code == 302, page
            assert answer.headers["Location"].startswith("/account/step-up/?next="), page

    asked = browser.get("/account/step-up/?next=/account/2fa/recovery-codes/")
    assert b"Enter the code of your app" in asked.content
    assert [(one.type, one.data) for one in Authenticator.objects.order_by("pk")] == before


@pytest.mark.parametrize(
    "following", ["staff", "account_logout", "0", "https://elsewhere.example/", "//elsewhere.example"]
)
def test_who_has_shown_it_goes_on_to_an_address_of_ours_or_home(following: str) -> None:
    officer = signed_in(person("case_officer"))

    assert officer.get("/account/step-up/", {"next": following}).headers["Location"] == "/home/"
    assert officer.get("/account/step-up/", {"next": "/staff/"}).headers["Location"] == "/staff/"


def test_the_code_of_the_app_opens_them_for_ten_minutes() -> None:
    officer = officer_with_password("applicant")
    secret = with_second_factor(officer)
    browser = Client()
    sign_in(browser, officer)
    browser.post("/account/2fa/authenticate/", {"code": code_for(secret)})

    assert browser.get("/account/2fa/webauthn/add/").status_code == 200
    assert browser.get("/account/2fa/recovery-codes/").status_code == 200


def test_somebody_without_a_second_factor_adds_the_first_and_sees_the_codes() -> None:
    browser, user = Client(), officer_with_password("applicant")
    sign_in(browser, user)
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200
    page = browser.get("/account/2fa/totp/activate/")
    secret = page.context["form"].secret

    done = browser.post("/account/2fa/totp/activate/", {"code": code_for(secret)})

    assert done.headers["Location"] == "/account/2fa/recovery-codes/"
    assert browser.get("/account/2fa/recovery-codes/").status_code == 200


# --- signing up says nothing


def sign_up(email: str) -> float:
    cache.clear()
    began = time.perf_counter()
    answer = Client().post("/account/signup/", {"email": email, "password1": PASSWORD, "purpose": "applicant"})
    took = time.perf_counter() - began
    assert answer.headers["Location"] == "/account/confirm-email/"
    return took


def test_signing_up_with_a_known_address_does_the_work_of_a_new_one(
    monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    settings.PASSWORD_HASHERS = ARGON
    officer_with_password("applicant")
    known = User.objects.get().email
    hashed: list[str] = []
    encode = Argon2PasswordHasher.encode

    def noted(self: Argon2PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return str(encode(self, password, salt))

    monkeypatch.setattr(Argon2PasswordHasher, "encode", noted)
    work: dict[str, tuple[int, int]] = {}
    for email in ("new@people.example", known):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            sign_up(email)
        work[email] = (len(hashed), sum(one["sql"].startswith("INSERT") for one in asked))

    new, old = work.values()
    assert old[0] == new[0] == 1
    assert abs(old[1] - new[1]) <= 2
    assert User.objects.count() == 2
    assert not Event.objects.filter(verb="join").exclude(
        reference=User.objects.get(email="new@people.example").reference
    )


def test_signing_up_takes_as_long_for_a_known_address(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ARGON
    known = officer_with_password("applicant").email
    new = statistics.median(sign_up(f"new{number}@people.example") for number in range(5))
    old = statistics.median(sign_up(known) for _ in range(5))

    assert new / 2 < old < new * 2


def test_signing_out_clears_what_the_browser_keeps_of_pages_and_not_what_is_unsent() -> None:
    answer = signed_in(person("applicant")).post("/account/logout/")

    assert '"cache"' in answer.headers["Clear-Site-Data"]
    assert "storage" not in answer.headers["Clear-Site-Data"]


# --- the offer of a passkey


STARTS = {
    "applicant": "/licences/",
    "labour_user": "/checks/",
    "partner_agency": "/partner/",
    "case_officer": "/staff/",
}


@pytest.mark.parametrize("role", STARTS)
def test_everyone_is_offered_a_passkey_where_they_start_until_they_put_it_off(role: str, set_clock: SetClock) -> None:
    user = person(role)
    assert b"Sign in without a password" in signed_in(user).get(STARTS[role]).content

    signed_in(user).post("/account/passkey-offer/close/")

    for days, is_offered in ((0, False), (89, False), (90, True)):
        set_clock(NOW + timedelta(days=days))
        another_browser = signed_in(user)
        assert (b"Sign in without a password" in another_browser.get(STARTS[role]).content) is is_offered


# --- a device that was lost


@pytest.mark.parametrize("role", ["applicant", "labour_user", "case_officer"])
def test_a_person_who_lost_the_device_is_let_in_again_by_an_administrator(role: str) -> None:
    user = officer_with_password(role)
    with_second_factor(user)
    code = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()[0]

    # The recovery code lets in, and the page that asks for the lost device says where to turn.
    browser = Client()
    sign_in(browser, user)
    asked = browser.get("/account/2fa/authenticate/").content.decode()
    assert "I have lost my device" in asked
    browser.post("/account/2fa/authenticate/", {"code": code})
    stopped = browser.get("/account/2fa/webauthn/add/", follow=True).content.decode()
    assert "ask us to reset your second factor" in stopped

    # An administrator of people resets it, with the reason.
    administrator = signed_in(person("people_administrator"))
    page = f"/staff/people/{user.reference}/"
    assert reverse("reset_second_factor", args=[user.reference]) in administrator.get(page).content.decode()
    done = administrator.post(
        reverse("reset_second_factor", args=[user.reference]), {"because": "Lost the telephone. Called back."}
    )
    assert done.status_code == 302
    if role == "case_officer":  # of staff it takes two
        assert not Letter.objects.filter(template="registry/letters/second_factor_reset.html").exists()
        access.approve_access(AccessRequest.objects.get(), by=person("people_administrator"), at=timezone.now())
    letter = Letter.objects.get(template="registry/letters/second_factor_reset.html")
    assert (letter.address, Event.objects.get(verb="reset_second_factor").because) == (
        user.email,
        "Lost the telephone. Called back.",
    )

    # The password alone lets in, once, and a new device is set up.
    assert browser.get("/account/").status_code == 302
    again = Client()
    sign_in(again, user)
    page = "/account/2fa/webauthn/add/"
    assert again.get(page).status_code == 200
    secret = again.get("/account/2fa/totp/activate/").context["form"].secret
    again.post("/account/2fa/totp/activate/", {"code": code_for(secret)})
    assert set(Authenticator.objects.filter(user=user).values_list("type", flat=True)) == {"totp", "recovery_codes"}


def test_a_holder_with_a_passkey_is_offered_none() -> None:
    holder = person("applicant")
    Authenticator.objects.create(user=holder, type=Authenticator.Type.WEBAUTHN, data={"name": "Telephone"})

    assert b"Sign in without a password" not in signed_in(holder).get("/licences/").content
