"""A time of day as people type it, and the moment that it makes with a day."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

A_TIME = _("Enter a time, for example 14:30.")
# Of the day's 24 hours, or with am and pm: as the pages write it themselves.
WRITTEN = ["%H:%M", "%H.%M", "%H%M", *(f"{hour}{gap}%p" for hour in ("%I:%M", "%I.%M", "%I") for gap in ("", " "))]


def clock_time(*, required: bool = True, missing: Any = A_TIME, **options: Any) -> forms.TimeField:
    """`missing` is what to say when there is none, or it cannot be read."""
    options.setdefault("help_text", _("For example, 14:30"))
    return forms.TimeField(
        required=required,
        input_formats=WRITTEN,
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5", "type": "text"}),
        error_messages={"required": missing, "invalid": missing},
        **options,
    )


def moment_of(day: date, clock: time) -> datetime:
    """This time of this day in London."""
    return timezone.make_aware(datetime.combine(day, clock))
