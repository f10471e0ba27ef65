"""What is asked of whoever gives out what is held about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoAsked(forms.Form):
    because = forms.CharField(
        label=_("Who asked, and how do you know that it is them?"),
        help_text=_("The trail keeps it."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2_000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )
