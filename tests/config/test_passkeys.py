"""What the server makes of passkeys; the ceremony itself is seen in a browser (tests/journeys/test_passkeys.py)."""

import json

import pytest
from allauth.account.models import EmailAddress
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from fido2.utils import websafe_encode
from pytest_django import Settings

from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.passkeys import a_passkey
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_afterwards")]


def test_the_page_for_signing_in_asks_for_a_challenge_that_names_nobody() -> None:
    answer = Client().get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})

    options = answer.json()["request_options"]["publicKey"]
    assert options["allowCredentials"] == []
    assert options["userVerification"] == "required"
    assert options["rpId"] == "testserver"


def test_passkeys_can_be_bound_to_a_domain_above_the_host(settings: Settings) -> None:
    settings.PASSKEY_DOMAIN = "registry.example"

    answer = Client().get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})

    assert answer.json()["request_options"]["publicKey"]["rpId"] == "registry.example"


NONSENSE = [
    "",
    "null",
    "[]",
    "{}",
    '"x"',
    "{",
    "7",
    '{"id": 1}',
    '{"response": null}',
    '{"response": {"userHandle": null}}',
    '{"id": ' + "9" * 5000 + "}",
    "[" * 100_000,
    '{"id": "half a character \\ud800"}',
]


@pytest.mark.once
@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_signs_nobody_in_and_breaks_nothing(credential: str) -> None:
    browser = Client()
    browser.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})

    answer = browser.post("/account/2fa/webauthn/login/", {"credential": credential})

    assert (answer.status_code, answer.headers["Location"]) == (302, "/account/login/")
    assert "_auth_user_id" not in browser.session


def test_who_names_somebody_without_their_key_is_not_let_in() -> None:
    victim = person("applicant")
    browser = Client()
    browser.get("/account/2fa/webauthn/login/", headers={"accept": "application/json"})
    handle = websafe_encode(user_pk_to_url_str(victim).encode())
    made_up = {
        "id": "AAAA",
        "rawId": "AAAA",
        "type": "public-key",
        "response": {"clientDataJSON": "e30", "authenticatorData": "AAAA", "signature": "AAAA", "userHandle": handle},
        "clientExtensionResults": {},
    }

    browser.post("/account/2fa/webauthn/login/", {"credential": json.dumps(made_up)})

    assert "_auth_user_id" not in browser.session


@pytest.mark.once
@pytest.mark.parametrize("credential", NONSENSE)
def test_nonsense_is_no_passkey_to_keep(credential: str) -> None:
    user = person("applicant", password="correct horse battery staple")
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    browser = Client()
    browser.post("/account/login/", {"login": user.email, "password": "correct horse battery staple"})
    assert browser.get("/account/2fa/webauthn/add/").status_code == 200

    answer = browser.post("/account/2fa/webauthn/add/", {"name": "Mine", "credential": credential})

    assert answer.status_code == 200
    assert answer.context["form"].errors
    assert not Authenticator.objects.exists()


def fresh(user: User) -> Client:
    """Signed in by password this minute."""
    user.set_password("correct horse battery staple")
    user.save()
    browser = signed_in(user)
    browser.post("/account/reauthenticate/", {"password": "correct horse battery staple"})
    return browser


def test_nobody_renames_or_removes_the_passkey_of_another() -> None:
    other = a_passkey(person("applicant"))
    browser = fresh(person("applicant"))

    for page in ("edit", "remove"):
        assert browser.post(f"/account/2fa/webauthn/keys/{other.pk}/{page}/", {"name": "Mine"}).status_code == 404
    assert Authenticator.objects.get().data["name"] == "Telephone"


def test_staff_keep_their_last_second_factor_and_take_off_one_of_two() -> None:
    officer = person("case_officer")
    browser, passkey = fresh(officer), a_passkey(officer)
    address = f"/account/2fa/webauthn/keys/{passkey.pk}/remove/"

    assert browser.post(address).status_code == 409
    TOTP.activate(officer, generate_totp_secret())
    assert browser.post(address).status_code == 302

    assert [one.type for one in Authenticator.objects.filter(user=officer)] == ["totp"]
    assert Event.objects.order_by("-number")[0].verb == "remove_passkey"


def test_staff_may_give_up_the_app_for_a_passkey() -> None:
    officer = person("case_officer")
    TOTP.activate(officer, generate_totp_secret())
    browser = fresh(officer)

    assert browser.post("/account/2fa/totp/deactivate/").status_code == 200
    a_passkey(officer)
    assert browser.post("/account/2fa/totp/deactivate/").status_code == 302


def test_staff_with_a_passkey_alone_are_asked_for_it() -> None:
    officer = person("case_officer")
    a_passkey(officer)

    answer = signed_in(officer, second_factor=False).get("/staff/")

    assert answer.headers["Location"] == "/account/2fa/webauthn/reauthenticate/?next=%2Fstaff%2F"
