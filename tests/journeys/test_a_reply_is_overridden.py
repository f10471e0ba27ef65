"""Two officers override what another authority answered; the authority is told, reads why on a telephone, and says a word."""

import pytest

from licensing.checks.models import Check
from licensing.overrides.models import ReplyOverride
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.licensing.checks.agencies import EVIDENCE, a_check_put, a_partner, an_agency, answered
from tests.licensing.overrides.world import WHY
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"java_script_enabled": False, "viewport": {"width": 320, "height": 640}}


def test_an_authority_is_told_that_its_reply_was_overridden(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    agency = an_agency()
    partner = a_partner(agency)
    check = answered(a_check_put(agency), by=partner).asked
    owen, fatima = sit_down(person("case_officer", name="Owen")), sit_down(person("case_officer", name="Fatima"))

    owen.open("staff_check", check.reference)
    owen.follow("Override this reply")
    owen.press("Propose the override")
    assert owen.problems, "neither a result nor a reason was given"
    owen.choose("result", "nil")
    owen.fill("because", WHY)
    owen.fill("evidence", "Certificate of the court of 3 October.")
    owen.press("Propose the override")
    owen.must_say("You proposed this override, so someone else must agree or refuse.")

    fatima.open("staff_home")
    override = ReplyOverride.objects.get()
    fatima.open("staff_override", override.reference)
    fatima.press("Agree to the override")
    fatima.must_say(WHY)
    fatima.press("Agree")
    assert Check.objects.get(pk=check.pk).result == "nil"

    joanne = sit_down(partner, **PHONE)
    joanne.open("staff_home")
    joanne.must_say("Read why we have overridden your reply")
    joanne.open("partner_check", check.reference)
    joanne.must_say(EVIDENCE.split(" (")[0], WHY)
    joanne.follow("Say that you have read this")
    joanne.fill("answer", "We disagree: file TX/9.")
    joanne.press("I have read this")

    owen.open("staff_check", check.reference)
    owen.must_say("We disagree: file TX/9.", f"Read for the authority by {partner}")
    assert [one.complaints for one in (owen, fatima, joanne)] == [[], [], []]
