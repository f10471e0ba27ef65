"""An agent is invited, makes an account with that address, accepts, waits for the consent, and fills in, at two browsers.

What is signed and sent is signed and sent by the firm; when the consent ends the agent loses sight of it all.
"""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.core import mail

from config.demo.answered import answer_all
from config.demo.answers import answers
from registry.accounts.models import User
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.memberships.states import Act
from tests.conftest import NOW, SetClock
from tests.journeys.applying import PASSWORD, PHONE, Applying, somebody
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk, scheme_on
from tests.stories import a_profile, a_provider, an_application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FIRM, EMAIL = "Dyffryn Labour Ltd", "ceri@clerks.example"
# What is left for the browser; whoever signs says all of it.
LAST = ("turnover", "consent", "declaration")


def code_in_the_mail() -> str:
    found = re.search(r"^\s*([A-Z0-9]{3,4}-?[A-Z0-9]{3,4})\s*$", str(mail.outbox[-1].body), re.MULTILINE)
    assert found, mail.outbox[-1].body
    return found[1]


def sign_up(desk: Desk) -> None:
    desk.open("account_signup")
    desk.fill("email", EMAIL)
    desk.fill("password1", PASSWORD)
    desk.click(desk.page.locator("main button[type=submit]"))
    desk.fill("code", code_in_the_mail())
    desk.click(desk.page.locator("main button[type=submit]"))


def consent(principal: Desk) -> None:
    principal.open("licences")
    principal.follow("People who act for it")
    principal.follow("Record a consent")
    principal.choose("covers", Act.FILL_IN)
    principal.fill("until", date(2026, 12, 24))
    principal.press("Record the consent")
    principal.must_say("until 24 December 2026", "Start and fill in applications")


def is_invited(principal: Desk) -> None:
    principal.open("licences")
    principal.follow("People who act for it")
    principal.press("Invite a person")
    principal.fill("email", EMAIL)
    principal.choose("kind", "agent")
    principal.press("Send the invitation")
    principal.must_say(EMAIL)
    send_mail(at=NOW)
    assert f"Rhian Prosser asks you to act for {FIRM}" in str(mail.outbox[-1].body)


def accepts(agent: Desk) -> None:
    sign_up(agent)
    agent.open("licences")
    agent.follow("Accept")
    agent.press("Accept")
    agent.must_say("None has been recorded: the agent sees nothing.")


def begun(sit_down: SitDown, set_clock: SetClock) -> Applying:
    """By the firm, which leaves the last pages to its agent."""
    principal = somebody("Rhian Prosser")
    scheme, application = scheme_on(NOW.date()), an_application(a_provider(FIRM, by=principal))
    items = list(answers(scheme, a_profile()))
    answer_all(application, (item for item in items if item.page not in LAST), by=principal, at=NOW)
    return Applying(sit_down, set_clock, principal, scheme, items, NOW, application.reference)


def test_an_agent_acts_on_consent_and_no_longer(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    firm = begun(sit_down, set_clock)
    principal = firm.sits_down()
    is_invited(principal)
    agent = sit_down()
    accepts(agent)
    agent.open("licences")
    assert firm.reference not in agent.text

    consent(principal)
    agent.open("licences")
    agent.follow(firm.reference)
    agent.must_say(f"You act for {FIRM} as its agent", "The last day of the consent is 24 December 2026.")
    theirs = replace(firm, user=User.objects.get(email=EMAIL))
    theirs.opens(agent, "turnover")
    left = theirs.leaves(agent, "turnover", turnover="ask the accountant")
    agent = theirs.comes_back(left, **PHONE)
    agent.answer_all(firm.scheme, firm.items, until="declaration")
    agent.must_say("The principal authority or a representative of the organisation must do this.")
    agent.open("check_answers", firm.reference)
    agent.must_say("The principal authority or a representative of the organisation must do this.")

    # The firm signs what its agent has filled in, and sends it.
    principal = firm.sits_down()
    principal.follow("Finish the ")
    firm.opens(principal, "declaration")
    firm.goes_on(principal)
    firm.sends(principal)
    principal.open("licences")
    principal.follow("People who act for it")
    principal.follow("Withdraw the consent")
    principal.press("Withdraw the consent")
    assert agent.page.reload().status == 404  # type: ignore[union-attr]

    told = Letter.objects.filter(address=EMAIL).order_by("pk")
    assert [one.facts["what"] for one in told] == ["invited", "joined", "consented", "consent_withdrawn"]
    assert theirs.user.roles == {"applicant"}
