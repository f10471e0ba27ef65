"""On a phone someone complains, reads the answer and asks for a second look; another asks for news of a release; a third orders cards."""

from datetime import timedelta

import pytest

from registry.complaints import actions
from registry.complaints.models import Complaint
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import NARROW, faults
from tests.people import person
from tests.registry.complaints.world import ANSWER, WORDS
from tests.registry.editions.world import announced

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_complaint_is_sent_answered_and_looked_at_again(sit_down: SitDown) -> None:
    desk = sit_down(None, viewport=NARROW)
    desk.open("contact")
    desk.follow("Feedback and complaints")
    desk.press("Send the complaint")
    desk.must_say("There is a problem", "Write what happened.")
    assert list(faults(desk.page, "en-gb")) == []

    desk.page.get_by_label("It took too long").check()
    desk.page.get_by_label("Applications and renewals").check()
    desk.fill("text", WORDS)
    desk.press("Send the complaint")
    desk.must_say("We have your complaint", "We answer by")
    assert list(faults(desk.page, "en-gb")) == []
    desk.page.locator("main a.govuk-link").first.click()
    desk.must_say("We received it on")

    one = Complaint.objects.get()
    actions.answer_complaint(one, outcome="not_upheld", answer=ANSWER, by=person("quality_reviewer"), at=NOW)
    desk.page.reload()
    desk.must_say("Not upheld", ANSWER)
    desk.fill("because", "No one called.")
    desk.press("Ask for a second look")
    desk.must_say("Someone who did not answer it looks at it again.")


def test_a_reader_asks_to_be_told_of_a_release(sit_down: SitDown, set_clock: SetClock) -> None:
    edition = announced()
    set_clock(NOW + timedelta(days=1))
    desk = sit_down(None, viewport=NARROW)
    desk.open("ask_for_notice", edition.code)
    desk.press("Send me an email to confirm")
    desk.must_say("There is a problem")
    desk.fill("email", "reader@mail.example")
    desk.press("Send me an email to confirm")
    assert list(faults(desk.page, "en-gb")) == []


def test_a_helper_finds_materials_orders_them_and_asks_for_what_is_new(sit_down: SitDown) -> None:
    desk = sit_down(None, viewport=NARROW)
    desk.open("start")
    desk.follow("Posters, cards and texts to pass on")
    assert list(faults(desk.page, "en-gb")) == []
    desk.follow("Order on paper")
    desk.press("Send the order")
    desk.must_say("There is a problem", "Enter the address to send them to.")
    assert list(faults(desk.page, "en-gb")) == []
    desk.page.get_by_label("Cards, 10 on a sheet").check()
    for name, typed in {"sheets": "20", "name": "Halina", "address": "Wisbech", "email": "halina@mail.example"}.items():
        desk.fill(name, typed)
    desk.press("Send the order")
    desk.must_say("We have your order", "We send it by")
    assert list(faults(desk.page, "en-gb")) == []

    desk.open("material_news")
    desk.page.get_by_label("For myself").check()
    desk.fill("email", "halina@mail.example")
    desk.press("Send me an email to confirm")
    desk.must_say("Look at your email")
    assert list(faults(desk.page, "en-gb")) == []
