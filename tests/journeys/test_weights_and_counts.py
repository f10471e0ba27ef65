"""Weights of the authority's own are proposed by an analyst and adopted by a manager; both read the counts for the public."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from compliance.targeting.models import Weighting
from tests.compliance.statistics.test_queries_counts import visited
from tests.compliance.stories import SCHEME
from tests.compliance.targeting.world import a_licence_with_a_past, a_past_to_try_on, scored
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = pytest.mark.browser
WHY = "Late notices found more than anything else last year."


def looks_right(desk: Desk) -> None:
    """For assistive technology, and at 320 pixels."""
    assert list(faults(desk.page, "en-gb")) == []


def test_an_analyst_proposes_weights_and_a_manager_adopts_them(sit_down: SitDown) -> None:
    a_past_to_try_on()
    licence = a_licence_with_a_past(legal_name="Weighed Ltd")
    scored(licence, at=timezone.now())
    analyst, manager = sit_down(person("intelligence_analyst")), sit_down(person("manager"))

    analyst.open("staff_home")
    analyst.follow("Choosing visits")
    analyst.follow("Weights")
    looks_right(analyst)
    # Of the scheme in which there were visits enough to try them on.
    analyst.open("propose_weights", SCHEME)
    analyst.fill("notices_late", "many")
    analyst.fill("because", WHY)
    analyst.press("Propose")
    assert analyst.problems == ["Write each step as value, colon, points, with commas between the steps: 1: 5, 16: 10."]
    assert analyst.page.locator("[name='notices_late']").input_value() == "many"
    looks_right(analyst)
    analyst.fill("notices_late", "1: 50")
    analyst.press("Propose")
    analyst.must_say("Weights number 1", WHY)
    # Back leads to the page that asked, and not to what a browser says of a form that was sent.
    analyst.page.go_back()
    analyst.must_say("Propose other weights")
    analyst.page.go_forward()
    analyst.must_say("Weights number 1", WHY)
    assert analyst.button("Adopt these weights").count() == 0
    looks_right(analyst)

    manager.open("weights")
    manager.open_row(WHY)
    manager.press("Adopt these weights")
    manager.fill("holds_from", timezone.localdate())
    looks_right(manager)
    manager.press("Adopt these weights")
    manager.must_say("These are the weights in force.")
    manager.page.go_back()
    manager.open("weights")
    looks_right(manager)

    assert Weighting.objects.get().adopted_by == manager.user
    assert [*analyst.complaints, *manager.complaints] == []


def test_analyst_and_manager_read_the_counts_and_take_a_table_away(sit_down: SitDown) -> None:
    visited(30)
    visited(4, country="wales")

    for role in ("intelligence_analyst", "manager"):
        desk = sit_down(person(role))
        desk.open("staff_home")
        desk.follow("Public statistics")
        if role == "intelligence_analyst":
            desk.must_say("Nothing has been counted yet.")
            desk.press("Count again now")
        desk.must_say("Counted on", "Inspections by part of the United Kingdom", "[c]")
        regions = desk.page.get_by_role("table", name="Inspections by part of the United Kingdom")
        # A visit is public business: four are shown as four.
        expect(regions.get_by_role("row", name="Wales")).to_contain_text("4")
        looks_right(desk)
        with desk.page.expect_download() as taken:
            desk.page.get_by_role("button", name="Inspections by part").click()
        assert taken.value.suggested_filename.startswith("regions-")
        assert desk.complaints == []
