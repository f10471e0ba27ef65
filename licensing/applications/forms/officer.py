"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules.

What is typed of a paper application before its pages are filled in."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry import codes as identifiers
from registry.form_fields import a_day, offer, radios, short_text
from registry.identifiers import InvalidIdentifier


class EnterPaper(forms.Form):
    scheme = radios(_("What is applied for?"), required=_("Choose the kind of application."))
    organisation = short_text(
        _("Reference of the organisation, if it has a file"),
        20,
        help_text=_("For example, O-7KQ2-M9XD. Find it under Organisations. Leave it empty for a new one."),
    )
    legal_name = short_text(
        _("Legal name of the organisation"), 200, help_text=_("Only for a new one: as on the paper.")
    )
    language = forms.ChoiceField(label=_("Language of its letters"), widget=forms.RadioSelect, initial="en-gb")
    received_on = a_day(_("When did the paper arrive?"), _("The day of arrival"))
    file_reference = forms.CharField(
        label=_("Where is the paper kept?"),
        help_text=_("The reference of the paper file"),
        max_length=60,
        error_messages={"required": _("Say where the paper is kept.")},
    )

    def __init__(self, *args: Any, schemes: Mapping[str, str], languages: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "scheme", schemes.items())
        offer(self, "language", languages.items())

    def clean_organisation(self) -> str:
        typed = self.cleaned_data["organisation"]
        try:
            return identifiers.reference(typed, letter="O") if typed.strip() else ""
        except InvalidIdentifier as wrong:
            raise forms.ValidationError(str(wrong), code=wrong.code) from wrong
