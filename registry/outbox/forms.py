"""What a person types to have something sent again."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import kept_reason


class SendAgain(forms.Form):
    because = kept_reason(_("Reason"), _("The trail keeps it."), required=_("Enter the reason."))


class SendLetterAgain(SendAgain):
    """Where to send a letter that was given up, and why."""

    address = forms.EmailField(
        label=_("Email address"),
        help_text=_("Correct it, or leave it as it is if the mailbox works again."),
        max_length=254,
        error_messages={
            "required": _("Enter the email address to send it to."),
            "invalid": _("Enter an email address, for example name@firm.example."),
        },
    )
    field_order = ["address", "because"]
