"""The shape of the question who saw something."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoSaw(forms.Form):
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_(
            "Of a report (R-…), intelligence (N-…), a source (S-…), a referral (W-…), or of an inspection (I-…) for what workers said there."
        ),
        max_length=20,
        error_messages={"required": _("Enter a reference.")},
    )
