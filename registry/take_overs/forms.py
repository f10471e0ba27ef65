"""The shape of what is typed about a question that a take-over has left."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text


class SettleQuestion(forms.Form):
    found = long_text(
        label=_("What did you find?"),
        help_text=_("Say what you did about it, for example that you asked for an email address."),
        required=_("Write what you found."),
    )
