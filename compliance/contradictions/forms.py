"""The shape of an answer to a contradiction: a question to the inspector, an explanation, a reason to accept."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_day, long_text


class OfWhatWasSeen(forms.Form):
    """An answer is to what the page showed, and to nothing that came later."""

    seen = forms.CharField(max_length=64, widget=forms.HiddenInput)


class Ask(OfWhatWasSeen):
    question = long_text(
        label=_("What do you ask the inspector?"),
        help_text=_("The inspector sees your question and can change the report."),
        required=_("Enter your question."),
    )
    answer_by = a_day(_("By when must the inspector answer?"), _("The day"))


class Explain(OfWhatWasSeen):
    text = long_text(
        label=_("Why does the report say so?"),
        help_text=_("The reviewer reads it, and accepts it or asks again. Do not name workers."),
        required=_("Enter your explanation."),
    )


class Accept(OfWhatWasSeen):
    because = long_text(
        label=_("Why do you accept it?"),
        help_text=_("The decision maker reads your reason. Do not name workers."),
        required=_("Enter the reason."),
    )
