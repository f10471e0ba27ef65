"""A company names its three directors; each fills in and signs their own part, in their own browser, and it is handed in.

One stops half-way on a telephone and goes on at another machine. So does whoever applies, who reads who has signed, and
nothing else.
"""

import pytest
from django.urls import reverse

from config.demo.answered import answer_all
from config.demo.answers import answers as made_up
from licensing.applications.models import Application
from registry.accounts.models import User
from tests.conftest import NOW, SetClock
from tests.journeys.applying import PHONE, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.journeys.signing import for_everybody, link_mailed_to, opens_part, sends_link, signs
from tests.stories import TYPED_OF_A_PERSON, a_profile, a_provider, an_application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM = "Dyffryn Labour Ltd"
DIRECTORS = {
    "Gethin Parry": "gethin@people.example",
    "Mair Owen": "mair@people.example",
    "Zofia Nowak": "zofia@people.example",
}
ABOUT = {
    "address_line_1": "1 Heol Fawr",
    "address_town": "Pentre Celyn",
    "address_postcode": "SY23 1AB",
}
# What is left for the browser: the pages before have tests, and journeys, of their own.
LAST = ("insurance", "turnover", "consent", "declaration")


def all_but_the_directors_and_the_end(sit_down: SitDown, set_clock: SetClock, user: User) -> Applying:
    scheme, application = scheme_on(NOW.date()), an_application(a_provider(FIRM, by=user))
    items = [item for item in made_up(scheme, a_profile()) if item.page != "directors"]
    answer_all(application, (item for item in items if item.page not in LAST), by=user, at=NOW)
    return Applying(sit_down, set_clock, user, scheme, items, NOW, application.reference)


def answers(desk: Desk) -> None:
    for field, value in ABOUT.items():
        desk.fill(field, value)
    for field, value in TYPED_OF_A_PERSON.items():
        (desk.choose if field == "right_to_work" or field.startswith("ticked-") else desk.fill)(field, value)
    for part, value in {"day": "3", "month": "2", "year": "1971"}.items():
        desk.fill(f"date_of_birth_{part}", value)
    desk.choose("address_country", "wales")


def sends_links(desk: Desk) -> dict[str, str]:
    """To each of the directors from the list of tasks; by name where each leads."""
    links = {}
    for name, address in DIRECTORS.items():
        desk.follow("See everyone named")
        desk.follow("Add and send a link : director")
        for_everybody(desk)
        sends_link(desk, address, name=name)
        links[name] = link_mailed_to(address)
        desk.press("Go on with the application")
    return links


def test_three_directors_sign_their_own_parts(sit_down: SitDown, set_clock: SetClock) -> None:
    company = all_but_the_directors_and_the_end(sit_down, set_clock, somebody("Angharad Rees"))
    desk = company.sits_down()
    desk.follow("Finish the application")
    links = sends_links(desk)
    # Nothing is handed in before they have signed, and each is named, once.
    desk.open("check_answers", company.reference)
    desk.press("Send the application")
    assert [sum(name in problem for problem in desk.problems) for name in DIRECTORS] == [1, 1, 1]
    desk.open("question_page", company.reference, "insurance")
    left = company.leaves_at(desk, "turnover", turnover="a good deal")

    gethin, mair = sit_down(), sit_down(**PHONE)
    opens_part(gethin, DIRECTORS["Gethin Parry"], links["Gethin Parry"], of=FIRM)
    gethin.follow("About you")
    answers(gethin)
    gethin.press("Save and continue")
    signs(gethin, "Gethin Parry", "Pentre Celyn")

    # Half-way on a telephone, and on from another machine: what was typed is there.
    opens_part(mair, DIRECTORS["Mair Owen"], links["Mair Owen"], of=FIRM)
    mair.follow("About you")
    mair.fill("nationality", "Welsh")
    mair.press("Save for later")
    mair.close()
    elsewhere = sit_down()
    opens_part(elsewhere, DIRECTORS["Mair Owen"], links["Mair Owen"], of=FIRM)
    elsewhere.follow("About you")
    assert elsewhere.page.locator("[name='nationality']").input_value() == "Welsh"
    answers(elsewhere)
    elsewhere.press("Save and continue")
    signs(elsewhere, "Mair Owen", "Pentre Celyn")

    # The link of one opens nothing of another, nor anything else.
    elsewhere.go(links["Zofia Nowak"])
    assert "Zofia" not in elsewhere.text
    assert elsewhere.page.goto(reverse("application_tasks", args=(company.reference,)))
    assert "/account/login/" in elsewhere.page.url

    zofia = sit_down()
    opens_part(zofia, DIRECTORS["Zofia Nowak"], links["Zofia Nowak"], of=FIRM)
    zofia.follow("About you")
    answers(zofia)
    zofia.press("Save and continue")
    signs(zofia, "Zofia Nowak", "Pentre Celyn")

    # Whoever applies comes back, reads that all have signed and not what they answered, and comes to the end.
    desk = company.comes_back(left)
    company.goes_on(desk)
    desk.must_say(*DIRECTORS)
    assert "Pentre Celyn" not in desk.text
    company.sends(desk)
    company.an_officer_reads("Pentre Celyn", *(f"signed “{name}”" for name in DIRECTORS))
    handed_in = Application.objects.get(reference=company.reference)
    assert handed_in.status == "submitted"
    assert sorted(handed_in.parts.values_list("signed_name", flat=True)) == sorted(DIRECTORS)
    assert not (gethin.complaints + elsewhere.complaints + zofia.complaints)
