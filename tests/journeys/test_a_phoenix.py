"""A firm that lost its licence comes back under another name, and an officer finds it before anything is granted."""

import pytest

from licensing.phoenix_matches.models import LookAlike
from tests import stories
from tests.journeys.conftest import SitDown
from tests.licensing.phoenix_matches.world import come_back, revoked
from tests.licensing.stories import an_application_checked
from tests.people import person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_phoenix_is_caught(sit_down: SitDown) -> None:
    revoked("Abercwm Labour Ltd")
    again = come_back("Green Valley Staff")
    again = an_application_checked(
        stories.an_application_being_assessed(stories.an_application_paid(again)), judged=False
    )
    found = LookAlike.objects.get(organisation=again.organisation)
    officer = sit_down(person("case_officer"))

    # The list says who it is and how much speaks for it; nothing is granted meanwhile.
    officer.open("staff_home")
    officer.follow("Possible phoenix businesses")
    officer.must_say("Green Valley Staff", "Abercwm Labour Ltd", f"{found.points}", "Strong")
    officer.open("application", again.reference)
    officer.must_say("Strong: nothing is granted until this match is confirmed or dismissed.")

    # What speaks for it, signal by signal, with the record behind it.
    officer.open("look_alikes", query="?status=open&strong=on")
    officer.follow(found.reference)
    officer.must_say("the same but for a slip in the date of birth", "Telephone", "Licence revoked", "born 13 Feb 1971")

    officer.press("Confirm")
    officer.press("Confirm")
    assert officer.problems == ["Enter the reason."]
    officer.fill("because", "His passport shows the day of birth of the man who ran Abercwm Labour.")
    officer.press("Confirm")
    officer.must_say("Confirmed", "His passport shows")
    officer.open("look_alikes", query="?status=open")
    officer.must_say("No look-alike matches.")
    assert officer.complaints == []
