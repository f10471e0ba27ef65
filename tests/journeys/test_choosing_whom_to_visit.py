"""Choosing visits, from the seed to the inspector: an analyst chooses, a manager draws, an officer sends."""

from datetime import timedelta

import pytest
from django.utils import timezone

from compliance import jobs
from compliance.targeting.models import VisitRound
from tests.compliance.targeting.world import a_licence_with_a_past, a_row_like
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person
from tests.stories import holder_of

pytestmark = pytest.mark.browser


def looks_right(desk: Desk) -> None:
    """For assistive technology, and at 320 pixels."""
    assert list(faults(desk.page, "en-gb")) == []


def test_a_licence_is_chosen_for_what_is_known_of_it_and_its_holder_explains(sit_down: SitDown) -> None:
    licence = a_licence_with_a_past()
    for number in range(4):
        a_row_like(licence, number)
    jobs.score_all(at=timezone.now())
    analyst, officer = sit_down(person("intelligence_analyst")), sit_down(person("case_officer"))
    manager = sit_down(person("manager"))
    inspector = person("inspector", name="Ifan Price")
    holder = sit_down(holder_of(licence.organisation))

    holder.open("licence", licence.number)
    holder.follow("What we look at when we choose visits")
    holder.fill("text", "The firm that we supplied through has been given up.")
    holder.press("Send")
    looks_right(holder)
    holder.must_say("The firm that we supplied through has been given up.")

    analyst.open("staff_home")
    analyst.follow("Choosing visits")
    analyst.follow(licence.organisation.legal_name)
    analyst.must_say("Score: 33 points", "has been given up", "Standards not met before")
    looks_right(analyst)
    analyst.open("rounds")
    analyst.press("Open a round")
    analyst.choose("scheme", "gla-food")
    analyst.fill("capacity", "4")
    analyst.press("Open the round")
    analyst.must_say("3 visits are left to choose")
    one = VisitRound.objects.get()
    analyst.follow(f"Choose {licence.number}")
    analyst.fill("because", "It failed critical standards.")
    analyst.press("Choose")
    analyst.press("Fix the list")  # leads to the page that says what it does
    analyst.press("Fix the list")
    looks_right(analyst)
    manager.open("visit_round", one.reference)
    manager.press("Select at random")
    manager.fill("figures", "31415 92653 58979 32384")
    manager.press("Select at random")
    manager.must_say("The result is the same", "How far the visits have come")
    looks_right(manager)

    officer.open("inspections")
    officer.follow("Rounds of visits")
    officer.follow(one.reference)
    officer.click(officer.page.locator(f'main a[href$="{licence.number}/send/"]'))
    officer.fill("brief", "See whether hours are written down now.")
    officer.choose("inspector", inspector.reference)
    due = timezone.localdate() + timedelta(days=20)
    for part in ("day", "month", "year"):
        officer.fill(f"due_on_{part}", getattr(due, part))
    officer.press("Commission the inspection")
    officer.must_say("How it was chosen", "See whether hours are written down now.")

    analyst.open("evaluation")
    analyst.press("Count again now")
    analyst.must_say("Cannot tell yet")
    looks_right(analyst)
    for desk in (analyst, manager, officer, holder):
        assert desk.complaints == []
