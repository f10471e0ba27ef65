"""What is asked of whoever gives out what is held about a person."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import kept_reason


class WhoAsked(forms.Form):
    because = kept_reason(_("Who asked, and how do you know that it is them?"), _("The trail keeps it."))
