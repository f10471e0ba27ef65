"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_day, long_text


class Ask(forms.Form):
    question = long_text(
        label=_("What must the applicant send or explain?"),
        required=_("Write what the applicant must send or explain."),
        help_text=_("The applicant reads this word for word."),
    )
    due_on = a_day(_("By when?"), _("The day"))
