"""An alarm that was pressed on a device comes when the connection returns: once, with its time, and whatever else it says."""

import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from compliance.danger.models import DangerSign
from compliance.inspections.models import Inspection
from registry import jobs
from registry.alerts.models import AlertNotice
from registry.trail.models.events import Event
from tests.compliance.danger.world import a_shift
from tests.compliance.stories import an_inspection
from tests.people import person, signed_in

pytestmark = pytest.mark.django_db


def sent(of: Inspection, *, key: uuid.UUID, at: datetime, **more: str) -> Any:
    alarm = {"key": str(key), "visit": of.reference, "pressed_at": at.isoformat()} | more
    return signed_in(of.inspector).post("/staff/field/alarm/", {"alarm": json.dumps(alarm)})


def test_it_is_raised_once_with_the_time_at_which_it_was_pressed_and_alerts_whoever_is_on_duty() -> None:
    visit, key = an_inspection(), uuid.uuid4()
    shift = a_shift()
    pressed = timezone.now() - timedelta(hours=3)
    replies = [sent(visit, key=key, at=pressed) for _link_was_lost in range(2)]

    sign = DangerSign.objects.get()
    assert [one.json() for one in replies] == [{"reference": sign.reference}] * 2
    assert (sign.source, sign.inspection, sign.pressed_at) == ("officer", visit, pressed)
    assert sign.acknowledge_by > timezone.now()
    assert Event.objects.get(verb="raise_danger").facts["pressed_at"][:19] == pressed.isoformat()[:19]
    assert "Pressed on the device" in signed_in(shift.officer).get(f"/staff/dangers/{sign.reference}/").content.decode()
    jobs.alert_of_danger(at=timezone.now())
    assert AlertNotice.objects.exists()


def test_a_clock_that_is_fast_and_a_visit_that_is_not_known_hold_back_no_alarm() -> None:
    visit = an_inspection()
    ahead = timezone.now() + timedelta(days=2)
    assert sent(visit, key=uuid.uuid4(), at=ahead, visit="I-GONE-0000").status_code == 200

    sign = DangerSign.objects.get()
    assert (sign.inspection, sign.pressed_at) == (None, sign.raised_at)
    assert (
        "Pressed on the device"
        not in signed_in(person("safeguarding_lead")).get(f"/staff/dangers/{sign.reference}/").content.decode()
    )


def test_what_is_no_alarm_is_refused_and_no_one_but_an_inspector_sends_one() -> None:
    visit = an_inspection()

    assert sent(visit, key=uuid.uuid4(), at=timezone.now(), pressed_at="soon").status_code == 400
    assert signed_in(person("case_officer")).post("/staff/field/alarm/", {"alarm": "{}"}).status_code == 403
    assert not DangerSign.objects.exists()
