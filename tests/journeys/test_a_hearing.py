"""A holder answers the dates of a hearing in a browser: from the list of duties to the tribunal, and the officer reads it."""

import pytest

from licensing.appeals.models import Appeal
from tests.conftest import SetClock
from tests.journeys.conftest import SitDown
from tests.licensing.appeals.world import DECIDED, listed
from tests.people import person
from tests.registry.uploads import pdfs
from tests.stories import holder_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STATEMENTS = "Send the tribunal the names of those who attend, your witnesses and their signed statements"


def test_a_holder_sends_statements_before_the_hearing(sit_down: SitDown, set_clock: SetClock) -> None:
    set_clock(DECIDED)
    appeal: Appeal = listed()
    holder = sit_down(holder_of(appeal.organisation))

    holder.open("licences")
    holder.must_say("days left", "Go to the hearing", "The tribunal may decide without you.")
    holder.follow("All dates by day, calendar and reminders")
    holder.follow(STATEMENTS)
    holder.must_say("Send it to the tribunal yourself.", "Manchester, room 4")
    holder.choose("kind", "statements")
    holder.page.set_input_files(
        "[name=documents]", {"name": "statement.pdf", "mimeType": "application/pdf", "buffer": pdfs.a_pdf()}
    )
    holder.press("I have sent it")
    holder.must_say("Witnesses and signed statements: sent to the tribunal on 17 November 2026", "Go to the hearing")
    holder.open("duties")
    assert STATEMENTS not in holder.text

    officer = sit_down(person("case_officer"))
    officer.open("appeal", appeal.reference)
    officer.must_say("Sent by the appellant for the hearing", "statement.pdf")
