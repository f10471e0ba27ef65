"""How the service does: a fortnight of questions that the worker asked the look-up, and the figures of today."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils import timezone

from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.rules import EVERY
from registry.service_figures import actions

DAYS = 14
#: On this one the worker was restarted, and on this one the look-up did not answer for half an hour.
RESTARTED, DOWN = 5, 9


def service(at: datetime) -> Iterator[object]:
    """The days before, then today's count."""
    for ago in range(1, DAYS + 1):
        asked = timedelta(days=1) // EVERY - 3 * (ago == RESTARTED)
        answered = asked - 6 * (ago == DOWN)
        slow = 10 + ago % 4
        times = {"50": answered - 4 * slow, "75": 3 * slow, "200": slow}
        day = timezone.localdate(at) - timedelta(days=ago)
        yield LookUpDay.objects.create(
            day=day, asked_at=at - timedelta(days=ago), asked=asked, answered=answered, times=times
        )
    yield actions.count_service(by=None, at=at)
