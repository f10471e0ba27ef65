"""Who works for the authority and does nothing for half an hour is signed out, and loses nothing of what was typed (docs/rules.md T18)."""

import re
import time
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.test import Client

from licensing.applications.models import Application
from registry import web
from registry.accounts.models import User
from registry.trail.models.events import Event
from tests.people import has_shown, person, signed_in
from tests.stories import an_application, an_application_being_assessed, holder_of

pytestmark = pytest.mark.django_db

LIMIT = settings.STAFF_IDLE_SECONDS
QUESTION = "Which bank pays the wages?"
TYPED = {"question": QUESTION, "due_on_day": "27", "due_on_month": "11", "due_on_year": "2026"}


@pytest.fixture
def passes(monkeypatch: pytest.MonkeyPatch) -> SimpleNamespace:
    """`passes.seconds(n)`: the clock of the sessions goes on."""
    began, gone = time.time(), SimpleNamespace(by=0)
    monkeypatch.setattr(time, "time", lambda: began + gone.by)

    def seconds(more: int) -> None:
        gone.by += more

    return SimpleNamespace(seconds=seconds)


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def case() -> Application:
    return an_application_being_assessed()


def is_in(client: Client) -> bool:
    return client.get("/staff/").status_code == 200


def ask_page(case: Application) -> str:
    return f"/staff/applications/{case.reference}/ask/"


def seal_on(client: Client, where: str) -> dict[str, str]:
    found = re.search(r'name="seal" value="([^"]+)"', client.get(where).content.decode())
    assert found
    return {"seal": found[1]}


def signs_in_again(client: Client, user: User) -> None:
    """In the same browser: what its session holds outlives it."""
    client.force_login(user)
    session = client.session
    has_shown(session, user, "mfa", type="totp")
    session.save()


# --- the limit ---


def test_half_an_hour_is_the_limit_unless_the_installation_says_otherwise() -> None:
    assert LIMIT == 30 * 60


def test_who_does_nothing_is_signed_out_and_led_back_after_signing_in(officer: User, passes: SimpleNamespace) -> None:
    client = signed_in(officer)
    assert is_in(client)

    passes.seconds(LIMIT + 1)

    assert client.get("/staff/").headers["Location"] == "/account/login/?next=/staff/"
    assert not client.session.get("_auth_user_id")


def test_each_page_begins_it_anew(officer: User, passes: SimpleNamespace) -> None:
    client = signed_in(officer)

    for _page in range(4):
        passes.seconds(LIMIT - 60)
        assert is_in(client)


def test_employers_stay_signed_in(passes: SimpleNamespace) -> None:
    client = signed_in(holder_of(an_application().organisation))
    assert client.get("/apply/").status_code == 200

    passes.seconds(LIMIT * 4)

    assert client.get("/apply/").status_code == 200
    assert client.get("/account/session-left/").json()["left"] > LIMIT


def test_to_ask_how_long_is_left_is_not_to_do_something_but_to_say_so_is(
    officer: User, passes: SimpleNamespace
) -> None:
    client = signed_in(officer)
    assert is_in(client)

    passes.seconds(LIMIT - 100)
    assert client.get("/account/session-left/").json() == {"left": 100}
    passes.seconds(50)
    assert client.get("/account/session-left/").json() == {"left": 50}
    assert client.post("/account/session-left/").json() == {"left": LIMIT}

    passes.seconds(LIMIT + 1)
    assert client.get("/account/session-left/").status_code == 302


def test_staff_read_of_it_and_a_script_is_told_when(officer: User) -> None:
    words = signed_in(officer).get("/staff/").content.decode()

    assert "If you do nothing for 30 minutes, you are signed out." in words
    left = re.search(r'data-idle-left="(\d+)"', words)
    assert left and LIMIT - 60 < int(left[1]) <= LIMIT
    holder = signed_in(holder_of(an_application().organisation))
    assert "data-idle-left" not in holder.get("/apply/").content.decode()


# --- a form in a window that was left open ---


def test_what_was_typed_is_shown_again_after_signing_in_and_nothing_is_done(
    officer: User, case: Application, passes: SimpleNamespace
) -> None:
    client = signed_in(officer)
    seal = seal_on(client, ask_page(case))
    passes.seconds(LIMIT + 1)
    before = Event.objects.count()

    answer = client.post(ask_page(case), TYPED | seal)
    assert answer.headers["Location"] == f"/account/login/?next={ask_page(case)}"
    signs_in_again(client, officer)
    page = client.get(ask_page(case)).content.decode()

    assert QUESTION in page
    assert "You were signed out before this could be sent." in page
    assert Event.objects.count() == before
    assert not case.requests.exists()


def test_sent_once_more_it_is_done_and_shown_no_longer(
    officer: User, case: Application, passes: SimpleNamespace
) -> None:
    client = signed_in(officer)
    seal = seal_on(client, ask_page(case))
    passes.seconds(LIMIT + 1)
    client.post(ask_page(case), TYPED | seal)
    signs_in_again(client, officer)
    client.get(ask_page(case))

    client.post(ask_page(case), TYPED | seal_on(client, ask_page(case)))

    assert case.requests.get().question == QUESTION
    assert web.HELD not in client.session


def test_what_is_still_wrong_with_it_is_said(officer: User, case: Application, passes: SimpleNamespace) -> None:
    client = signed_in(officer)
    seal = seal_on(client, ask_page(case))
    passes.seconds(LIMIT + 1)
    client.post(ask_page(case), TYPED | {"due_on_day": "99"} | seal)
    signs_in_again(client, officer)

    page = client.get(ask_page(case)).content.decode()

    assert QUESTION in page
    assert "There is a problem" in page


def test_a_second_window_signed_in_anew_meanwhile_loses_nothing_either(
    officer: User, case: Application, passes: SimpleNamespace
) -> None:
    """Its form has the token of the session before, which is refused; its seal says whose it is."""
    client = Client(enforce_csrf_checks=True)
    signs_in_again(client, officer)
    seal = seal_on(client, ask_page(case))
    token = {"csrfmiddlewaretoken": client.cookies[settings.CSRF_COOKIE_NAME].value}
    passes.seconds(LIMIT + 1)
    client.get("/staff/")
    signs_in_again(client, officer)
    client.cookies.pop(settings.CSRF_COOKIE_NAME)

    answer = client.post(ask_page(case), TYPED | seal | token)

    assert answer.headers["Location"] == ask_page(case)
    assert QUESTION in client.get(ask_page(case)).content.decode()
    assert not case.requests.exists()


def test_nobody_else_who_signs_in_there_sees_it(officer: User, case: Application, passes: SimpleNamespace) -> None:
    client = signed_in(officer)
    seal = seal_on(client, ask_page(case))
    passes.seconds(LIMIT + 1)
    client.post(ask_page(case), TYPED | seal)
    signs_in_again(client, person("case_officer"))

    assert QUESTION not in client.get(ask_page(case)).content.decode()
    assert web.HELD not in client.session


def test_going_back_to_a_page_that_was_left_open_asks_to_sign_in_and_leads_there(
    officer: User, case: Application, passes: SimpleNamespace
) -> None:
    client = signed_in(officer)
    kept = client.get(ask_page(case))
    passes.seconds(LIMIT + 1)

    assert "no-store" in kept.headers["Cache-Control"]  # so the browser asks again
    assert client.get(ask_page(case)).headers["Location"] == f"/account/login/?next={ask_page(case)}"
