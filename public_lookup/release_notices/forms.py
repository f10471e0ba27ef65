"""Where to write when a release is out."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.web import an_email


class AskForNotice(forms.Form):
    email = an_email(
        _("Your email address"),
        required=_("Enter your email address."),
        help_text=_("We send one email when this release is out, and then delete the address."),
    )
