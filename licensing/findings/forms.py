"""The shape of what is typed about an outcome of an inspection."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text


class NoAction(forms.Form):
    because = long_text(label=_("Reason"), required=_("Say the reason in 10 characters or more."))
