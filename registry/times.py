"""A time of day in words: the way English is written, a 24-hour clock in other languages."""

from datetime import datetime, time

from django.conf import settings
from django.utils import timezone, translation


def clock(value: datetime | time) -> str:
    """10am, 10:05am, midday in English; 10:05 in other languages. A moment is first brought to London."""
    local = timezone.localtime(value) if isinstance(value, datetime) else value
    if not (translation.get_language() or settings.LANGUAGE_CODE).startswith("en"):
        return f"{local:%H:%M}"
    if local.minute == 0 and local.hour in (0, 12):
        return "midday" if local.hour else "midnight"
    minutes = f":{local:%M}" if local.minute else ""
    return f"{local.hour % 12 or 12}{minutes}{'am' if local.hour < 12 else 'pm'}"


def hours(starts: time, ends: time) -> str:
    """10am–3pm in English; 10:00–15:00 in other languages."""
    return f"{clock(starts)}–{clock(ends)}"
