"""The form of one page of a pack: each kind of question as a field, the numbers that people type brought to one form.

The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text


class ApplicantMessage(forms.Form):
    """Something to write to the case officer."""

    text = forms.CharField(
        label=_("Your message"),
        help_text=_("The case officer reads it here. It does not change the progress of the application."),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        error_messages={"required": _("Write your message."), "max_length": _("Write at most 5,000 characters.")},
    )


class Message(forms.Form):
    """Something to write to the applicant."""

    text = long_text(
        label=_("Your message"),
        help_text=_(
            "The applicant reads it as from the case officer, without your name. It asks for nothing by a day."
        ),
        required=_("Write your message."),
    )
