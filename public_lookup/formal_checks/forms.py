"""Who makes a formal check, and why."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FormalCheck(forms.Form):
    business = forms.CharField(
        label=_("Name of your business"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
        error_messages={"required": _("Enter the name of your business.")},
    )
    name = forms.CharField(
        label=_("Your name"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Enter your name.")},
    )
    telephone = forms.CharField(
        required=False,
        label=_("Telephone number"),
        help_text=_("If you give it, we tell them."),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "type": "tel"}),
    )
    because = forms.CharField(
        label=_("Why do you check?"),
        help_text=_(
            "For example: they offer us workers for the harvest. We keep this for you. We do not tell them, and it is not on the proof."
        ),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("Enter why you check."),
            "max_length": _("Enter at most 500 characters."),
        },
    )
