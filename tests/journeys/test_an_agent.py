"""An agent is invited, makes an account with that address, accepts, waits for the consent, fills in, and loses sight of it all."""

import re
from datetime import date

import pytest
from django.core import mail

from registry.models import Act, Letter, User
from registry.tasks import hand_over
from tests.conftest import NOW
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.people import person
from tests.stories import a_provider, an_application

pytestmark = pytest.mark.browser

EMAIL, PASSWORD = "ceri@clerks.example", "correct horse battery staple"


def code_in_the_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def sign_up(desk: Desk) -> None:
    desk.open("account_signup")
    desk.fill("email", EMAIL)
    desk.fill("password1", PASSWORD)
    desk.page.locator("main button[type=submit]").first.click()
    desk.fill("code", code_in_the_mail())
    desk.page.locator("main button[type=submit]").first.click()
    desk.page.wait_for_load_state()


def consent(principal: Desk) -> None:
    principal.open("licences")
    principal.follow("People who act for it")
    principal.follow("Record a consent")
    principal.choose("covers", Act.FILL_IN)
    principal.fill("until", date(2026, 12, 24))
    principal.press("Record the consent")
    principal.must_say("until 24 December 2026", "Start and fill in applications")


def test_an_agent_acts_on_consent_and_no_longer(sit_down: SitDown) -> None:
    firm = a_provider("Dyffryn Labour Ltd", by=person("applicant", name="Rhian Prosser"))
    application = an_application(firm)
    principal = sit_down(firm.memberships.get().user)
    principal.open("licences")
    principal.follow("People who act for it")
    principal.press("Invite somebody")
    principal.fill("email", EMAIL)
    principal.choose("kind", "agent")
    principal.press("Send the invitation")
    principal.must_say(EMAIL)
    hand_over(at=NOW)
    assert "Rhian Prosser asks you to act for Dyffryn Labour Ltd" in str(mail.outbox[-1].body)

    agent = sit_down()
    sign_up(agent)
    agent.open("licences")
    agent.follow("Accept")
    agent.press("Accept")
    agent.must_say("None has been recorded: the agent sees nothing.")
    agent.open("licences")
    assert application.reference not in agent.text

    consent(principal)
    agent.open("licences")
    agent.follow(application.reference)
    agent.must_say("You act for Dyffryn Labour Ltd as its agent", "The last day of the consent is 24 December 2026.")
    agent.open("question_page", application.reference, "names")
    agent.open("check_answers", application.reference)
    agent.must_say("Not available yet: Send the application")

    principal.follow("Withdraw the consent")
    principal.press("Withdraw the consent")
    assert agent.page.reload().status == 404  # type: ignore[union-attr]

    told = Letter.objects.filter(address=EMAIL).order_by("pk")
    assert [one.facts["what"] for one in told] == ["invited", "joined", "consented", "consent_withdrawn"]
    assert User.objects.get(email=EMAIL).roles == {"applicant"}
    assert principal.complaints == agent.complaints == []
