"""An applicant pays by card: declined first, then paid; goes back; closes the tab, and is found paid all the same."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from playwright.sync_api import Page, Route, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer

from licensing import jobs
from licensing.applications.models import Application
from licensing.payments.models import Payment
from script.stand_ins.card_payments import DECLINED, PAID, Till
from tests import stories
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import faults
from tests.licensing.payments.cards import a_till

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def telling(settings: Settings, live_server: LiveServer) -> Iterator[Till]:
    """The stand-in tells the service at once what has become of a payment."""
    settings.SITE_ADDRESS = live_server.url
    with a_till(settings, tell=f"{live_server.url}/card-payments/told/") as running:
        yield running


@pytest.fixture
def silent(settings: Settings, live_server: LiveServer) -> Iterator[Till]:
    """The stand-in tells nothing by itself."""
    settings.SITE_ADDRESS = live_server.url
    with a_till(settings) as running:
        yield running


def _paid_and_closed(route: Route) -> None:
    """What was typed arrives; the tab is gone before the way back is taken."""
    route.fetch(max_redirects=0)
    route.abort()


def types(page: Page, card: str) -> None:
    page.get_by_label("Card number").fill(card)
    page.get_by_role("button", name="Pay", exact=True).click()


@pytest.mark.parametrize("script", [True, False])
def test_a_card_is_declined_then_paid_and_going_back_pays_nothing_twice(
    telling: Till, sit_down: SitDown, script: bool
) -> None:
    application = stories.an_application_submitted()
    desk = sit_down(stories.holder_of(application.organisation), java_script_enabled=script)
    page = desk.page
    desk.open("application_payments", application.reference)

    desk.press("Pay £620 by card")
    types(page, "1234")
    expect(page.get_by_role("alert")).to_contain_text("Enter one of the two card numbers")
    types(page, DECLINED)
    expect(page.get_by_text("Your card was declined. Nothing was paid.")).to_be_visible()
    assert not Payment.objects.exists()

    desk.follow("See what is to be paid, and try again")
    desk.press("Pay £620 by card")
    types(page, PAID)
    expect(page.get_by_role("heading", name="You have paid")).to_be_visible()
    if script:
        assert list(faults(page, "en-gb")) == []

    page.go_back()
    page.go_back()
    page.reload()
    expect(page.get_by_text("There is nothing to pay.")).to_be_visible()
    expect(page.get_by_role("button", name="by card")).to_have_count(0)
    assert Payment.objects.get().amount == application.fee


def test_who_closes_the_tab_before_coming_back_has_paid(silent: Till, sit_down: SitDown) -> None:
    application = stories.an_application_submitted()
    desk = sit_down(stories.holder_of(application.organisation))
    desk.open("application_payments", application.reference)
    desk.press("Pay £620 by card")
    page = desk.page
    page.get_by_label("Card number").fill(PAID)
    page.route("**/pay/*", _paid_and_closed)
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Pay", exact=True).click(no_wait_after=True)
    page.unroute_all()
    assert not Payment.objects.exists()

    assert jobs.ask_about_card_payments(at=NOW + timedelta(minutes=3)) == 1

    desk.open("application_payments", application.reference)
    expect(page.get_by_text("There is nothing to pay.")).to_be_visible()
    assert Application.objects.get(pk=application.pk).still_to_pay == 0
