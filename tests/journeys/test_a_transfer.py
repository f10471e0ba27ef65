"""A licence passes to another business, in a browser: its holder asks, the other agrees, two of the authority decide, the register follows."""

import pytest

from licensing.decisions.models.decisions import Decision
from licensing.holding.models import Transfer
from tests import stories
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.every_page.looking import violations
from tests.journeys.test_what_is_decided import decides
from tests.licensing.holding.transfers_world import FROM, OTHER
from tests.licensing.stories import a_licence, an_application_checked, later
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_licence_passes_to_the_company_that_the_firm_has_become(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    licence, application = a_licence(), an_application_checked(legal_name=OTHER)
    holder = sit_down(stories.holder_of(licence.organisation))
    holder.open("licence", licence.number)
    holder.follow("Transfer the licence to another business")
    holder.must_say("We do not normally consent.")
    holder.fill("to_name", OTHER)
    holder.fill("number", application.reference)
    holder.fill("from_day", FROM)
    holder.fill("because", "The firm has become a company.")
    holder.press("Continue")
    assert holder.problems == []
    holder.must_say("Nothing has been done yet.")
    assert list(violations(holder.page)) == []
    holder.press("Ask for the transfer")
    holder.must_say("We have asked the other business whether it agrees.")

    other = sit_down(stories.holder_of(application.organisation))
    other.open("licences")
    other.follow("Say whether you agree to take the licence over")
    other.must_say(licence.organisation.legal_name)
    other.choose("agrees", "yes")
    other.press("Send the answer")
    other.must_say("You have agreed.")

    officer = sit_down(person("case_officer"))
    officer.open("home")
    officer.follow("Transfers")
    officer.open_row(licence.number)
    officer.press("Propose to consent to the transfer")
    officer.must_say("Both agree, to be decided", "The firm has become a company.")
    officer.fill("because", "The same people do the same work, and every check has a reply.")
    officer.press("Propose")
    assert officer.problems == []
    decision = Decision.objects.latest("pk")
    decides(sit_down(person("decision_maker")), decision, "Consent to the transfer", OTHER, grounds=0)

    became = Transfer.objects.get().became
    assert became is not None
    worker = sit_down()
    worker.open("entry", licence.number)
    worker.must_say("is licensed")
    set_clock(later(21))
    worker.open("entry", licence.number)
    worker.must_say("It gave the licence up")
    worker.open("entry", became.number)
    worker.must_say(f"{OTHER} is licensed")
    holder = sit_down(stories.holder_of(licence.organisation))
    holder.open("transfer_licence", licence.number)
    holder.must_say("Consented to", became.number)
    assert holder.complaints + other.complaints + officer.complaints == []
