"""A process that was told a later time than it is answers no look-up, says so, and goes on once a person has confirmed the clock."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client

from registry.integrity import head_file
from tests.conftest import NOW, SetClock
from tests.people import person
from tests.registry.integrity.test_head_file import an_event, file, said

__all__ = ["file"]

pytestmark = pytest.mark.django_db(transaction=True)


def _looks_up() -> tuple[int, bool]:
    """What the look-up and the readiness of this process say."""
    ready = Client().get("/health/ready").json()["checks"]["clock"]
    return Client().post("/check/", {"q": "Zebedee"}, follow=True).status_code, ready


def test_a_process_that_was_told_a_later_time_goes_on_once_a_person_has_confirmed_the_clock(
    set_clock: SetClock,
) -> None:
    auditor = person("auditor")
    an_event()
    assert _looks_up() == (200, True)
    set_clock(NOW + timedelta(hours=1))
    assert _looks_up() == (200, True)
    set_clock(NOW)
    assert _looks_up() == (503, False), "it does not tell which of the two times was wrong"

    said("accept_database", "--by", auditor.email, "--because", "The clock was an hour ahead.")

    assert _looks_up() == (200, True)
    an_event()
    set_clock(NOW - timedelta(hours=1))
    assert _looks_up() == (503, False), "what was confirmed then is not confirmed for good"


def test_what_was_confirmed_before_the_later_time_was_told_confirms_nothing(set_clock: SetClock) -> None:
    auditor = person("auditor")
    said("accept_database", "--by", auditor.email, "--because", "Restored.")
    set_clock(NOW + timedelta(hours=1))
    assert _looks_up() == (200, True)

    set_clock(NOW + timedelta(minutes=1))

    assert _looks_up() == (503, False)


def test_what_was_confirmed_before_this_machine_was_started_confirms_nothing(
    set_clock: SetClock, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    auditor = person("auditor")
    set_clock(NOW + timedelta(hours=1))
    assert _looks_up() == (200, True)
    set_clock(NOW)
    said("accept_database", "--by", auditor.email, "--because", "The clock was an hour ahead.")
    another = tmp_path / "another-start"
    another.write_text("another")
    monkeypatch.setattr(head_file, "START_OF_THE_MACHINE", another)

    assert _looks_up() == (503, False)
