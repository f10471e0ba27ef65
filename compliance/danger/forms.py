"""The shape of what is typed about a danger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.danger.models import DangerOutcome
from registry.form_fields import radios


class DealWith(forms.Form):
    outcome = radios(_("How did it end?"), DangerOutcome.choices, required=_("Choose how it ended."))
    because = forms.CharField(
        label=_("What was done?"),
        help_text=_("The trail keeps it. Do not name the person in danger."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )
