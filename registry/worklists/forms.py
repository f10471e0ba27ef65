"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _

# --- views of lists ---


class NameView(forms.Form):
    name = forms.CharField(
        label=_("Name of the view"),
        help_text=_("Only you see it. For example, Mine that are overdue"),
        max_length=60,
        error_messages={
            "required": _("Enter a name for the view."),
            "max_length": _("The name of a view has at most 60 characters."),
        },
    )
