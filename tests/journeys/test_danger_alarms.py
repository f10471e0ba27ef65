"""Someone is in danger on a visit: the inspector raises the alarm, and the officer on duty acknowledges it and deals with it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.core import mail

from registry import jobs
from tests.compliance.danger.world import a_shift, with_telephone
from tests.compliance.stories import an_inspection
from tests.conftest import NOW, SetClock
from tests.journeys.conftest import SitDown
from tests.journeys.desk import Desk
from tests.journeys.every_page.looking import faults
from tests.people import person

pytestmark = pytest.mark.browser


def looks_right(desk: Desk) -> None:
    """For assistive technology, and at 320 pixels."""
    assert list(faults(desk.page, "en-gb")) == []


def test_an_alarm_from_a_visit_is_answered_by_the_officer_on_duty(sit_down: SitDown) -> None:
    visitor, on_duty = person("inspector", name="Ifan Price"), with_telephone(person("safeguarding_lead", name="Nerys"))
    a_shift(officer=on_duty)
    visit = an_inspection(inspector=visitor)
    inspector, officer = sit_down(visitor), sit_down(on_duty)

    inspector.open("inspection", visit.reference)
    inspector.follow("Someone is in danger now: what to do")
    inspector.must_say("Alert the officer on duty")
    inspector.follow("Raise the alarm")
    looks_right(inspector)
    inspector.press("Raise the alarm")
    inspector.must_say("The alarm is raised", "SOS-")
    looks_right(inspector)

    assert jobs.alert_of_danger(at=NOW) == 1
    jobs.send_mail(at=NOW)
    assert [one.subject for one in mail.outbox] == ["Danger: respond now"]

    officer.open("staff_home")
    officer.follow("Someone is in danger")
    officer.must_say("Alarms waiting for you")
    officer.follow("SOS-")
    officer.must_say("An officer raised the alarm", "Who was alerted", "Nerys, Email")
    looks_right(officer)
    officer.press("Acknowledge: I am responding")
    looks_right(officer)
    officer.press("Acknowledge: I am responding")
    officer.must_say("Responding", "Nerys")
    assert jobs.alert_of_danger(at=NOW.replace(hour=23)) == 0
    officer.press("Say how the danger ended")
    officer.choose("outcome", "emergency")
    officer.fill("because", "The police took them to a safe place.")
    officer.press("Save")
    officer.must_say("Dealt with", "The emergency services were called")
    looks_right(officer)
    officer.open("rota")
    officer.must_say("On duty now:", "Nerys")
    looks_right(officer)
    assert [*inspector.complaints, *officer.complaints] == []


def test_an_alarm_that_no_one_acknowledges_goes_to_the_deputy_and_then_to_the_manager(
    sit_down: SitDown, set_clock: SetClock
) -> None:
    first, second = (
        with_telephone(person("safeguarding_lead", name=name), last) for last, name in ((1, "Nerys"), (2, "Dilys"))
    )
    boss = person("manager", name="Maldwyn")
    a_shift(officer=first, deputy=second, by=boss)
    inspector = sit_down(person("inspector", name="Ifan Price"))
    inspector.open("raise_danger")
    inspector.press("Raise the alarm")
    inspector.must_say("The alarm is raised")

    for minutes in (1, 12, 23):
        at = NOW + timedelta(minutes=minutes)
        set_clock(at)
        jobs.alert_of_danger(at=at)
        jobs.send_mail(at=at)

    told = Counter(one.to[0] for one in mail.outbox)
    assert told == {first.email: 1, second.email: 2, boss.email: 1}  # leads at once, the deputy again
    manager = sit_down(boss)
    manager.open("staff_home")
    manager.follow("Respond to the danger")
    manager.must_say("Nerys, Email", "Dilys, Email", "Maldwyn, Email")
    manager.press("Acknowledge: I am responding")
    manager.press("Acknowledge: I am responding")
    manager.must_say("Responding", "Maldwyn")
    assert jobs.alert_of_danger(at=NOW + timedelta(hours=5)) == 0
    assert [*inspector.complaints, *manager.complaints] == []
