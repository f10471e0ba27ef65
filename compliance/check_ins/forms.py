"""The shape of what is typed when an officer checks in."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from compliance.inspections.forms import clock_time


class Expected(forms.Form):
    expected = clock_time(
        label=_("At what time do you expect to leave?"), missing=_("Enter a time, for example 14:30.")
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at

    @property
    def expected_at(self) -> datetime:
        """The next time that the clock shows what was typed: after midnight, tomorrow."""
        now = timezone.localtime(self.at)
        found = now.replace(
            hour=self.cleaned_data["expected"].hour,
            minute=self.cleaned_data["expected"].minute,
            second=0,
            microsecond=0,
        )
        return found if found > now else found + timedelta(days=1)
