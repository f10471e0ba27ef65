"""A holder at a phone without JavaScript: a surrender asked for, accepted and taken back; an appeal with evidence uploaded."""

import pytest

from registry.documents.models import Document
from registry.jobs import send_mail
from registry.letters.models import Letter
from registry.licences.models import Licence
from registry.register.models import Entry
from tests.conftest import NOW, SetClock
from tests.journeys.applying import NO_SCRIPT
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import violations
from tests.licensing.appeals.world import DECIDED, listed
from tests.licensing.holding.test_views import ADDRESS
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence, day, decided, later
from tests.people import person
from tests.registry.uploads import pdfs

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def says(desk: Desk, *words: str) -> None:
    """And nothing of the page lies beside the screen."""
    desk.must_say(*words)
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= 320


def asks_to_surrender(desk: Desk, licence: Licence) -> None:
    desk.open("licence", licence.number)
    desk.follow("Surrender the licence")
    says(desk, "What it means", "From that day the register says:")
    desk.fill("takes_effect", TODAY)
    desk.fill("because", "I retire.")
    desk.press("Continue")
    assert desk.problems == ["Name a later day: we must decide first."]
    desk.fill("takes_effect", day(20))
    desk.press("Continue")
    says(desk, "Check before you surrender the licence", "22 November 2026", "I retire.", "Nothing has been done yet.")
    desk.press("Go back and change it")
    desk.fill("because", "My knees.")
    desk.press("Continue")
    desk.press("Ask to surrender the licence")
    says(desk, "You have asked to surrender the licence.", "What happens next")


def test_a_surrender_is_taken_back(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(NOW)
    licence = a_licence()
    asks_to_surrender(sit_down(the_holder(licence), **NO_SCRIPT), licence)
    asked = licence.decisions.get(kind="surrender")
    assert asked.because == "My knees."
    decided(asked, by=person("decision_maker"), at=later(2))
    set_clock(later(3))

    back = sit_down(the_holder(licence), **NO_SCRIPT)
    back.open("licence", licence.number)
    says(back, "you asked to surrender the licence from 22 November 2026. We have accepted it.")
    back.follow("Keep the licence")
    says(back, "the register shows it as before")
    back.press("Take the surrender back")

    says(back, "You have taken the surrender back. You keep the licence.")
    assert Entry.objects.get(listing=licence.listing, shown_until=None).surrendered_from is None
    send_mail(at=later(3))
    assert Letter.objects.filter(subject="You keep your licence").count() == 1
    assert back.complaints == []


def test_what_is_checked_before_it_is_sent_is_for_everyone(sit_down: SitDown, set_clock: SetClock) -> None:
    """With a script: axe needs one."""
    set_clock(NOW)
    licence = a_licence()
    desk = sit_down(the_holder(licence))
    desk.open("licence", licence.number)
    desk.follow("Tell us of a change")
    desk.fill("q", "address")
    desk.press("Find")
    desk.follow("The address of the business")
    for field in ("address_line_1", "address_town", "address_postcode"):
        desk.fill(field, ADDRESS[field])
    desk.choose("address_country", "wales")
    desk.page.get_by_label("None of these").check(force=True)
    desk.fill("happened_on", TODAY)
    desk.press("Continue")
    desk.must_say("Check before you tell us", "4 Quay Street", "Nothing has been done yet.")
    assert list(violations(desk.page)) == []

    desk.open("surrender_licence", licence.number)
    desk.fill("takes_effect", day(20))
    desk.fill("because", "I retire.")
    desk.press("Continue")
    desk.must_say("Check before you surrender the licence")
    assert list(violations(desk.page)) == []


def test_evidence_for_an_appeal_is_uploaded(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal = listed()
    licence = appeal.decision.licence
    assert licence is not None
    desk = sit_down(the_holder(licence), **NO_SCRIPT)
    desk.open("licence", licence.number)
    says(desk, "What you must do")

    desk.open("own_appeal", appeal.decision.reference)
    desk.follow("Send something for the hearing")
    says(desk, "Where to send it")
    desk.choose("kind", "statements")
    desk.fill("sent_on", DECIDED.date())
    desk.page.locator("input[type=file]").set_input_files(
        {"name": "statement.pdf", "mimeType": "application/pdf", "buffer": pdfs.a_pdf()}
    )
    desk.press("I have sent it")

    says(desk, "We have written down what you sent to the tribunal.")
    assert Document.objects.about(appeal.reference).get().requirement == "statements"
    assert desk.complaints == []
