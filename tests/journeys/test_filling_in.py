"""An application is filled in: the page saves itself, a colleague is heard of, and a session that ends takes nothing with it."""

import re

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from licensing.applications.models import Answer, Application
from registry.accounts.models import User
from tests import stories
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import faults
from tests.licensing.applications.test_views_two_at_once import a_colleague
from tests.people import person
from tests.registry.stories import with_proved_address

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct horse battery staple"
NARROW = {"viewport": {"width": 320, "height": 700}}


def an_applicant() -> User:
    return with_proved_address(person("applicant", password=PASSWORD))


def a_draft(user: User) -> Application:
    return stories.an_application(stories.a_provider(by=user))


def test_a_page_saves_itself_and_two_people_hear_of_each_other(sit_down: SitDown) -> None:
    application = a_draft(an_applicant())
    mine = sit_down(application.started_by, **NARROW)
    theirs = sit_down(a_colleague(application))

    for desk in (mine, theirs):
        desk.open("question_page", application.reference, "names")
    mine.page.get_by_label("Trading names").fill("Typed first")
    expect(mine.page.locator("[data-said]")).to_have_text(re.compile("^Saved at "))
    assert Answer.objects.get(application=application).data["trading_names"] == ["Typed first"]

    theirs.page.get_by_label("Trading names").fill("Typed second")
    expect(theirs.page.locator("[data-said]")).to_contain_text("saved this after you opened it")
    theirs.page.get_by_role("button", name="Continue").click()
    expect(theirs.page.get_by_role("heading", name="Someone changed this page")).to_be_visible()
    expect(theirs.page.locator("main")).to_contain_text("Typed first")
    assert list(faults(theirs.page, "en-gb")) == []
    theirs.page.get_by_label("Trading names").fill("Typed first\nTyped second")
    theirs.page.get_by_role("button", name="Continue").click()
    expect(theirs.page.get_by_role("heading", level=1)).not_to_have_text("What is the organisation called?")

    assert Answer.objects.get(application=application).data["trading_names"] == ["Typed first", "Typed second"]
    assert mine.page.evaluate("document.documentElement.scrollWidth") <= 320


def test_whoever_is_signed_out_while_typing_signs_in_and_goes_on(sit_down: SitDown) -> None:
    application = a_draft(an_applicant())
    desk = sit_down(application.started_by)
    desk.open("question_page", application.reference, "names")
    desk.page.get_by_label("Trading names").fill("Typed at midnight")
    Session.objects.all().delete()

    desk.page.get_by_role("button", name="Continue").click()
    desk.page.get_by_label("Email").fill(application.started_by.email)
    desk.page.get_by_label("Password", exact=True).fill(PASSWORD)
    desk.page.get_by_role("button", name="Sign in", exact=True).click()

    expect(desk.page.get_by_label("Trading names")).to_have_value("Typed at midnight")
    expect(desk.page.locator("main")).to_contain_text("has not been saved yet")
    desk.page.get_by_role("button", name="Continue").click()
    expect(desk.page.get_by_role("heading", level=1)).not_to_have_text("What is the organisation called?")
    assert Answer.objects.get(application=application).data["trading_names"] == ["Typed at midnight"]
