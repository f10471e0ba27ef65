"""Signing up and in, the second factor of staff, and what a browser may keep."""

import re
from collections.abc import Sequence
from pathlib import Path
from smtplib import SMTPServerDisconnected

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from registry.accounts.actions import accounts
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("whole_afterwards")]

PASSWORD = "correct horse battery staple"


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def code_for(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def officer_with_password(role: str = "case_officer") -> User:
    user = person(role, password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


def with_second_factor(user: User) -> str:
    secret = str(generate_totp_secret())
    TOTP.activate(user, secret)
    RecoveryCodes.activate(user)
    return secret


def sign_in(client: Client, user: User) -> str:
    answer = client.post("/account/login/", {"login": user.email, "password": PASSWORD})
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"])


def code_in(message: mail.EmailMessage) -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", str(message.body), re.MULTILINE)
    assert found, message.body
    return str(found.group(1))


def test_staff_without_a_second_factor_are_sent_to_set_one_up() -> None:
    client = Client()
    sign_in(client, officer_with_password())

    for page in (
        "/home/",
        "/staff/",
        "/staff/organisations/",
        "/account/",
        "/account/2fa/",
        "/account/password/change/",
    ):
        assert client.get(page).headers["Location"].startswith("/account/2fa/totp/activate/?next="), page
        assert client.post(page).headers["Location"].startswith("/account/2fa/totp/activate/?next="), page


def test_setting_a_second_factor_up_opens_the_staff_pages_and_is_on_the_trail() -> None:
    officer = officer_with_password()
    client = Client()
    sign_in(client, officer)
    page = client.get("/account/2fa/totp/activate/")

    done = client.post("/account/2fa/totp/activate/", {"code": code_for(page.context["form"].secret)})

    assert done.headers["Location"] == "/account/2fa/recovery-codes/"
    assert client.get(done.headers["Location"]).status_code == 200
    assert client.get("/staff/").status_code == 200
    assert Event.objects.filter(verb="set_up_second_factor", reference=officer.reference).exists()


def test_a_wrong_code_sets_nothing_up() -> None:
    client = Client()
    sign_in(client, officer_with_password())
    client.get("/account/2fa/totp/activate/")

    client.post("/account/2fa/totp/activate/", {"code": "000000"})

    assert client.get("/staff/").status_code == 302
    assert not Authenticator.objects.exists()


def test_a_session_with_the_password_alone_cannot_get_at_codes_once_a_second_factor_is_there() -> None:
    officer = officer_with_password()
    thief = Client()
    sign_in(thief, officer)

    with_second_factor(officer)

    for page in (
        "/account/2fa/recovery-codes/",
        "/account/2fa/recovery-codes/generate/",
        "/account/2fa/totp/activate/",
    ):
        assert thief.get(page).headers["Location"].startswith("/account/2fa/reauthenticate/?next="), page
        assert thief.post(page, {"code": "000000"}).headers["Location"].startswith("/account/2fa/reauthenticate/"), page
    assert thief.get("/staff/").headers["Location"].startswith("/account/2fa/reauthenticate/")


def test_signing_in_asks_staff_for_the_code() -> None:
    officer = officer_with_password()
    secret = with_second_factor(officer)
    client = Client()

    assert sign_in(client, officer) == "/account/2fa/authenticate/"
    assert client.get("/staff/").headers["Location"].startswith("/account/login/")

    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})
    assert client.get("/staff/").status_code == 200


def test_a_code_is_good_once_even_with_spaces_in_it() -> None:
    officer = officer_with_password()
    code = code_for(with_second_factor(officer))
    first, second = Client(), Client()
    sign_in(first, officer)
    sign_in(second, officer)

    first.post("/account/2fa/authenticate/", {"code": code})
    second.post("/account/2fa/authenticate/", {"code": f"{code[:3]} {code[3:]}"})

    assert first.get("/staff/").status_code == 200
    assert second.get("/staff/").status_code == 302


def test_a_recovery_code_is_good_once() -> None:
    officer = officer_with_password()
    with_second_factor(officer)
    code = RecoveryCodes(Authenticator.objects.get(user=officer, type="recovery_codes")).get_unused_codes()[0]
    first, second = Client(), Client()
    for client in (first, second):
        sign_in(client, officer)
        client.post("/account/2fa/authenticate/", {"code": code})

    assert first.get("/staff/").status_code == 200
    assert second.get("/staff/").status_code == 302


def test_staff_cannot_take_their_second_factor_off() -> None:
    officer = officer_with_password()
    with_second_factor(officer)
    client = signed_in(officer)

    client.post("/account/2fa/totp/deactivate/")

    assert Authenticator.objects.filter(user=officer, type="totp").exists()


def test_the_secret_of_a_second_factor_is_not_readable_in_the_database() -> None:
    officer = officer_with_password()
    secret = with_second_factor(officer)

    assert secret not in str(Authenticator.objects.get(user=officer, type="totp").data)


def test_applicants_need_no_second_factor() -> None:
    applicant = officer_with_password("applicant")
    client = Client()

    sign_in(client, applicant)

    assert client.get("/account/").status_code == 200


def test_somebody_made_staff_needs_a_second_factor_at_the_next_request() -> None:
    applicant = officer_with_password("applicant")
    client = Client()
    sign_in(client, applicant)

    accounts.change_roles(applicant, roles=["auditor"], by=person("people_administrator"), at=NOW)

    assert client.get("/account/").headers["Location"].startswith("/account/2fa/totp/activate/")


def test_signing_up_makes_an_applicant_who_speaks_the_language_of_the_page() -> None:
    client = Client()

    client.post("/cy/account/signup/", {"email": "Newydd@people.example", "password1": PASSWORD})
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[0])})

    joined = User.objects.get(email="newydd@people.example")
    assert joined.roles == {"applicant"}
    assert joined.language == "cy"
    assert client.get("/account/").status_code == 200
    assert Event.objects.filter(verb="join", reference=joined.reference).exists()


def test_the_mail_with_the_code_says_what_it_is_for_and_who_sends_it(settings: Settings) -> None:
    Client().post("/account/signup/", {"email": "newydd@people.example", "password1": PASSWORD})

    (sent,) = mail.outbox
    assert sent.subject == "Your code to confirm your email address"
    assert "If it was not you, do nothing" in sent.body
    assert sent.body.rstrip().endswith(
        f"{settings.SERVICE_NAME}\n{settings.ORGANISATION_NAME}\n{settings.SITE_ADDRESS}"
    )
    assert "testserver" not in sent.body


def test_somebody_invited_chooses_a_password_by_a_code_and_then_sets_up_the_second_factor() -> None:
    administrator = person("people_administrator")
    invited = accounts.invite(email="nia@people.example", name="Nia", roles=["inspector"], by=administrator, at=NOW)
    client = Client()

    client.post("/account/password/reset/", {"email": "nia@people.example"})
    client.post("/account/password/reset/confirm/", {"code": code_in(mail.outbox[-1])})
    client.post("/account/password/reset/complete/", {"password1": PASSWORD, "password2": PASSWORD})
    where = sign_in(client, invited)

    assert client.get(where).headers.get("Location", "").startswith("/account/2fa/totp/activate/")
    assert Event.objects.filter(verb="set_password", reference=invited.reference).exists()


def test_a_page_for_a_new_password_does_not_say_who_has_an_account() -> None:
    known = officer_with_password()
    answers = []
    for email in (known.email, "nobody@people.example"):
        client = Client()
        answers.append(client.post("/account/password/reset/", {"email": email}))

    assert [(a.status_code, a.headers["Location"]) for a in answers] == [
        (302, "/account/password/reset/confirm/"),
        (302, "/account/password/reset/confirm/"),
    ]


class NoMail(BaseEmailBackend):
    """A mail server that hangs up."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        raise SMTPServerDisconnected("Connection unexpectedly closed")


NO_MAIL = f"{NoMail.__module__}.{NoMail.__qualname__}"


def test_while_no_mail_can_be_sent_a_page_that_sends_a_code_says_so_whoever_asks(settings: Settings) -> None:
    known = officer_with_password()
    settings.EMAIL_BACKEND = NO_MAIL
    for email in (known.email, "nobody@people.example"):
        answer = Client(raise_request_exception=False).post("/account/password/reset/", {"email": email})

        assert answer.status_code == 503 and answer.headers["Retry-After"]
        assert "The email with your code could not be sent" in answer.content.decode()


def test_an_account_of_which_the_code_was_not_sent_is_not_made_and_can_be_made_later(settings: Settings) -> None:
    typed = {"purpose": "applicant", "email": "nia@people.example", "password1": PASSWORD}
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = NO_MAIL
    answer = Client(raise_request_exception=False).post("/account/signup/", typed)

    assert answer.status_code == 503 and PASSWORD not in answer.content.decode()
    assert not User.objects.filter(email="nia@people.example").exists()

    settings.EMAIL_BACKEND = working
    cache.clear()  # a minute later: an address is sent one code in ten seconds
    assert Client().post("/account/signup/", typed).status_code == 302
    assert mail.outbox[-1].subject == "Your code to confirm your email address"


def test_many_wrong_passwords_are_answered_no_more() -> None:
    officer = officer_with_password()
    client = Client()

    for _ in range(10):
        client.post("/account/login/", {"login": officer.email, "password": "wrong"})
    answer = client.post("/account/login/", {"login": officer.email, "password": PASSWORD})

    assert answer.status_code != 302


def test_signing_in_changes_the_session_key() -> None:
    applicant = officer_with_password("applicant")
    client = Client()
    client.get("/account/login/")
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key

    sign_in(client, applicant)

    assert client.session.session_key != before


def test_signing_out_by_get_asks_first() -> None:
    client = signed_in(person("applicant"))

    client.get("/account/logout/")

    assert client.get("/account/").status_code == 200


# --- headers ---


def test_signed_in_pages_are_kept_nowhere_and_found_by_nobody() -> None:
    answer = signed_in(person("auditor")).get("/staff/trail/")

    assert "no-store" in answer.headers["Cache-Control"]
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


@pytest.mark.once
@pytest.mark.parametrize("address", ["/", "/staff/", "/account/login/", "/no-such-page/", "/health/live"])
def test_every_answer_carries_the_headers(address: str) -> None:
    answer = Client().get(address)

    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "geolocation=(self)" in answer.headers["Permissions-Policy"]


def test_a_public_page_does_not_ask_who_is_there(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(person("auditor"))

    with django_assert_num_queries(0):
        answer = client.get("/")

    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


# --- the demo ---


def test_outside_the_demo_there_is_no_sign_in_by_one_click() -> None:
    User.objects.create_user("auditor@demo.example")
    client = Client()

    for address in ("/demo/", "/demo/mail/", "/cy/demo/"):
        assert client.get(address).status_code == 404
        assert client.post(address, {"person": "auditor"}).status_code == 404
    assert "demo.example" not in client.get("/account/login/").content.decode()


@pytest.mark.parametrize(
    ("key", "role", "page"), [("auditor", "auditor", "/staff/trail/"), ("applicant", "applicant", "/account/")]
)
def test_in_the_demo_one_click_signs_in_with_the_second_factor(
    settings: Settings, key: str, role: str, page: str
) -> None:
    settings.DEMO = True
    person(role, email=f"{key}@demo.example")
    client = Client()
    assert f'value="{key}"' in client.get("/account/login/").content.decode()

    answer = client.post("/demo/", {"person": key, "next": page})

    assert answer.headers["Location"] == page
    assert client.get(page).status_code == 200


def test_in_the_demo_nobody_but_the_sample_people_is_signed_in_by_a_click(settings: Settings) -> None:
    settings.DEMO = True
    real = person("decision_maker")
    client = Client()

    for guess in (real.email, "decision_maker", "", "auditor"):
        assert client.post("/demo/", {"person": guess}).status_code == 404


def test_the_demo_sends_nobody_to_another_site(settings: Settings) -> None:
    settings.DEMO = True
    person("auditor", email="auditor@demo.example")

    answer = Client().post("/demo/", {"person": "auditor", "next": "https://elsewhere.example/"})

    assert answer.headers["Location"] == "/home/"


def test_the_demo_shows_the_mail_that_it_has_sent(settings: Settings, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path
    mail.send_mail("Your code", "Type K7QW-2M9X <b>", None, ["nia@people.example"])
    mail.send_mail("Ŵyl", "Cod: ŵŷ", None, ["nia@people.example"])

    page = Client().get("/demo/mail/").content.decode()

    assert "K7QW-2M9X &lt;b&gt;" in page
    assert "Ŵyl" in page


def test_another_address_takes_the_place_of_the_old_one_once_its_code_was_entered() -> None:
    user = person("applicant", password=PASSWORD)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    before, client, elsewhere = user.email, Client(), Client()
    sign_in(elsewhere, user)
    sign_in(client, user)
    assert "New email address" in client.get("/account/email/").content.decode()

    client.post("/account/email/", {"email": "New@Firm.example", "action_add": "yes"})
    user.refresh_from_db()
    assert user.email == before
    client.post("/account/confirm-email/", {"code": code_in(mail.outbox[-1])})

    user.refresh_from_db()
    assert user.email == "new@firm.example"
    assert [one.email for one in EmailAddress.objects.filter(user=user)] == ["new@firm.example"]
    assert Event.objects.get(verb="change_own_email").reference == user.reference
    assert client.get("/account/").status_code == 200
    assert elsewhere.get("/account/").headers["Location"].startswith("/account/login/")
    told = next(message for message in mail.outbox if message.to == [before])
    assert told.subject == "Your email address was changed"
    assert "new@firm.example from now on" in told.body and "/contact/" in told.body


def test_who_finds_a_browser_signed_in_must_show_who_they_are_to_change_the_address() -> None:
    answer = signed_in(person("applicant", password=PASSWORD)).get("/account/email/")

    assert "/account/reauthenticate/" in answer.headers["Location"]
