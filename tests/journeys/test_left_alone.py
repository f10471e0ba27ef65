"""An officer who does nothing is warned, may stay, and is signed out; one who types is doing something."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from playwright.sync_api import Route

from registry.accounts.models import User
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.people import person
from tests.stories import an_application_being_assessed

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ALMOST = settings.STAFF_IDLE_SECONDS - 4 * 60


@pytest.fixture
def officer() -> User:
    return person("case_officer")


@pytest.fixture
def desk(officer: User, sit_down: SitDown) -> Iterator[Desk]:
    """At a page to type on; the clock of the browser goes on when a test says so, that of the server does not."""
    desk = sit_down(officer)
    desk.page.clock.install()
    desk.open("ask_applicant", an_application_being_assessed(case_officer=officer).reference)
    yield desk
    assert desk.complaints == []


def passes(desk: Desk, seconds: int) -> None:
    desk.page.clock.run_for(seconds * 1000)


def time_is_short(route: Route) -> None:
    if route.request.method == "GET":
        route.fulfill(json={"left": 200})
    else:
        route.continue_()


def dialog(desk: Desk) -> str:
    """What the box over the page says; empty while there is none."""
    box = desk.page.locator("dialog[open]")
    return box.inner_text() if box.count() else ""


def test_who_does_nothing_is_warned_and_may_stay(desk: Desk) -> None:
    # The server has not heard of the time that passes in this browser: until somebody stays, it is said to be short.
    desk.page.route("**/account/session-left/", time_is_short)
    passes(desk, 60)
    assert dialog(desk) == ""

    passes(desk, ALMOST)
    desk.page.locator("dialog[open]").wait_for()
    assert "You will soon be signed out" in dialog(desk)
    assert desk.page.evaluate("document.activeElement.textContent") == "Stay signed in"

    desk.page.keyboard.press("Enter")
    desk.page.locator("dialog[open]").wait_for(state="detached")


def test_who_is_doing_something_in_another_window_is_not_warned(desk: Desk) -> None:
    with desk.page.expect_response("**/account/session-left/") as answered:
        passes(desk, ALMOST)

    assert answered.value.request.method == "GET"
    assert dialog(desk) == ""


def test_to_type_is_to_do_something(desk: Desk) -> None:
    desk.fill("item-0-text", "Which bank pays the wages?")

    with desk.page.expect_response("**/account/session-left/") as answered:
        passes(desk, 70)

    assert answered.value.request.method == "POST"
    assert answered.value.status == 200


def test_who_was_signed_out_is_told_and_finds_what_was_typed_on_the_page(desk: Desk) -> None:
    desk.fill("item-0-text", "Which bank pays the wages?")
    Session.objects.all().delete()

    passes(desk, settings.STAFF_IDLE_SECONDS)
    desk.page.locator("dialog[open]").wait_for()
    assert "You have been signed out" in dialog(desk)

    desk.page.get_by_role("button", name="Go back to the page").click()
    assert dialog(desk) == ""
    assert desk.page.locator("[name=item-0-text]").input_value() == "Which bank pays the wages?"
    desk.click(desk.page.locator("main form button[type=submit]:not([name])"))
    assert "/account/login/" in desk.page.url
