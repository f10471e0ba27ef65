"""A company of one man applies on a telephone without script: one question after the other, and none that is not his."""

import os
from datetime import date, datetime
from pathlib import Path

import pytest

from config.demo.answers import Profile, answers
from tests.conftest import LONDON, SetClock
from tests.journeys.applying import NO_SCRIPT, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = datetime(2026, 12, 1, 18, 30, tzinfo=LONDON)
NAME = "Meirion Pugh"
SAYS = Profile(
    {
        "legal_name": "Pugh’s Pickers Ltd",
        "legal_status": "company",
        "address": {"line_1": "2 Heol y Dŵr", "town": "Llanrwst", "postcode": "LL26 0AB", "country": "wales"},
        "sectors": ["horticulture"],
        "countries_supplied": ["wales"],
        "worker_numbers_now": 0,
        "turnover": "48000",
        "signature": NAME,
    },
    {"principal_authority": {"full_name": NAME, "date_of_birth": "1990-05-30", "job_title": "Owner"}},
    {"directors": [{"full_name": NAME, "date_of_birth": "1990-05-30"}]},
)


def answer_steps(desk: Desk, mine: Applying, *, until: str) -> int:
    """Answers what is asked and presses the one button, until this page of the form; how many steps it took."""
    took = 0
    while f"/steps/{until}/" not in desk.page.url and "check-answers" not in desk.page.url:
        if "/who/" in desk.page.url:  # who answers for the business is its director
            desk.page.locator("input[name=person]").first.check()
            desk.press("Continue")
            continue
        slug = desk.page.url.split("/steps/")[1].split("/")[0]
        page = mine.scheme.form.page(slug)
        if page.list_of and desk.page.locator("main form").count() == 0:
            added = desk.page.locator("main li.govuk-summary-list__row").count()
            desk.press("Add" if added < sum(one.page == slug for one in mine.items) else "Continue")
            continue
        item = next(one for one in mine.items if one.page == slug)
        desk.type_answers(mine.scheme, item)
        assert "Only if" not in desk.text
        _fits(desk)
        desk.press("Continue")
        assert not desk.problems, (desk.page.url, desk.problems)
        took += 1
    return took


def goes_back(desk: Desk) -> None:
    desk.click(desk.page.locator(".govuk-back-link"))


def _fits(desk: Desk) -> None:
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320, desk.page.url


def _look(desk: Desk, name: str) -> None:
    """Keep a picture where `PICTURES` names a folder, for whoever changes the look."""
    if folder := os.environ.get("PICTURES"):
        desk.page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def test_a_company_of_one_man_applies_step_by_step(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(AT)
    scheme = scheme_on(date(2026, 12, 1))
    mine = Applying(sit_down, set_clock, somebody(NAME), scheme, list(answers(scheme, SAYS)), AT)

    desk = mine.sits_down(**NO_SCRIPT)
    mine.starts(desk, "Pugh’s Pickers Ltd")
    _look(desk, "tasks-first")
    desk.press("Continue: Organisation details")
    desk.must_say("Section 1 of 7", "Legal status")
    answer_steps(desk, mine, until="tax")
    _look(desk, "step-yes-no")
    goes_back(desk)
    desk.must_say("Company number")
    goes_back(desk)
    desk.must_say("Which other addresses are there?")
    answer_steps(desk, mine, until="directors")
    _look(desk, "list")
    answer_steps(desk, mine, until="turnover")
    desk.choose("turnover_basis", "last_year")
    desk.press("Save for later")
    desk.must_say("required sections completed", "In progress")
    _look(desk, "tasks-half")
    desk.press("Continue: Fees")
    answer_steps(desk, mine, until="nothing")

    desk.follow("Show all answers")
    desk.must_say("Check your answers", *mine.words())
    _look(desk, "check")
    desk.follow("Change your answer to “Do you provide or arrange transport?”")
    desk.choose("transport", "yes")
    desk.press("Continue")
    desk.must_say("The transport")
    goes_back(desk)
    desk.follow("Change your answer to “Do you provide or arrange transport?”")
    desk.choose("transport", "no")
    desk.press("Continue")
    desk.must_say("Check your answers")
    assert not mine.complaints
