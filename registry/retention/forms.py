"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import kept_reason


class HoldBecause(forms.Form):
    because = kept_reason(_("Reason"), _("The trail keeps it. Say which investigation, claim or request it is about."))
