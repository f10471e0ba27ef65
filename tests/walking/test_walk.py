"""A short walk through all the work; a long one is `python -m tests.walking`."""

import os
import time
from random import Random

import pytest
from pytest_django import Settings

from registry.tasks.models import Task
from tests.conftest import SetClock
from tests.journeys.every_page import world as every_page
from tests.licensing.stories import an_application_checked
from tests.stories import an_application_paid
from tests.walking import office, world
from tests.walking.walk import Walk

pytestmark = [pytest.mark.django_db, pytest.mark.once]

#: Which walk, for how many seconds of the clock, and whether from the world of every page: `python -m tests.walking` says it.
SEED, SECONDS, EVERY_PAGE = "WALK_SEED", "WALK_SECONDS", "WALK_EVERY_PAGE"
STEPS = 24
#: A walk that finds so many faults need not go on.
ENOUGH = 20


def test_whatever_people_press_nothing_is_as_it_must_never_be(settings: Settings, set_clock: SetClock) -> None:
    settings.DEMO = True
    (every_page.build if os.environ.get(EVERY_PAGE) else world.begin)()
    office.fill_roles()
    walk = Walk(Random(int(os.environ.get(SEED, "1"))), set_clock)
    seconds, began, steps = float(os.environ.get(SECONDS, "0")), time.monotonic(), 0

    while steps < STEPS or time.monotonic() < began + seconds:
        walk.step()
        steps += 1
        if len(walk.faults) >= ENOUGH:
            break

    print(walk.report(steps))
    assert walk.faults == [], walk.report(steps)
    assert walk.done.total() > STEPS / 8, "a walk in which hardly anything is done shows nothing"


def test_a_walk_says_what_is_wrong(set_clock: SetClock) -> None:
    officer = an_application_checked().case_officer
    an_application_paid(legal_name="Fern Labour Ltd")
    assert officer
    walk = Walk(Random(1), set_clock)
    walk.look("nothing")
    assert walk.faults == []

    officer.is_active = False
    officer.save(update_fields=["is_active"])
    Task.objects.open().get(kind="application.take_on").delete()
    walk.look("both")

    assert [fault.split(" ")[2] for fault in walk.faults] == ["application", "application.assess"]
