"""The shape of what is typed about a danger."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.danger.models import DangerOutcome
from registry.form_fields import kept_reason, radios


class DealWith(forms.Form):
    outcome = radios(_("How did it end?"), DangerOutcome.choices, required=_("Choose how it ended."))
    because = kept_reason(_("What was done?"), _("The trail keeps it. Do not name the person in danger."))
