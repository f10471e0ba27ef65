"""The shape of the question who saw something."""

from django import forms
from django.utils.translation import gettext_lazy as _


class WhoSaw(forms.Form):
    reference = forms.CharField(
        label=_("Reference"),
        help_text=_(
            "A report (R-…), intelligence (N-…), a source (S-…), a referral (W-…) or a hand-over (H-…). For what workers said on an inspection, the inspection (I-…)."
        ),
        max_length=20,
        error_messages={"required": _("Enter a reference.")},
    )
