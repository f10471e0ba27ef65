"""How the look-up answered, written down."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from public_lookup.service_figures.models import LookUpDay
from public_lookup.service_figures.rules import bound_of


@transaction.atomic
def note_answer(milliseconds: float | None, *, by: None, at: datetime) -> LookUpDay:
    """Count one question, and how long its answer took; None where it was not answered rightly."""
    day, _is_new = LookUpDay.objects.select_for_update().get_or_create(
        day=timezone.localdate(at), defaults={"asked_at": at}
    )
    day.asked_at = at
    day.asked += 1
    if milliseconds is not None:
        bound = str(bound_of(milliseconds))
        day.answered += 1
        day.times = {**day.times, bound: day.times.get(bound, 0) + 1}
    day.save()
    return day
