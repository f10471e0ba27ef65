"""Where to write when a release is out."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AskForNotice(forms.Form):
    email = forms.EmailField(
        label=_("Your email address"),
        help_text=_("We send one email when this release is out, and then delete the address."),
        error_messages={
            "required": _("Enter your email address."),
            "invalid": _("Enter an email address like name@example.com."),
        },
    )
