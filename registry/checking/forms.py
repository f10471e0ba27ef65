"""Fields whose files are read while one waits: a page that says that it goes on brings the key of it along, and is sent again."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from registry.checking.waiting import CheckLost, StillChecking, checked, fetched

#: What the hidden field beside a field is called.
BESIDE = "_checking"
STILL = _(
    "We are still checking this file. Nothing has been sent yet. Wait a few seconds, then press the button again."
)
LOST = _("We could not check this file. Choose it again.")


@dataclass(frozen=True, slots=True)
class InCheck:
    """In the place of a file: the key of what is made of one that was sent before."""

    key: str


class CheckedInput(forms.FileInput):
    """Chooses a file, and carries the key of one that is being checked; a new file takes its place."""

    key: str | None = None

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        chosen = super().value_from_datadict(data, files, name)
        key = data.get(name + BESIDE)
        return InCheck(str(key)) if key and not chosen else chosen

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        drawn = super().render(name, None, attrs, renderer)
        key = value.key if self.key is None and isinstance(value, InCheck) else self.key
        return format_html('{}<input type="hidden" name="{}" value="{}">', drawn, name + BESIDE, key) if key else drawn


class CheckedFileField(forms.FileField):
    """One file, which the form itself reads by `made_of`."""

    widget = CheckedInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        return data if isinstance(data, InCheck) else super().clean(data, initial)


def made_of(field: forms.Field, given: Any, work: Callable[[], bytes]) -> bytes:
    """What was made of the file that was chosen, or of the one before. Raises `ValidationError`, and what `checked` raises."""
    widget = field.widget
    assert isinstance(widget, CheckedInput), "it carries the key"
    try:
        return fetched(given.key) if isinstance(given, InCheck) else checked(work)
    except StillChecking as going_on:
        widget.key = going_on.key
        raise forms.ValidationError(STILL, code="checking") from going_on
    except CheckLost as lost:
        widget.key = ""
        raise forms.ValidationError(LOST, code="lost") from lost
