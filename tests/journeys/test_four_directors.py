"""A company names its four directors; three fill in and sign their own part, in their own browser, and it is handed in.

The fourth refuses. The business is told by letter and on its page, takes them off the list and goes on.

One stops half-way on a telephone and goes on at another machine. So does whoever applies, who reads who has signed, and
nothing else.
"""

import pytest
from django.urls import reverse

from config.demo.answered import answer_all
from config.demo.answers import answers as made_up
from licensing.applications.models import Application
from registry.accounts.models import User
from registry.letters.models import Letter
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
    "Ifan Bowen": "ifan@people.example",
}
REFUSES = "Ifan Bowen"
SIGN = [name for name in DIRECTORS if name != REFUSES]
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
        for_everybody(desk)
        desk.fill("name", name)
        desk.choose("page", "directors")
        desk.press("Add and send a link")
        for_everybody(desk)
        sends_link(desk, address)
        links[name] = link_mailed_to(address)
        desk.press("Go on with the application")
    return links


def refuses(desk: Desk, company: Applying, link: str) -> None:
    """On a telephone, by the link; the business reads it where it is told, and takes them off the list."""
    opens_part(desk, DIRECTORS[REFUSES], link, of=FIRM)
    desk.follow("I do not want to answer")
    for_everybody(desk)
    desk.press("Refuse to answer")
    desk.must_say("You refused to answer on")


def goes_on_without(desk: Desk, reference: str) -> None:
    desk.open("parts", reference)
    desk.must_say(REFUSES, "Refused")
    for_everybody(desk)
    assert Letter.objects.get(subject="A person you named does not answer").organisation is not None
    desk.open("question_page", reference, "directors")
    desk.follow(f"Remove {REFUSES}")
    desk.press("Remove")


def test_three_of_four_directors_sign_their_own_parts_and_one_refuses(sit_down: SitDown, set_clock: SetClock) -> None:
    company = all_but_the_directors_and_the_end(sit_down, set_clock, somebody("Angharad Rees"))
    desk = company.sits_down()
    desk.follow("Finish the application")
    links = sends_links(desk)
    # Nothing is handed in before they have signed, and each is named, once.
    desk.open("check_answers", company.reference)
    desk.press("Send the application")
    assert [sum(name in problem for problem in desk.problems) for name in DIRECTORS] == [1, 1, 1, 1]
    desk.open("question_page", company.reference, "insurance")
    left = company.leaves_at(desk, "turnover", turnover="a good deal")

    gethin, mair = sit_down(), sit_down(**PHONE)
    opens_part(gethin, DIRECTORS["Gethin Parry"], links["Gethin Parry"], of=FIRM)
    gethin.follow("About you")
    answers(gethin)
    gethin.press("Continue")
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
    elsewhere.press("Continue")
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
    zofia.press("Continue")
    signs(zofia, "Zofia Nowak", "Pentre Celyn")

    ifan = sit_down(**PHONE)
    refuses(ifan, company, links[REFUSES])

    # Whoever applies comes back, reads that all have signed and not what they answered, and comes to the end.
    desk = company.comes_back(left)
    goes_on_without(desk, company.reference)
    company.opens(desk, "turnover")
    company.goes_on(desk)
    desk.must_say(*SIGN)
    assert "Pentre Celyn" not in desk.text
    company.sends(desk)
    company.an_officer_reads("Pentre Celyn", *(f"signed “{name}”" for name in SIGN))
    handed_in = Application.objects.get(reference=company.reference)
    assert handed_in.status == "submitted"
    assert sorted(handed_in.parts.standing().values_list("signed_name", flat=True)) == sorted(SIGN)
    assert not (ifan.complaints + gethin.complaints + elsewhere.complaints + zofia.complaints)
