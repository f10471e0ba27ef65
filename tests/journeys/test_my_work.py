"""The desk of staff: twenty rows in sight, the first within few presses of Tab, the menu at any width, Back as one left."""

import os
from datetime import timedelta
from pathlib import Path

import pytest

from registry.accounts.models import User
from registry.tasks.models import Task
from registry.waits import TaskPriority
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import an_application_checked
from tests.people import person
from tests.remembered import remembered

pytestmark = pytest.mark.browser

FIRMS = (
    "Zhelyazkov Harvest Services Ltd",
    "Teal Fen Packhouse Labour LLP",
    "Hollinside Harvest Services Ltd",
    "Brankholt Fresh Produce Staff Ltd",
)
WIDE = {"width": 1280, "height": 900}
ROWS_IN_SIGHT = """() => [...document.querySelectorAll('.app-dense tbody tr')].filter(
  row => row.getBoundingClientRect().bottom <= innerHeight && row.getBoundingClientRect().height > 0).length"""
IN_A_ROW = "() => !!document.activeElement.closest('tbody tr')"
TOO_WIDE = "() => document.documentElement.scrollWidth > document.documentElement.clientWidth"


@pytest.fixture
def officer() -> User:
    return _officer()


@remembered
def _officer() -> User:
    """Who has 24 tasks: two overdue, one urgent."""
    officer = person("case_officer", name="Owen Baptiste")
    for number in range(24):
        an_application_checked(case_officer=officer, legal_name=f"{FIRMS[number % 4]} {number}")
    tasks = list(Task.objects.open().filter(owner=officer).order_by("pk"))
    for number, task in enumerate(tasks):
        task.due_on = NOW.date() + timedelta(days=number - 2)
        task.priority = TaskPriority.URGENT if number == 5 else TaskPriority.NORMAL
        task.save()
    return officer


def looked_at(desk: Desk, name: str) -> None:
    """Keep a picture where `PICTURES` names a folder, for whoever changes the look."""
    if folder := os.environ.get("PICTURES"):
        desk.page.screenshot(path=Path(folder) / f"{name}.png")


def test_twenty_rows_are_in_sight_and_the_first_is_reached_at_once(sit_down: SitDown, officer: User) -> None:
    desk = sit_down(officer, viewport=WIDE)
    lists = ("tasks", "applications")
    for name in lists:
        desk.open(name)
        looked_at(desk, name)
    for name in lists:
        desk.open(name)
        assert desk.page.evaluate(ROWS_IN_SIGHT) >= 20, name
        presses = 0
        while not desk.page.evaluate(IN_A_ROW):
            desk.page.keyboard.press("Tab")
            presses += 1
            if desk.page.evaluate("document.activeElement.getAttribute('href')") == "#list":
                desk.page.keyboard.press("Enter")
        assert presses < 10, name
    desk.open("staff_home")
    looked_at(desk, "my-work")
    desk.must_say("My work", "Alerts", "Overdue", "My tasks")
    desk.page.locator("nav details summary").click()
    looked_at(desk, "menu")


def test_back_from_a_case_keeps_filter_and_page(sit_down: SitDown, officer: User) -> None:
    desk = sit_down(officer, viewport=WIDE)
    desk.open("tasks", query="?whose=mine&sort=-due")
    desk.open_row("Hollinside Harvest Services Ltd 22")
    desk.page.go_back()
    assert desk.page.url.endswith("?whose=mine&sort=-due")
    desk.must_say("Whose task: Mine")


def test_the_menu_opens_without_a_script_on_a_narrow_screen(sit_down: SitDown, officer: User) -> None:
    desk = sit_down(officer, viewport={"width": 320, "height": 640}, java_script_enabled=False)
    desk.open("staff_home")
    desk.page.locator("nav details summary").click()
    looked_at(desk, "menu-320")
    desk.page.locator("nav details").get_by_role("link", name="Bank holidays").click()
    desk.must_say("Bank holidays")
    assert not desk.page.evaluate(TOO_WIDE)
    for name in ("staff_home", "tasks"):
        desk.open(name)
        looked_at(desk, f"{name}-320")
        assert not desk.page.evaluate(TOO_WIDE), name


#: Of the first row: how wide the cell of its day is, and where its link begins.
FIRST_ROW = """() => { const row = document.querySelector('.app-dense tbody tr');
  return [row.cells[0].getBoundingClientRect().width, row.querySelector('a').getBoundingClientRect().left] }"""


def test_on_a_narrow_screen_the_day_is_whole_and_what_to_do_is_in_sight(sit_down: SitDown, officer: User) -> None:
    desk = sit_down(officer, viewport={"width": 320, "height": 640}, java_script_enabled=True)
    for name in ("staff_home", "tasks"):
        desk.open(name)
        width, left = desk.page.evaluate(FIRST_ROW)
        assert width >= 90, name
        assert left < 200, name
