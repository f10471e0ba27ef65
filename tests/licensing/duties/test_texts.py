"""Reminders by text message: to who asks for them and gives a number, with a reference and a day and nothing else."""

import json
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from pytest_django import Settings

from licensing.duties.models import DutyReminder, DutyText, ReminderChoice
from licensing.duties.queries.reminders import words_of_text
from licensing.holding.actions import supply
from licensing.jobs import remind_of_duties, send_duty_texts
from licensing.retention.jobs import erase_due
from licensing.retention.queries.retention import due_for_erasure
from registry.accounts.models import User
from registry.clients.texts import is_one_message
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation
from registry.outbox.models import OutboxItem
from registry.outbox.states import OutboxKind
from registry.trail.actions.verifications import verify_history
from registry.trail.models.events import Event
from tests.conftest import NOW, SetClock
from tests.licensing.holding.world import the_holder
from tests.licensing.stories import TODAY, a_licence
from tests.people import signed_in
from tests.registry.stories import a_condition

pytestmark = pytest.mark.django_db

NUMBER = "+447700900123"
BY_TEXT = {"by_email": "no", "by_text": "yes", "telephone": "07700 900 123", "days_before": "7"}


@pytest.fixture(autouse=True)
def recorded(settings: Settings, tmp_path: Path) -> Path:
    settings.TEXT_SENDER = "registry.clients.texts.RecordedSender"
    settings.TEXT_FILE_PATH = tmp_path
    return tmp_path


def asked_for_texts() -> tuple[Licence, Condition, User]:
    licence = a_licence()
    condition, holder = a_condition(licence), the_holder(licence)
    supply.tell(licence, began_on=TODAY, by=holder, at=NOW)
    assert signed_in(holder).post("/duties/reminders/", BY_TEXT).status_code == 302
    return licence, condition, holder


def on_day(condition: Condition, days: int) -> datetime:
    return NOW + (condition.due_on - TODAY) + timedelta(days=days)


def sent(folder: Path) -> list[dict[str, str]]:
    return [json.loads(path.read_text()) for path in sorted(folder.glob("D-*.json"))]


@pytest.mark.both
def test_who_asks_for_texts_is_reminded_once_before_the_day_and_once_after_it(
    recorded: Path, set_clock: SetClock
) -> None:
    licence, condition, _holder = asked_for_texts()

    for days in (-8, -7, -6, 0, 1, 2):
        set_clock(on_day(condition, days))
        remind_of_duties(at=on_day(condition, days))
        send_duty_texts(at=on_day(condition, days))

    first, last = sent(recorded)
    assert first["number"] == last["number"] == NUMBER
    day = f"{condition.due_on.day} {condition.due_on:%B %Y}"
    assert first["words"] == f"{condition.reference}: {day}. To read it or stop texts: http://localhost:8000/duties/"
    assert is_one_message(first["words"])
    for kept in (licence.organisation.legal_name, condition.requirement):
        assert kept not in first["words"]
    assert mail.outbox == []


def test_several_duties_of_a_business_are_one_text() -> None:
    licence, condition, holder = asked_for_texts()
    a_condition(licence)

    remind_of_duties(at=on_day(condition, -7))

    text = DutyText.objects.get()
    assert (text.user, text.more) == (holder, 1)
    assert "and 1 more" in words_of_text(text)


@pytest.mark.parametrize("language", ["cy", "pl"])
def test_the_text_is_in_the_language_of_the_business(language: str) -> None:
    licence, condition, _holder = asked_for_texts()
    Organisation.objects.filter(pk=licence.organisation.pk).update(language=language)
    remind_of_duties(at=on_day(condition, -7))

    assert condition.reference in words_of_text(DutyText.objects.get())


def test_texts_stop_at_once_when_the_person_says_so_on_their_settings(recorded: Path, set_clock: SetClock) -> None:
    _licence, condition, holder = asked_for_texts()
    remind_of_duties(at=on_day(condition, -7))
    client = signed_in(holder)
    assert NUMBER in client.get("/duties/").content.decode()

    client.post("/duties/reminders/", {**BY_TEXT, "by_text": "no"})
    set_clock(on_day(condition, -7))
    send_duty_texts(at=on_day(condition, -7))
    remind_of_duties(at=on_day(condition, 1))
    send_duty_texts(at=on_day(condition, 1))

    assert sent(recorded) == []
    assert ReminderChoice.objects.get(user=holder).telephone == ""
    assert not OutboxItem.objects.filter(kind=OutboxKind.TEXT, next_try__isnull=False).exists()
    assert NUMBER not in client.get("/duties/").content.decode()


@pytest.mark.parametrize("number", ["", "12", "020 7946 0000"])
def test_texts_need_a_mobile_number(number: str) -> None:
    holder = the_holder(a_licence())

    answer = signed_in(holder).post("/duties/reminders/", {**BY_TEXT, "telephone": number})

    assert answer.status_code == 422
    assert "Enter a mobile number, like 07700 900 123." in answer.content.decode()


def test_the_trail_keeps_that_texts_are_wanted_and_no_number() -> None:
    _licence, _condition, holder = asked_for_texts()

    event = Event.objects.get(verb="choose_reminders", reference=holder.reference)

    assert event.facts["by_text"] is True
    assert "7700" not in str(event.facts)


def test_without_a_sender_of_texts_none_are_offered_and_none_wait(settings: Settings) -> None:
    _licence, condition, holder = asked_for_texts()
    settings.TEXT_SENDER = ""

    page = signed_in(holder).get("/duties/reminders/").content.decode()
    remind_of_duties(at=on_day(condition, -7))

    assert "text messages" not in page
    assert not DutyText.objects.exists()


def test_a_text_that_could_not_leave_is_tried_again_and_not_the_next_day(settings: Settings, recorded: Path) -> None:
    _licence, condition, _holder = asked_for_texts()
    at = on_day(condition, -7)
    remind_of_duties(at=at)
    item = DutyText.objects.get().outbox

    assert item.useful_until is not None
    assert item.useful_until - at <= timedelta(hours=8)


def test_who_was_reminded_is_erased_two_years_after_the_day() -> None:
    _licence, condition, _holder = asked_for_texts()
    remind_of_duties(at=on_day(condition, -7))
    assert DutyText.objects.exists()
    at = on_day(condition, 733)
    assert ("reminders", condition.due_on) not in due_then(on_day(condition, 729))
    assert ("reminders", condition.due_on) in due_then(at)

    erase_due(at=at)

    assert not DutyText.objects.exists()
    assert not DutyReminder.objects.exists()
    assert verify_history().holds


def due_then(at: datetime) -> list[tuple[str, Any]]:
    return [(one.rule, one.subject) for one in due_for_erasure(at.date())]


def test_a_text_that_was_rewritten_past_the_trail_is_found() -> None:
    _licence, condition, _holder = asked_for_texts()
    remind_of_duties(at=on_day(condition, -7))
    assert verify_history().holds

    with connection.cursor() as cursor:
        cursor.execute("UPDATE licensing_dutytext SET more = 9")

    assert any("licensing.dutytext" in fault for fault in verify_history().faults)
