"""The shape of what a holder writes about the signals of its licence."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.forms.inspections import long_text


class Reply(forms.Form):
    use_required_attribute = False
    text = long_text(
        label=_("What do you want to say about these signals?"),
        help_text=_(
            "Say what is wrong or what explains it. Do not name workers or anybody who may have told us something."
        ),
        required=_("Write what you want to say about the signals."),
    )
