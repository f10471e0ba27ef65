"""After an upgrade one can read what the clock would decide and write, before it does."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from registry.background_work.models import Heartbeat
from registry.letters.models import Letter
from registry.outbox.models import OutboxItem
from registry.trail.models.events import Event
from tests.conftest import NOW, SetClock
from tests.licensing.stories import a_licence, a_request, on
from tests.public_lookup.follows.test_follows import a_follow

pytestmark = pytest.mark.django_db


def test_what_would_end_and_what_would_be_written_is_said_and_nothing_is_done(set_clock: SetClock) -> None:
    request = a_request()
    set_clock(NOW + timedelta(days=40))
    before = [model._default_manager.count() for model in (Event, Letter, OutboxItem)]

    out = StringIO()
    call_command("run_due", "--dry-run", stdout=out)

    said = out.getvalue()
    assert "requests not answered in time: 1\n" in said
    assert f"  informationrequest {request.reference}: " in said and "  letters: 1 × " in said
    assert [model._default_manager.count() for model in (Event, Letter, OutboxItem)] == before
    request.refresh_from_db()
    assert request.status == "open"
    assert not Heartbeat.objects.exists()


def test_what_comes_of_a_decision_is_said_too(set_clock: SetClock) -> None:
    """A reason is published, and who follows the entry is told of that: of both nothing is done."""
    licence = a_licence()
    a_follow(licence)
    set_clock(on(licence.valid_until + timedelta(days=1)))
    letters = Letter.objects.count()

    out = StringIO()
    call_command("run_due", "--dry-run", stdout=out)

    said = out.getvalue()
    assert "reasons of decisions published or withdrawn: 1\n" in said
    assert "followers told: 1\n  letters: 1 × Something changed on the register\n" in said
    assert Letter.objects.count() == letters
