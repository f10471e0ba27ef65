"""What shows that a condition is met, and the suspicion that somebody else uses the licence."""

from datetime import datetime

import pytest
from django.core.exceptions import ObjectDoesNotExist
from django.urls import reverse

from compliance.reports.models.reports import Report
from licensing.conditions import actions as evidence
from licensing.holding.actions import misuse
from registry.errors import Refused
from registry.letters.models import Letter
from registry.licences.actions import conditions
from registry.trail.models.events import Event
from tests.conftest import NOW
from tests.licensing.duties.stories import duties_at
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence, later
from tests.people import person, signed_in
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db
GIVEN = {"text": "A van carries our name.", "who": "Unknown", "where": "Boston", "once": "1", "passphrase": "six words"}


def test_evidence_leaves_the_condition_open() -> None:
    licence = a_licence()
    condition = a_condition(licence)

    evidence.send(condition, text="Payslips since October.", by=the_holder(licence), at=NOW)

    condition.refresh_from_db()
    assert condition.status == "open"
    assert condition.evidence.get().text == "Payslips since October."


def test_evidence_says_something() -> None:
    licence = a_licence()

    with pytest.raises(Refused) as refused:
        evidence.send(a_condition(licence), text="  ", by=the_holder(licence), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["nothing_said"]


def test_nothing_more_is_sent_about_a_condition_that_is_closed() -> None:
    licence = a_licence()
    condition = a_condition(licence)
    conditions.discharge(condition, on=TODAY, because="Seen.", by=person("decision_maker"), at=NOW)

    with pytest.raises(Refused) as refused:
        evidence.send(condition, text="More.", by=the_holder(licence), at=NOW)

    assert [reason.code for reason in refused.value.reasons] == ["closed"]


def test_evidence_is_sent_by_whoever_acts_for_the_holder() -> None:
    with pytest.raises(ObjectDoesNotExist):
        evidence.send(a_condition(a_licence()), text="Mine.", by=person("applicant"), at=NOW)


def test_the_to_do_of_a_condition_leads_to_the_page_of_its_evidence() -> None:
    licence = a_licence()
    condition = a_condition(licence)

    (duty,) = duties_at(the_holder(licence), "condition.meet")

    assert duty.href == reverse("send_evidence", args=[licence.number, condition.reference])


def test_what_was_sent_to_show_it_waits_for_the_officer_until_it_is_found_wanting() -> None:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)

    def to_do(at: datetime) -> list[str]:
        return [one.text for one in duties_at(holder, "condition.meet", at=at)]

    evidence.send(condition, text="Payslips since October.", by=holder, at=NOW)
    assert to_do(NOW) == []
    assert (
        "You last sent something to show it on 2 November 2026."
        in signed_in(holder).get(reverse("licence", args=[licence.number])).content.decode()
    )

    officer = person("case_officer")
    evidence.check_at_desk(condition, is_met=False, text="They are of one worker.", by=officer, at=later(1))
    assert to_do(later(1)) == ["Meet the condition and send evidence"]

    evidence.send(condition, text="Of all of them.", by=holder, at=later(2))
    assert to_do(later(2)) == []


def test_misuse_reaches_those_who_handle_reports_and_is_confirmed() -> None:
    licence = a_licence()

    report = misuse.report(licence, by=the_holder(licence), at=NOW, **GIVEN)

    assert list(Report.objects.visible_to(person("intelligence_analyst"))) == [report]
    assert (report.about_number, report.kinds) == (licence.number, ["licence"])
    letter = Letter.objects.get(template="licensing/letters/misuse_received.html")
    assert "A van" not in str(letter.facts)


def test_the_trail_of_the_licence_says_that_it_was_reported_and_not_what() -> None:
    licence = a_licence()

    misuse.report(licence, by=the_holder(licence), at=NOW, **GIVEN)

    assert "A van" not in str(Event.objects.get(verb="report_misuse").facts)


def test_sent_twice_it_is_one_report() -> None:
    licence = a_licence()
    for _press in range(2):
        misuse.report(licence, by=the_holder(licence), at=NOW, **GIVEN)

    assert Report.objects.count() == 1


def test_only_of_ones_own_licence() -> None:
    with pytest.raises(ObjectDoesNotExist):
        misuse.report(a_licence(), by=person("applicant"), at=NOW, **GIVEN)
