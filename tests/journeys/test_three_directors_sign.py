"""A company names its three directors; each fills in and signs their own part, in their own browser, and it is handed in.

One stops half-way on a telephone and goes on at another machine; the applicant reads who has signed, and nothing else.
"""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.urls import reverse

from config.management.commands.run_due import run_due
from licensing.actions import applications
from licensing.models import Application
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.people import person
from tests.stories import a_provider, an_application, an_application_answered, holder_of

pytestmark = pytest.mark.browser

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
PHONE = {"width": 320, "height": 640}
DIRECTORS = {
    "Gethin Parry": "gethin@people.example",
    "Mair Owen": "mair@people.example",
    "Zofia Nowak": "zofia@people.example",
}
ABOUT = {
    "address_line_1": "1 Heol Fawr",
    "address_town": "Pentre Celyn",
    "address_postcode": "SY23 1AB",
    "nationality": "British",
}


def for_everybody(desk: Desk) -> None:
    found = Axe().run(desk.page, options=RULES)
    assert found.violations_count == 0, found.generate_report()
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= desk.page.viewport_size["width"]  # type: ignore[index]


def newest_mail_to(address: str) -> str:
    run_due(NOW)
    return str([one for one in mail.outbox if one.to == [address]][-1].body)


def opens_part(desk: Desk, address: str, link: str) -> None:
    """From the link in the mail, and with the number in the next."""
    desk.go(link)
    for_everybody(desk)
    assert "Dyffryn" not in desk.text
    desk.press("Mail me the number")
    number = re.search(r"\b(\d{6})\b", newest_mail_to(address))
    assert number
    desk.fill("pin", number[1])
    desk.press("Open")
    desk.must_say("Your part of the application of Dyffryn Labour Ltd", "Director")
    for_everybody(desk)


def answers(desk: Desk, **more: str) -> None:
    for field, value in {**ABOUT, **more}.items():
        desk.fill(field, value)
    for part, value in {"day": "3", "month": "2", "year": "1971"}.items():
        desk.fill(f"date_of_birth_{part}", value)
    desk.choose("address_country", "wales")


def signs(desk: Desk, name: str) -> None:
    desk.press("Check and sign")
    for_everybody(desk)
    desk.must_say("Pentre Celyn", "true and complete")
    desk.fill("name", name)
    desk.press("Sign")
    desk.must_say("You signed on 2 November 2026")


@pytest.mark.django_db(transaction=True)
def test_three_directors_sign_their_own_parts(sit_down: SitDown) -> None:
    applicant = person("applicant", name="Angharad Rees")
    application = an_application_answered(an_application(a_provider(by=applicant)))
    typed = application.answers.get(page="directors")
    by = holder_of(application.organisation)
    applications.remove_item(application, page="directors", item=typed.item, by=by, at=NOW)

    desk = sit_down(applicant)
    desk.open("application_tasks", application.reference)
    for name, address in DIRECTORS.items():
        desk.open("parts", application.reference)
        desk.follow("Add and send a link: director")
        for_everybody(desk)
        desk.fill("name", name)
        desk.choose("how", "email")
        desk.fill("email", address)
        desk.press("Send the link")
        desk.must_say(f"The link was emailed to {address}")
    links = {}
    for address in DIRECTORS.values():
        found = re.search(r"http://[^/\s]+(/part/\S+)", newest_mail_to(address))
        assert found
        links[address] = found[1]

    # Nothing is handed in before they have signed, and each is named.
    desk.open("check_answers", application.reference)
    desk.press("Send the application")
    assert {name for name in DIRECTORS if any(name in problem for problem in desk.problems)} == set(DIRECTORS)

    gethin, mair = sit_down(), sit_down(viewport=PHONE)
    opens_part(gethin, "gethin@people.example", links["gethin@people.example"])
    gethin.follow("About you")
    answers(gethin)
    gethin.press("Save and continue")
    signs(gethin, "Gethin Parry")

    # Half-way on a telephone, and on from another machine: what was typed is there.
    opens_part(mair, "mair@people.example", links["mair@people.example"])
    mair.follow("About you")
    mair.fill("nationality", "Welsh")
    mair.press("Save and come back later")
    mair.close()
    elsewhere = sit_down()
    opens_part(elsewhere, "mair@people.example", links["mair@people.example"])
    elsewhere.follow("About you")
    assert elsewhere.page.locator("[name='nationality']").input_value() == "Welsh"
    answers(elsewhere)
    elsewhere.press("Save and continue")
    signs(elsewhere, "Mair Owen")

    # The link of one opens nothing of another, nor anything else.
    elsewhere.go(links["zofia@people.example"])
    assert "Zofia" not in elsewhere.text
    assert elsewhere.page.goto(reverse("application_tasks", args=(application.reference,)))
    assert "/account/login/" in elsewhere.page.url

    zofia = sit_down()
    opens_part(zofia, "zofia@people.example", links["zofia@people.example"])
    zofia.follow("About you")
    answers(zofia)
    zofia.press("Save and continue")
    signs(zofia, "Zofia Nowak")

    # Whoever applies reads that all have signed, and not what they answered.
    desk.open("check_answers", application.reference)
    desk.must_say(*DIRECTORS)
    assert "Pentre Celyn" not in desk.text
    desk.press("Send the application")
    desk.must_say("We have your application")
    handed_in = Application.objects.get(pk=application.pk)
    assert handed_in.status == "submitted"
    assert sorted(handed_in.parts.values_list("signed_name", flat=True)) == sorted(DIRECTORS)
    assert not (desk.complaints + gethin.complaints + elsewhere.complaints + zofia.complaints)
