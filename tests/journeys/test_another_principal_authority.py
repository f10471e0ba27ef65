"""Somebody else is to become the principal authority: applied for by the holder, and answered and signed by themselves."""

from datetime import datetime

import pytest

from config.demo.answers import Profile, still_to_answer
from licensing.application_form.rules.facts import PageAnswers
from licensing.applications.models import Application
from licensing.applications.queries import applications
from tests.conftest import LONDON, SetClock
from tests.journeys.applying import PHONE, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.journeys.signing import link_mailed_to, opens_part, sends_link, signs
from tests.licensing.stories import a_licence
from tests.stories import PRINCIPAL, a_provider

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GRANTED = datetime(2026, 12, 1, 10, 0, tzinfo=LONDON)
AT = datetime(2027, 1, 12, 10, 0, tzinfo=LONDON)
FIRM, NEW, ADDRESS = "Dyffryn Labour Ltd", "Mared Ifans", "mared@dyffryn.example"
ABOUT_HER = {
    "full_name": NEW,
    "date_of_birth": "1985-04-09",
    "job_title": "Operations director",
    "is_director": True,
    "nationality": "British",
    "experience": "Ran the packhouse of another licence holder for six years.",
}


def asked_of(application: Application, at: datetime) -> list[PageAnswers]:
    filled = applications.form_of(application, today=at.date())
    return list(still_to_answer(filled, Profile({"signature": NEW}, {"principal_authority": ABOUT_HER})))


def answers_half_of_it(desk: Desk, firm: Applying, hers: list[PageAnswers]) -> None:
    """On a telephone: the first page, and something that is no email address on the second."""
    firm.opens(desk, hers[0].page)
    desk.type_answers(firm.scheme, hers[0])
    desk.press("Continue")
    desk.type_answers(firm.scheme, hers[1])
    desk.fill("email", "mared at dyffryn")
    desk.press("Continue")
    assert len(desk.problems) == 1
    desk.press("Save for later")
    desk.close()


def answers_the_rest(desk: Desk, firm: Applying, hers: list[PageAnswers]) -> None:
    firm.opens(desk, hers[1].page)
    assert desk.typed["email"] == "mared at dyffryn"
    assert desk.typed["address_town"] == hers[1].data["address"]["town"]
    for item in hers[1:]:
        desk.type_answers(firm.scheme, item)
        desk.press("Continue")


def test_a_new_principal_authority_answers_and_signs_for_herself(sit_down: SitDown, set_clock: SetClock) -> None:
    holder = somebody(PRINCIPAL)
    licence = a_licence(a_provider(FIRM, by=holder), at=GRANTED)
    set_clock(AT)
    firm = Applying(sit_down, set_clock, holder, scheme_on(AT.date()), [], AT)

    desk = firm.sits_down()
    desk.open_row(licence.number)
    desk.follow("Tell us of a change")
    desk.follow("A new person becomes the principal authority")
    desk.must_say("There is nothing to pay. The licence goes on as it is until we have decided.")
    desk.press("Start the application")
    firm.reference = desk.page.url.split("/")[-2]
    asked = asked_of(firm.application, AT)
    hers = [item for item in asked if firm.scheme.form.page(item.page).person]
    firm.items = [item for item in asked if item not in hers]
    desk.follow("See everyone named")
    desk.follow("Send a link")
    desk.must_say("About: Principal authority")
    sends_link(desk, ADDRESS, name=NEW)
    link = link_mailed_to(ADDRESS)
    desk.press("Go on with the application")
    firm.opens(desk, "convictions")
    firm.looks_back(desk, firm.item("convictions"))
    desk.open("application_tasks", firm.reference)
    firm.opens(desk, "consent")
    left = firm.leaves(desk, "consent")

    mared = sit_down(**PHONE)
    opens_part(mared, ADDRESS, link, of=FIRM)
    answers_half_of_it(mared, firm, hers)
    mared = sit_down()
    opens_part(mared, ADDRESS, link, of=FIRM)
    answers_the_rest(mared, firm, hers)
    signs(mared, NEW, "9 April 1985", "Operations director")
    assert mared.complaints == []

    desk = firm.comes_back(left)
    desk.press("Save for later")
    firm.goes_on_by_the_tasks(desk, [firm.item("declaration")])
    desk.must_say(NEW, "They answered for themselves: the rest goes to the authority alone.")
    assert "9 April 1985" not in desk.text
    firm.sends(desk)
    officer = firm.an_officer_reads("9 April 1985", f"signed “{NEW}”")
    officer.must_say(f"signed by {NEW}")
    worker = sit_down()
    worker.open("entry", licence.number)
    worker.must_say(f"{FIRM} is licensed", PRINCIPAL)
    assert NEW not in worker.text
