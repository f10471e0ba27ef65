"""The shape of what is typed about a question that a take-over has left."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text


class SettleQuestion(forms.Form):
    found = long_text(
        label=_("What did you find?"),
        help_text=_("Say what you did about it, for example that you asked for an email address."),
        required=_("Write what you found."),
    )
    and_all = forms.BooleanField(
        label=_("The same is true of every other business of this register that lacks it"),
        help_text=_("All open questions of this kind are settled with these words."),
        required=False,
    )

    def __init__(self, *args: Any, may_be_all: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not may_be_all:
            del self.fields["and_all"]
