"""A sole trader begins on a telephone without script, goes on at a desk the next day, and is told which paper is missing."""

from datetime import date, datetime

import pytest
from playwright.sync_api import FilePayload

from config.demo.answers import Profile, answers
from config.demo.papers import paper
from tests.conftest import LONDON, SetClock
from tests.journeys.applying import NO_SCRIPT, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

AT = datetime(2026, 12, 1, 18, 30, tzinfo=LONDON)
NAME = "Meirion Pugh"
SAYS = Profile(
    {
        "legal_name": NAME,
        "legal_status": "sole_trader",
        "trading_names": ["Pugh’s Pickers"],
        "address": {"line_1": "2 Heol y Dŵr", "town": "Llanrwst", "postcode": "LL26 0AB", "country": "wales"},
        "email": "meirion@pickers.example",
        "sectors": ["horticulture"],
        "countries_supplied": ["wales"],
        "worker_numbers_now": 3,
        "transport": True,
        "transport_vehicles": 1,
        "turnover": "48000",
        "signature": NAME,
    },
    {"principal_authority": {"full_name": NAME, "date_of_birth": "1990-05-30", "job_title": "Owner"}},
    {
        "vehicles": [{"registration": "CX21 PUG", "seats": 8}],
        "labour-users": [{"user_name": "Fferm Bryn Glas"}],
    },
)


def hands_over_the_paper(desk: Desk) -> None:
    """From the reason why it was not sent, to the page that takes the file, and back."""
    desk.press("Send the application")
    assert desk.problems == ["Papers of the vehicles: upload a file."]
    desk.click(desk.page.locator(".govuk-error-summary a"))
    made = paper("Insurance of the minibus")
    desk.page.locator("input[type=file]").set_input_files(
        FilePayload(name=made.name, mimeType="application/pdf", buffer=made.content)
    )
    desk.press("Continue")


def test_a_sole_trader_applies(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(AT)
    scheme = scheme_on(date(2026, 12, 1))
    mine = Applying(sit_down, set_clock, somebody(NAME), scheme, list(answers(scheme, SAYS)), AT)

    desk = mine.sits_down(**NO_SCRIPT)
    mine.begins(desk, NAME)
    left = mine.leaves_at(desk, "principal-authority", date_of_birth_month="spring")
    desk = mine.comes_back(left)
    mine.goes_on(desk)
    assert "Company number" not in desk.text
    hands_over_the_paper(desk)
    mine.sends(desk)

    assert mine.application.facts["legal_status"] == "sole_trader"
    mine.an_officer_reads("Sole trader", "Insurance of the minibus", "signed by Meirion Pugh")
