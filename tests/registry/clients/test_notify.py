"""Emails and texts by a service in the shape of GOV.UK Notify, which runs for real on a port of its own."""

from collections.abc import Iterator
from threading import Thread
from typing import Any

import pytest
from django.core.mail import EmailMessage, EmailMultiAlternatives
from pytest_django import Settings

from config.checks import services
from registry.clients import notify, texts
from registry.letters.letters import sending
from registry.letters.models import Letter
from script.stand_ins import notify as stand_in
from tests.conftest import NOW
from tests.people import person

SERVICE, SECRET = "1a2b3c4d-0000-4000-8000-000000000001", "5e6f7a8b-0000-4000-8000-000000000002"
BACKEND = "registry.clients.notify.NotifyMail"


@pytest.fixture
def taken(settings: Settings) -> Iterator[Any]:
    """What the stand-in was given; the product is set up to use it."""
    server = stand_in.serve(port=0, key=f"tests-{SERVICE}-{SECRET}")
    Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    settings.NOTIFY_URL = f"http://127.0.0.1:{server.server_port}"
    settings.NOTIFY_KEY = f"tests-{SERVICE}-{SECRET}"
    settings.NOTIFY_TEXT_TEMPLATE = settings.NOTIFY_MAIL_TEMPLATE = "a template"
    settings.TEXT_SENDER, settings.EMAIL_BACKEND = "registry.clients.notify.NotifySender", BACKEND
    yield server.RequestHandlerClass.notify  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


def text(reference: str = "T-1") -> str:
    return texts.fault_in_sending(number="+447700900123", words="Licensed: Harvest Hands", reference=reference)


def test_a_text_is_handed_over_with_its_words_and_reference(taken: Any) -> None:
    assert text() == ""

    (one,) = taken.taken
    assert (one["phone_number"], one["personalisation"]) == ("+447700900123", {"body": "Licensed: Harvest Hands"})


def test_a_message_whose_answer_was_lost_is_not_handed_over_twice(taken: Any) -> None:
    taken.mood = "forgetful"

    assert text() == "not_accepted"
    assert text() == ""

    assert len(taken.taken) == 1


@pytest.mark.parametrize(
    "change", [{"NOTIFY_KEY": f"tests-{SERVICE}-{SERVICE}"}, {"NOTIFY_KEY": "no key"}, {"NOTIFY_TEXT_TEMPLATE": ""}]
)
def test_what_is_not_taken_is_tried_again(taken: Any, settings: Settings, change: dict[str, str]) -> None:
    for name, value in change.items():
        setattr(settings, name, value)

    assert text() == "not_accepted"
    assert taken.taken == []


def test_silence_is_tried_again_and_no_word_reaches_the_log(taken: Any, caplog: pytest.LogCaptureFixture) -> None:
    taken.mood = "silent"

    assert text() == "not_accepted"

    assert "Harvest" not in caplog.text and "900123" not in caplog.text


@pytest.mark.django_db
def test_a_letter_goes_as_an_email_once_and_a_refused_address_is_given_up(taken: Any) -> None:
    reader = person("case_officer", email="officer@authority.example")
    refused = person("case_officer", email="refused@authority.example")
    letters = [
        sending.queue("registry/letters/key_taken.html", to=one, subject="Late", facts=FACTS, about="X", at=NOW)
        for one in (reader, refused)
    ]

    assert [sending.send(letter, at=NOW) for letter in letters] == [True, False]
    sending.mail_again(letters[0], at=NOW)
    Letter.objects.filter(pk=letters[0].pk).update(reached=[])
    letters[0].refresh_from_db()
    sending.send(letters[0], at=NOW)

    assert [one["email_address"] for one in taken.taken] == ["officer@authority.example"]
    assert taken.taken[0]["personalisation"]["subject"] == "Late"
    letters[1].outbox.refresh_from_db()
    assert letters[1].outbox.failed_at is not None


FACTS: dict[str, Any] = {}


def test_an_email_says_how_to_stop_and_one_with_a_file_is_refused(taken: Any) -> None:
    headers = {"Message-ID": "<1@example>", "List-Unsubscribe": "<https://register.example/stop/>"}
    mail = EmailMultiAlternatives("Changed", "It changed.", to=["a@example.com", "b@example.com"], headers=headers)
    mail.attach_alternative("<p>It changed.</p>", "text/html")

    assert mail.send() == 1
    assert [one["one_click_unsubscribe_url"] for one in taken.taken] == ["https://register.example/stop/"] * 2

    with_file = EmailMessage("A file", "Here.", to=["a@example.com"], attachments=[("a.txt", "a", "text/plain")])
    with pytest.raises(ValueError, match="no files"):
        with_file.send()


def test_the_check_refuses_what_cannot_send(settings: Settings) -> None:
    settings.TEXT_SENDER, settings.EMAIL_BACKEND = "registry.clients.notify.NotifySender", BACKEND

    assert [str(one.msg) for one in services.notify_can_send()] == [
        f"Notify cannot send without {name}." for name in ("NOTIFY_TEXT_TEMPLATE", "NOTIFY_MAIL_TEMPLATE", "NOTIFY_KEY")
    ]
    assert notify.KEY.search(f"tests-{SERVICE}-{SECRET}")
