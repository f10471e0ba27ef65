"""One correction of a letter is refused, another is countersigned; the business reads the letter that counts, and the one before."""

import pytest

from registry.letters.models import Letter
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.licensing.stories import a_request
from tests.people import person
from tests.stories import holder_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_correction_is_refused_and_another_countersigned(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    a_request()
    letter = Letter.objects.latest("pk")
    owen, fatima = sit_down(person("case_officer", name="Owen")), sit_down(person("case_officer", name="Fatima"))

    # What changes the meaning is no slip, and what was typed stays.
    proposes(owen, letter, "with the farms", "with the two farms")
    assert owen.problems
    assert owen.page.locator("[name=right]").input_value() == "with the two farms"

    proposes(owen, letter, "with the farms", "with the farm")
    owen.must_say("Not “with the farms” but “with the farm”")
    refuses(fatima, letter)
    owen.open("staff_letter", letter.number)
    owen.must_say("There are two farms, as the agreement says.")

    proposes(owen, letter, "with the farms", "with the farm")
    countersigns(fatima, letter)

    holder = sit_down(holder_of(letter.organisation))  # type: ignore[arg-type]
    holder.go(f"/licences/letters/{letter.number}/")
    holder.must_say("agreement with the farm.", "This letter corrects and replaces the letter of 2 November 2026")
    holder.go(f"/licences/letters/{letter.number}/?edition=1")
    holder.must_say("agreement with the farms", "Replaced on 2 November 2026 by a corrected letter")
    assert [one.complaints for one in (owen, fatima, holder)] == [[], [], []]


def proposes(officer: Desk, letter: Letter, wrong: str, right: str) -> None:
    officer.open("staff_letter", letter.number)
    officer.follow("Correct a slip")
    officer.fill("wrong", wrong)
    officer.fill("right", right)
    officer.fill("because", "There is one farm.")
    officer.page.locator("main form button[type=submit]").last.click()
    officer.page.wait_for_load_state()


def refuses(officer: Desk, letter: Letter) -> None:
    officer.open("staff_letter", letter.number)
    officer.press("Refuse the correction")
    officer.fill("because", "There are two farms, as the agreement says.")
    officer.press("Refuse")


def countersigns(officer: Desk, letter: Letter) -> None:
    officer.open("staff_letter", letter.number)
    officer.press("Countersign the correction")
    officer.must_say("Read the letter first")
    officer.press("Read the letter first")
    officer.must_say("agreement with the farm.")
    officer.press("Countersign and send")
