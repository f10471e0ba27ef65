"""An analyst sees what followed after measures, with an interval and "cannot tell yet"; a manager records what changed."""

from datetime import timedelta

import pytest

from compliance.prevention import actions
from compliance.prevention.models import PreventionChange
from tests.compliance.prevention.world import HALF_A_YEAR_LATER, a_round_of_chance
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = pytest.mark.browser
CHANGED = "Half of each round is selected at random."


def test_an_analyst_sees_what_followed_and_a_manager_records_a_change(sit_down: SitDown) -> None:
    a_round_of_chance()
    actions.count_prevention(by=None, at=HALF_A_YEAR_LATER)
    analyst, manager = sit_down(person("intelligence_analyst")), sit_down(person("manager"))

    analyst.open("staff_home")
    analyst.follow("Does it work?")
    analyst.must_say("Visit selected at random", "Random selection: chance alone decided who had it")
    analyst.must_say("-60 (-78 to -33)", "Less often with it", "Cannot tell yet")
    assert analyst.page.get_by_role("img", name="What followed: Visit selected at random").count() == 1
    assert list(faults(analyst.page, "en-gb")) == []

    manager.open("record_prevention_change", "construction")
    manager.must_say("There is no result with an interval yet.")
    manager.open("record_prevention_change", "gla-food")
    manager.press("Record the change")
    assert "Enter what was changed." in manager.problems
    manager.choose("result", "random_visit-exit-6")
    manager.fill("text", CHANGED)
    manager.fill("holds_from", (NOW + timedelta(days=30)).date())
    assert list(faults(manager.page, "en-gb")) == []
    manager.press("Record the change")
    manager.must_say("The change has been recorded.", CHANGED)

    assert PreventionChange.objects.get().measure == "random_visit"
    analyst.open("prevention")
    analyst.must_say("What we changed as a result", CHANGED)
    assert [*analyst.complaints, *manager.complaints] == []
