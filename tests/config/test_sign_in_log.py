"""Each attempt to sign in is a line of the log, without what was typed; what is refused names who was refused."""

import json
import logging
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from config import logs
from config.api import staff
from registry.web.limits import counts
from tests.config.test_sign_in import PASSWORD, code_for, officer_with_password, sign_in, with_second_factor
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

ASKED = "from config.settings_databases import DATABASES as d; print({k: v['OPTIONS'].get('sslmode') for k, v in d.items()})"


@pytest.fixture(autouse=True)
def no_limits_left_over() -> None:
    cache.clear()


def lines(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [record.getMessage() for record in caplog.records if record.name == "sign_in"]


def test_who_signs_in_is_logged_by_reference_and_way_and_never_by_what_was_typed(
    caplog: pytest.LogCaptureFixture,
) -> None:
    officer = officer_with_password()
    secret, who, client = with_second_factor(officer), officer.reference, Client()

    client.post("/account/login/", {"login": officer.email, "password": "wrong horse"})
    client.post("/account/login/", {"login": "stranger@example.org", "password": "wrong horse"})
    sign_in(client, officer)
    client.post("/account/2fa/authenticate/", {"code": "000000"})
    client.post("/account/2fa/authenticate/", {"code": code_for(secret)})

    assert lines(caplog) == [
        f"account_login refused: {who}",
        "account_login refused: no account",
        f"account_login accepted: {who}",
        f"mfa_authenticate refused: {who}",
        f"mfa_authenticate accepted: {who}",
    ]
    assert logging.getLogger("sign_in").isEnabledFor(logging.INFO)


def test_who_shows_again_who_they_are_goes_on_under_a_new_key_of_the_session(caplog: pytest.LogCaptureFixture) -> None:
    applicant, client, old = officer_with_password("applicant"), Client(), Client()
    sign_in(client, applicant)
    before = str(client.session.session_key)

    client.post("/account/reauthenticate/", {"password": "wrong horse"})
    assert client.session.session_key == before
    client.post("/account/reauthenticate/", {"password": PASSWORD})

    assert client.session.session_key != before
    assert client.get("/account/").status_code == 200
    old.cookies[settings.SESSION_COOKIE_NAME] = before
    assert old.get("/account/").headers["Location"].startswith("/account/login/")
    assert lines(caplog)[-1] == f"account_reauthenticate accepted: {applicant.reference}"


def test_a_page_that_is_refused_says_to_whom(caplog: pytest.LogCaptureFixture) -> None:
    officer = person("case_officer")

    assert signed_in(officer).get("/staff/people/").status_code == 403

    (record,) = [one for one in caplog.records if one.name == "django.request"]
    said = json.loads(logs.json_lines().format(record))
    assert (said["who"], said["message"]) == (officer.reference, "Forbidden (Permission denied): /staff/people/")


def test_invented_keys_count_together_for_the_address_that_they_come_from(monkeypatch: pytest.MonkeyPatch) -> None:
    counts.clear()
    monkeypatch.setattr(staff.limit, "most", 2)

    answers = [Client().get("/api/staff/v1/tasks", headers={"Authorization": f"Bearer lk_{n}"}) for n in range(4)]

    assert [answer.status_code for answer in answers] == [401, 401, 429, 429]
    assert answers[-1].headers["Retry-After"]


def test_the_encryption_that_an_address_of_a_database_asks_for_is_not_lost() -> None:
    told = subprocess.run(
        [sys.executable, "-c", ASKED],
        env={
            "PATH": os.environ["PATH"],
            "DATABASE_URL": "postgresql://x:x@database/registry?sslmode=verify-full",
            "REGISTER_DATABASE_URL": "postgresql://x:x@replica/registry?sslmode=verify-full",
        },
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout.strip() == str(dict.fromkeys(("default", "register", "replica"), "verify-full"))
