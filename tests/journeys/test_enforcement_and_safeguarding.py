"""On a visit somebody is in danger, and who supplied them has no licence: a referral with consent, and an undertaking."""

from datetime import date

import pytest
from django.utils import timezone

from compliance.enforcement.models.cases import UnlicensedCase
from compliance.safeguarding.models.referrals import Referral
from tests.compliance.enforcement.world import MEASURE, WHY, a_case_to_be_filed
from tests.compliance.safeguarding.world import IDENTITY
from tests.compliance.stories import an_inspection, an_organisation
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = pytest.mark.browser


def looks_right(desk: Desk) -> None:
    """For assistive technology, and at 320 pixels."""
    assert list(faults(desk.page, "en-gb")) == []


def test_somebody_in_danger_is_referred_with_their_consent(sit_down: SitDown) -> None:
    visitor = person("inspector", name="Ifan Price")
    inspector, lead = sit_down(visitor), sit_down(person("safeguarding_lead"))
    visit = an_inspection(inspector=visitor)

    inspector.open("inspection", visit.reference)
    inspector.follow("Someone is in danger now: what to do")
    inspector.must_say("Ring 999", "Do not confront")
    looks_right(inspector)
    inspector.follow("Prepare a referral or a notification")
    inspector.choose("age", "adult")
    inspector.press("Continue")
    for name, value in CHOSEN:
        inspector.choose(name, value)
    for name in ("in_own_language", "slavery"):
        inspector.page.locator(f"[name='{name}']").check(force=True)
    inspector.fill("consented_on", timezone.localdate())
    inspector.press("Prepare a referral")
    assert inspector.problems == ["Consent counts only once each of the four has been explained."]
    inspector.choose("told", "sharing")
    inspector.press("Prepare a referral")
    inspector.must_say("The identity is not written down yet.")
    looks_right(inspector)
    inspector.press("Write down who it is")
    for name, value in IDENTITY.items():
        inspector.fill(name, value)
    inspector.press("Write down who it is")
    inspector.must_say("The identity is sealed.")
    assert IDENTITY["name"] not in inspector.text

    one = Referral.objects.get()
    lead.open("staff_home")
    lead.follow("Referrals")
    lead.follow(one.reference)
    lead.press("Open who it is")
    lead.fill("because", "To fill in the form of the authority.")
    lead.press("Open")
    lead.must_say(IDENTITY["name"])
    looks_right(lead)
    lead.open("referral", one.reference)
    lead.press("I have read it: it can be sent")
    lead.press("I have read it: it can be sent")
    lead.press("Record that it has been sent")
    lead.press("Record that it has been sent")
    looks_right(lead)
    one.refresh_from_db()
    assert one.status == "sent"
    assert [*inspector.complaints, *lead.complaints] == []


CHOSEN = (
    ("kind", "nrm"),
    ("consent", "given"),
    ("told", "nrm"),
    ("told", "support"),
    ("told", "outcomes"),
    ("gender", "female"),
    ("age_band", "from_25_to_34"),
    ("child_then", "no"),
    ("natures", "forced_labour"),
    ("country", "GB"),
    ("region", "wales"),
    ("police_area", "gwent"),
)


def test_a_farm_is_warned_and_gives_an_undertaking_that_another_accepts(sit_down: SitDown) -> None:
    visitor, farm = person("inspector", name="Ifan Price"), an_organisation("Brook Farm Ltd")
    inspector, decider = sit_down(visitor), sit_down(person("decision_maker"))
    visit = an_inspection(organisation=farm, inspector=visitor)

    inspector.open("inspection", visit.reference)
    inspector.follow("Open a case of supply without a licence")
    inspector.choose("against", "user")
    inspector.press("Open a case")
    inspector.press("Record an offence")
    inspector.choose("code", "s13")
    inspector.press("Record an offence")
    inspector.press("Weigh an element")
    inspector.choose("element", "s13:arrangement")
    inspector.choose("shown", "yes")
    inspector.fill("evidence", "The invoices of May and June.")
    inspector.press("Weigh an element")
    inspector.must_say("The invoices of May and June.", "Not made out yet")
    inspector.press("Send a notice or a warning")
    inspector.choose("step", "notice")
    inspector.fill("supplier", "A man with a white van")
    inspector.fill("because", WHY)
    inspector.press("Read the letter first")
    inspector.must_say("Nothing has been done yet.", "Enforcement notice", "section 13")
    inspector.press("Send a notice or a warning")
    inspector.must_say("Not acknowledged yet.")
    looks_right(inspector)
    inspector.press("Draft an undertaking")
    inspector.choose("offence", "s13")
    for name, value in DRAFTED.items():
        inspector.fill(name, value)
    inspector.press("Draft an undertaking")

    decider.open("staff_home")
    decider.follow("Undertakings and orders")
    decider.follow("Brook Farm Ltd")
    decider.press("Serve the notice")
    decider.press("Serve the notice")
    decider.must_say("Last day to agree", MEASURE.text)
    decider.press("Accept the undertaking")
    decider.press("Accept the undertaking")
    decider.must_say("Undertaking in force")
    looks_right(decider)
    decider.open("dates_due")
    decider.must_say("Last day of an undertaking", "Brook Farm Ltd")

    case = UnlicensedCase.objects.get()
    inspector.open("unlicensed_case", case.reference)
    inspector.press("Propose an outcome")
    inspector.choose("outcome", "undertaking")
    inspector.fill("because", "The farm does what is needed.")
    inspector.press("Propose an outcome")
    decider.open("unlicensed_case", case.reference)
    decider.press("Approve and close")
    decider.fill("because", "The undertaking is enough.")
    decider.press("Approve and close")
    case.refresh_from_db()
    assert (case.status, case.inspection) == ("closed", visit)
    assert [*inspector.complaints, *decider.complaints] == []


DRAFTED = {
    "reasons": WHY,
    "months": "12",
    "measure_1": MEASURE.text,
    "necessary_1": MEASURE.necessary,
    "just_1": MEASURE.just,
}


def test_what_was_not_paid_is_asked_for_by_one_and_served_by_another(sit_down: SitDown) -> None:
    visitor, farm = person("inspector", name="Ifan Price"), an_organisation("Brook Farm Ltd")
    visit = an_inspection(organisation=farm, inspector=visitor)
    inspector, decider = sit_down(visitor), sit_down(person("decision_maker"))

    inspector.open("inspection", visit.reference)
    inspector.follow("Draft a notice of underpayment")
    for name, value in UNDERPAID.items():
        inspector.fill(name, value)
    looks_right(inspector)
    inspector.press("Draft a notice of underpayment")
    inspector.must_say("£1,200.50", "£2,401.00")
    looks_right(inspector)

    decider.open("staff_home")
    decider.follow("Notices of underpayment")
    decider.follow("Brook Farm Ltd")
    decider.press("Serve the notice")
    decider.press("Read the letter first")
    decider.must_say("Nothing has been done yet.", "Notice of underpayment", "£1,200.50")
    decider.press("Serve the notice")
    decider.must_say("Served, to be paid")
    looks_right(decider)
    inspector.open("staff_home")
    inspector.follow("Notices of underpayment")
    inspector.follow("Brook Farm Ltd")
    inspector.press("All of it was paid")
    inspector.fill("paid_on", timezone.localdate())
    inspector.fill("shown_by", "Bank statements of twelve workers, and of the penalty.")
    inspector.press("Record the payment")
    inspector.must_say("Write down what workers got back")
    assert [*inspector.complaints, *decider.complaints] == []


UNDERPAID = {
    "reasons": "The sheets show more hours than the payslips.",
    "what_1": "Hours that were not paid",
    "workers_1": "12",
    "pounds_1": "1200.50",
    "since_1": date(2026, 8, 1),
    "until_1": date(2026, 9, 30),
}


def test_everything_is_sorted_and_the_file_goes_to_the_prosecutor_once_another_has_read_it(sit_down: SitDown) -> None:
    visitor = person("inspector", name="Ifan Price")
    case = a_case_to_be_filed(by=visitor)
    inspector, decider = sit_down(visitor), sit_down(person("decision_maker"))

    inspector.open("unlicensed_case", case.reference)
    inspector.follow("Material and file for the prosecutor")
    inspector.press("Add something that is not listed")
    inspector.choose("use", "unused")
    inspector.press("Add something that is not listed")
    assert inspector.problems == [
        "Describe it in 10 characters or more, so that the defence can tell whether to ask for it."
    ]
    inspector.fill("description", "Notebook 4 of the officer.")
    looks_right(inspector)
    inspector.press("Add something that is not listed")
    inspector.must_say("Notebook 4 of the officer.", "Not described")
    inspector.press("Put the file together")
    inspector.must_say("Version 1")
    looks_right(inspector)

    decider.open("case_material", case.reference)
    decider.press("I have read the file and agree with it")
    decider.press("I have read the file and agree with it")
    decider.open("unlicensed_case", case.reference)
    decider.press("Refer to the prosecutor")
    decider.fill("because", WHY)
    decider.press("Refer to the prosecutor")
    inspector.open("case_material", case.reference)
    inspector.press("Record the handover of the file")
    inspector.fill("to", "The Crown Prosecutor")
    inspector.fill("on", timezone.localdate())
    inspector.press("Record the handover")
    inspector.must_say("Handed to: The Crown Prosecutor")
    assert [*inspector.complaints, *decider.complaints] == []
