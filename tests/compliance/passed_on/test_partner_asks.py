"""Each partner may ask, ask for more time, be replied to and answer: about intelligence, and about what a report led to."""

from datetime import timedelta
from typing import Any

import pytest

from compliance.hand_overs import actions as hand_overs
from compliance.hand_overs.models import HandOver
from compliance.passed_on import actions
from registry.accounts.models import User
from registry.agencies.models import AgencyKind
from registry.errors import Refused
from registry.tasks.queries import faults, tasks_of_agency
from registry.trail.models.events import Event
from tests.compliance.hand_overs.test_actions import tasks_of
from tests.compliance.hand_overs.world import handed_over
from tests.compliance.passed_on.test_partner_answers import passed_to
from tests.conftest import NOW
from tests.licensing.checks.agencies import a_partner, an_agency
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db
LATER = NOW.date() + timedelta(days=30)
DAY = {"wanted_by_day": LATER.day, "wanted_by_month": LATER.month, "wanted_by_year": LATER.year}
ASKED = "Which of the two sites is meant?"


def told(partner: User) -> HandOver:
    """What a report led to, passed on to the authority of this person."""
    one = handed_over("agency", agency=partner.agency)
    return hand_overs.pass_on(one, by=person("intelligence_analyst"), at=NOW)


def accepted(partner: User) -> Any:
    return actions.accept_conditions(passed_to(partner), by=partner, at=NOW)


@pytest.mark.both
@pytest.mark.parametrize("passed_on", [told, accepted])
def test_more_time_is_asked_for_and_given_and_is_the_day_of_the_task(passed_on: Any) -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    passed = passed_on(partner)
    with pytest.raises(Refused) as refused:
        actions.respond(passed, kind="more_time", text="We are short of people.", by=partner, at=NOW)
    assert [reason.code for reason in refused.value.reasons] == ["no_day"]

    actions.respond(passed, kind="more_time", text="We are short of people.", wanted_by=LATER, by=partner, at=NOW)
    assert not tasks_of_agency(partner).exists()
    actions.reply_to_partner(passed, text="Granted.", answer_by=LATER, by=analyst, at=NOW)

    assert tasks_of_agency(partner).get().due_on == LATER
    assert list(faults(NOW)) == []
    words = str(list(Event.objects.values_list("facts", "because")))
    assert "short of people" not in words and "Granted" not in words


def test_an_authority_asks_about_what_a_report_led_to_and_then_answers() -> None:
    partner, analyst = a_partner(), person("intelligence_analyst")
    one = told(partner)
    desk, office = signed_in(partner), signed_in(analyst)
    address = f"/staff/passed-on/reports/{one.reference}/"
    assert desk.post(f"{address}ask/", {"kind": "regrade", "text": ASKED}).status_code == 422
    assert desk.post(f"{address}ask/", {"kind": "question", "text": ASKED}).status_code == 302
    assert {"handover.reply"} <= tasks_of(analyst)

    page = office.get(f"/staff/hand-overs/{one.reference}/").content.decode()
    assert ASKED in page
    reply = f"/staff/hand-overs/{one.reference}/reply-to-question/"
    assert office.post(reply, {"text": " "}).status_code == 422
    assert office.post(reply, {"text": "The one by the station."}).status_code == 302

    assert "The one by the station." in desk.get(address).content.decode()
    assert desk.post(address, {"because": "We visited on Monday."}).status_code == 302
    one.refresh_from_db()
    assert (one.status, one.answer_text) == ("answered", "We visited on Monday.")
    assert list(faults(NOW)) == []


def test_no_other_authority_asks_about_it() -> None:
    one, stranger = told(a_partner()), a_partner(an_agency("Police of Sampleshire"))
    with pytest.raises(HandOver.DoesNotExist):
        actions.respond(one, kind="question", text=ASKED, by=stranger, at=NOW)
    assert signed_in(stranger).get(f"/staff/passed-on/reports/{one.reference}/ask/").status_code == 404


@pytest.mark.parametrize("kind", ["council", "union", "charity", "regulator", "police"])
def test_partners_of_every_kind_answer_in_the_same_way(kind: str) -> None:
    agency = an_agency("Partner of Sampleshire")
    agency.kind = AgencyKind(kind)
    agency.save(update_fields=["kind"])
    partner = a_partner(agency)
    one = told(partner)

    actions.respond(one, kind="question", text=ASKED, by=partner, at=NOW)
    actions.reply_to_partner(one, text="The one by the station.", by=person("intelligence_analyst"), at=NOW)

    assert tasks_of_agency(partner).get().kind == "handover.answer"
