"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _


class HoldBecause(forms.Form):
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Say which investigation, claim or request it is about."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )
