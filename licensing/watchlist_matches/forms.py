"""The shape of what is typed about a match with a list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text
from registry.reasons import TOO_SHORT


class JudgeWatchlistMatch(forms.Form):
    because = long_text(label=_("Reason"), required=TOO_SHORT)
