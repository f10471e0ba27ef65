"""Danger alarms people at once, one after the other, until someone acknowledges it; and nothing of it is said in an alert."""

import json
import uuid
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from django.utils import translation
from pytest_django import Settings

from compliance.danger import actions as dangers
from compliance.danger.models import DangerSign, DangerSource
from compliance.danger.queries import task_of
from compliance.interviews import actions as interviews
from registry import jobs
from registry.accounts.models import User
from registry.alerts import actions as alerts
from registry.alerts.models import Alert, AlertNotice, AlertSettings
from registry.alerts.queries import minutes_to_acknowledge
from registry.conflicts import actions as conflicts
from registry.errors import Refused
from registry.letters.models import Letter
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.tasks import queries as tasks
from registry.tasks.models import Task
from registry.trail.models.events import Event
from tests.compliance.danger.world import a_shift, with_telephone
from tests.compliance.field.world import TOLD
from tests.compliance.reports.world import a_report
from tests.compliance.stories import an_inspection, an_organisation
from tests.conftest import NOW
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db

MINUTE = timedelta(minutes=1)
CANARY = "Ilinca Wrenfield is locked in caravan 4 at Sea Lane"


@pytest.fixture(autouse=True)
def recorded(settings: Settings, tmp_path: Path) -> Path:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path
    return tmp_path


@pytest.fixture
def manager() -> User:
    return person("manager", name="Maldwyn Manager")


@pytest.fixture
def lead() -> User:
    return with_telephone(person("safeguarding_lead", name="Nerys Lead"), 1)


@pytest.fixture
def officer() -> User:
    return with_telephone(person("intelligence_analyst", name="Dai Duty"), 2)


@pytest.fixture
def deputy() -> User:
    return with_telephone(person("safeguarding_lead", name="Dilys Deputy"), 3)


@pytest.fixture
def on_duty(officer: User, deputy: User, manager: User) -> User:
    a_shift(officer=officer, deputy=deputy, by=manager)
    return officer


def a_danger() -> DangerSign:
    a_report(danger="yes", text=CANARY, about_place="Sea Lane")
    return DangerSign.objects.get()


def the_task(sign: DangerSign) -> Task:
    task = task_of(sign)
    assert task is not None
    return task


def told(step: int) -> set[tuple[str, str]]:
    return {(one.person.name, one.way) for one in AlertNotice.objects.filter(step=step).select_related("person")}


def verbs_about_task(sign: DangerSign) -> list[str]:
    return list(
        Event.objects.filter(kind="task", reference=sign.reference).order_by("number").values_list("verb", flat=True)
    )


def test_a_report_of_danger_alarms_the_officer_on_duty_and_the_leads_at_once(
    on_duty: User, lead: User, deputy: User, recorded: Path
) -> None:
    sign = a_danger()

    assert jobs.alert_of_danger(at=NOW) == 3
    assert told(1) == {(who.name, way) for who in (on_duty, lead, deputy) for way in ("mail", "text")}
    assert jobs.send_alert_texts(at=NOW) == 3
    assert jobs.send_mail(at=NOW) == 3

    texts = [json.loads(one.read_text()) for one in recorded.iterdir()]
    assert {one["number"] for one in texts} == {"+447700900101", "+447700900102", "+447700900103"}
    assert all(f"/staff/dangers/{sign.reference}/" in one["words"] and len(one["words"]) <= 160 for one in texts)
    assert {one.to[0] for one in mail.outbox} == {on_duty.email, lead.email, deputy.email}
    assert verbs_about_task(sign) == ["alert"]
    assert list(tasks.faults(NOW)) == []


def test_one_danger_of_which_nobody_can_be_told_keeps_no_later_one_from_being_told(
    on_duty: User, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = a_danger()
    dangers.raise_danger(DangerSource.OFFICER, inspection=an_inspection(), by=person("inspector"), at=NOW + MINUTE)
    later = DangerSign.objects.latest("pk")
    broken = task_of(first)

    def tell(task: Task, *, by: None, at: datetime) -> int:
        if task == broken:
            raise ValueError("this row cannot be read")
        return told_of(task, by=by, at=at)

    told_of = alerts.alert_of_danger
    monkeypatch.setattr(alerts, "alert_of_danger", tell)

    assert jobs.alert_of_danger(at=NOW + MINUTE) > 0
    assert (verbs_about_task(first), verbs_about_task(later)) == ([], ["alert"])


def test_nothing_of_what_was_said_is_in_an_alert(on_duty: User, lead: User, recorded: Path) -> None:
    a_danger()
    jobs.alert_of_danger(at=NOW)
    jobs.alert_of_urgent(at=NOW)
    jobs.send_alert_texts(at=NOW)
    jobs.send_mail(at=NOW)

    sent = [f"{one.subject} {one.body}" for one in mail.outbox] + [one.read_text() for one in recorded.iterdir()]
    sent += [str(one) for one in Letter.objects.values_list("facts", "subject", "sheet")]
    sent += [str(one) for one in Event.objects.values_list("facts", "because")]
    assert len(sent) > 6
    assert not any(word in text for word in ("Ilinca", "Wrenfield", "caravan", "Sea Lane") for text in sent)


def test_acknowledged_in_time_no_one_else_is_told(on_duty: User, lead: User) -> None:
    sign = a_danger()
    jobs.alert_of_danger(at=NOW)

    dangers.acknowledge(sign, by=on_duty, at=NOW + 4 * MINUTE)

    assert jobs.alert_of_danger(at=NOW + 11 * MINUTE) == 0
    assert jobs.alert_of_danger(at=NOW + 600 * MINUTE) == 0
    assert Alert.objects.get().step == 1
    assert verbs_about_task(sign) == ["alert", "acknowledge_task"]
    with pytest.raises(Refused) as no:
        dangers.acknowledge(sign, by=lead, at=NOW + 5 * MINUTE)
    assert [reason.code for reason in no.value.reasons] == ["acknowledged"]


def test_not_acknowledged_it_goes_to_the_deputy_and_then_to_the_managers_each_once(
    on_duty: User, deputy: User, manager: User
) -> None:
    sign = a_danger()
    for minutes in (0, 0, 9, 10, 10, 19, 20, 20, 29):
        jobs.alert_of_danger(at=NOW + minutes * MINUTE)

    assert told(2) == {(deputy.name, "mail"), (deputy.name, "text")}
    assert told(3) == {(manager.name, "mail")}
    assert verbs_about_task(sign) == ["alert", "escalate_alert", "escalate_alert"]
    steps = (
        Event.objects.filter(kind="task", reference=sign.reference).order_by("number").values_list("facts", flat=True)
    )
    assert [(one["step"], one["told"]) for one in steps][1:] == [(2, [deputy.reference]), (3, [manager.reference])]

    assert jobs.alert_of_danger(at=NOW + 30 * MINUTE) == 3  # all of them; then each hour
    assert jobs.alert_of_danger(at=NOW + 89 * MINUTE) == 0
    assert jobs.alert_of_danger(at=NOW + 90 * MINUTE) == 3


def test_killed_in_the_middle_of_a_step_it_is_taken_whole_the_next_time(
    on_duty: User, lead: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_danger()
    real, calls = alerts._notice, []

    def dies(*given: object) -> None:
        calls.append(given)
        if len(calls) == 2:
            raise SystemExit
        real(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(alerts, "_notice", dies)
    with pytest.raises(SystemExit), transaction.atomic():
        jobs.alert_of_danger(at=NOW)
    assert not OutboxItem.objects.exists()
    assert not Alert.objects.exists()

    monkeypatch.setattr(alerts, "_notice", real)
    assert jobs.alert_of_danger(at=NOW) == 3
    assert jobs.alert_of_danger(at=NOW) == 0
    assert OutboxItem.objects.count() == 6


def test_two_workers_that_found_the_same_step_due_take_it_once(on_duty: User) -> None:
    task = the_task(a_danger())

    assert [alerts.alert_of_danger(task, by=None, at=NOW) for _worker in range(2)] == [2, 0]
    assert OutboxItem.objects.count() == 4


def test_the_database_keeps_one_notice_a_step(on_duty: User) -> None:
    a_danger()
    jobs.alert_of_danger(at=NOW)
    one = AlertNotice.objects.filter(way="text")[0]
    other = OutboxItem.objects.add(OutboxKind.TEXT, "S-OTHER", at=NOW)

    with pytest.raises(DatabaseError), transaction.atomic():
        AlertNotice.objects.create(alert=one.alert, step=1, person=one.person, way="text", at=NOW, outbox=other)


def test_where_no_one_is_on_duty_the_managers_are_told(manager: User, lead: User) -> None:
    a_danger()
    jobs.alert_of_danger(at=NOW)

    assert {name for name, _way in told(1)} == {manager.name, lead.name}


def test_the_officer_on_duty_with_a_conflict_of_interest_is_told_of_nothing(on_duty: User, manager: User) -> None:
    firm = an_organisation()
    conflicts.declare(
        on_duty, organisation=firm, because="My brother works there.", since=NOW.date(), by=manager, at=NOW
    )
    sign = dangers.raise_danger("officer", inspection=an_inspection(organisation=firm), by=manager, at=NOW)
    jobs.alert_of_danger(at=NOW)

    assert on_duty.name not in {name for name, _way in told(1)}
    assert manager.name in {name for name, _way in told(1)}
    assert signed_in(on_duty).get(f"/staff/dangers/{sign.reference}/").status_code == 404


def test_without_a_telephone_or_a_sender_the_mail_goes_all_the_same(on_duty: User, settings: Settings) -> None:
    settings.TEXT_SENDER = ""
    a_danger()
    jobs.alert_of_danger(at=NOW)

    assert {way for _name, way in told(1)} == {"mail"}
    assert jobs.send_alert_texts(at=NOW) == 0


def test_the_minutes_are_those_of_a_scheme_that_is_in_force() -> None:
    assert minutes_to_acknowledge(NOW.date()) == 10 * MINUTE
    assert minutes_to_acknowledge(NOW.date().replace(year=2014)) == 10 * MINUTE  # one of the schemes came later


def test_a_report_without_danger_alarms_no_one() -> None:
    a_report(danger="no")
    a_report(danger="not_sure")

    assert not DangerSign.objects.exists()
    assert jobs.alert_of_danger(at=NOW) == 0


def test_what_a_worker_says_alarms_once_until_it_is_dealt_with(lead: User) -> None:
    inspector = person("inspector")
    visit = an_inspection(inspector=inspector)
    answer = {"said": "yes", "words": CANARY}
    said = {**TOLD, "answers": {**TOLD["answers"], "threatened": answer}}
    key = uuid.uuid4()

    interviews.keep(visit, key=key, told=TOLD, held_at=NOW, by=inspector, at=NOW)
    assert not DangerSign.objects.exists()
    for _again in range(2):
        interviews.keep(visit, key=key, told=said, held_at=NOW, by=inspector, at=NOW)  # type: ignore[arg-type]
    sign = DangerSign.objects.get()
    assert (sign.source, sign.inspection, sign.organisation) == ("interview", visit, visit.organisation)

    dangers.deal_with(sign, outcome="safe", because="The police took them to a safe place.", by=lead, at=NOW)
    interviews.keep(visit, key=key, told=said, held_at=NOW, by=inspector, at=NOW)  # type: ignore[arg-type]
    assert DangerSign.objects.count() == 1
    interviews.note_indicator(visit, code="5", seen=True, evidence="Bruises on both arms.", by=inspector, at=NOW)
    assert DangerSign.objects.raised().get().source == "indicator"


def test_how_it_ended_is_said_by_a_person_on_duty_with_a_reason(lead: User) -> None:
    sign = a_danger()
    with pytest.raises(PermissionDenied):
        dangers.deal_with(sign, outcome="safe", because="The police were there.", by=person("inspector"), at=NOW)
    with pytest.raises(Refused):
        dangers.deal_with(sign, outcome="safe", because="Short", by=lead, at=NOW)

    dangers.deal_with(sign, outcome="emergency", because="The police were there.", by=lead, at=NOW)

    sign.refresh_from_db()
    assert (sign.status, sign.outcome, sign.dealt_by) == ("dealt_with", "emergency", lead)
    assert not the_task(sign).is_open
    assert jobs.alert_of_danger(at=NOW) == 0
    assert list(tasks.faults(NOW)) == []


def test_what_was_reported_is_shown_to_the_person_who_acknowledged(on_duty: User, lead: User) -> None:
    sign = a_danger()
    jobs.alert_of_danger(at=NOW)
    address = f"/staff/dangers/{sign.reference}/"
    first, other = signed_in(on_duty), signed_in(lead)

    assert CANARY not in first.get(address).content.decode()
    assert first.post(f"{address}acknowledge/").status_code == 302
    shown = first.get(address).content.decode()
    assert CANARY in shown
    assert lead.name in shown  # who was alerted
    assert CANARY not in other.get(address).content.decode()
    assert on_duty.name in other.get(address).content.decode()


ON_DUTY = ["safeguarding_lead", "manager", "intelligence_analyst"]
OTHERS = ["inspector", "case_officer", "auditor", "partner_agency", "people_administrator", "source_handler"]


@pytest.mark.parametrize(("role", "status"), [*((role, 200) for role in ON_DUTY), *((role, 403) for role in OTHERS)])
def test_only_those_who_may_be_on_duty_see_a_danger(role: str, status: int) -> None:
    sign = a_danger()

    assert signed_in(person(role)).get(f"/staff/dangers/{sign.reference}/").status_code == status


def test_any_officer_raises_the_alarm_from_the_card() -> None:
    inspector = person("inspector")
    visit = an_inspection(inspector=inspector)
    sent = signed_in(inspector).post(f"/staff/danger/raise/?inspection={visit.reference}")

    sign = DangerSign.objects.get()
    assert (sign.source, sign.raised_by, sign.inspection) == ("officer", inspector, visit)
    assert sign.reference in sent.content.decode()


def test_a_telephone_number_is_not_on_the_trail(officer: User) -> None:
    assert AlertSettings.objects.get(person=officer).telephone == "+447700900102"
    event = Event.objects.get(verb="choose_alerts")
    assert "77009001" not in str(event.facts)


@pytest.mark.parametrize("language", ["cy", "ar"])
def test_no_address_for_staff_tells_the_language_of_who_reported(
    language: str, on_duty: User, lead: User, recorded: Path
) -> None:
    with translation.override(language):
        sign = a_danger()
    page = f"/staff/dangers/{sign.reference}/"

    jobs.alert_of_danger(at=NOW)
    jobs.send_alert_texts(at=NOW)
    jobs.send_mail(at=NOW)

    assert the_task(sign).address == page
    texts = [json.loads(one.read_text())["words"] for one in recorded.iterdir()]
    bodies = [str(one.body) for one in mail.outbox]
    assert texts and bodies
    assert all(f"{settings.SITE_ADDRESS}{page}" in words for words in (*texts, *bodies))
    assert not any(f"/{language}/" in words for words in (*texts, *bodies))


def test_a_danger_belongs_to_who_acknowledged_it_and_every_home_says_who_responds(on_duty: User, lead: User) -> None:
    sign = a_danger()
    homes = {who.name: signed_in(who) for who in (on_duty, lead)}
    assert all("Danger" in home.get("/staff/").content.decode() for home in homes.values())

    dangers.acknowledge(sign, by=lead, at=NOW + 4 * MINUTE)

    assert the_task(sign).owner == lead
    assert list(tasks.faults(NOW)) == []
    for home in homes.values():
        page = " ".join(home.get("/staff/").content.decode().split())
        assert f"{lead.name} has been responding since" in page
        assert page.index(sign.reference) < page.index("My tasks")
        assert "Tasks that belong to no one yet" not in page or sign.reference not in page.split("Free to take")[-1]


def test_the_page_of_a_danger_says_who_responds_and_how_to_reach_them(on_duty: User, lead: User) -> None:
    """Two people would call the police, or none, if the page said "not available yet" to the second."""
    sign = a_danger()
    page = f"/staff/dangers/{sign.reference}/"
    dangers.acknowledge(sign, by=lead, at=NOW + 4 * MINUTE)

    second = signed_in(on_duty)
    words = " ".join(second.get(page).content.decode().split())

    assert f"{lead.name} has been responding since" in words
    assert 'href="tel:+447700900101"' in words and "Call +447700900101" in words
    assert "Not available yet" not in words and "Say how the danger ended" in words
    late = second.post(f"{page}acknowledge/", follow=True).content.decode()
    assert "Someone has acknowledged this already" in late
