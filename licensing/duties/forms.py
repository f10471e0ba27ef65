"""How a person chooses their reminders."""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from licensing.duties.models import DAYS_BEFORE
from registry import identifiers
from registry.form_fields import short_text, yes_or_no


def _days(days: int) -> str:
    return ngettext("%d day before", "%d days before", days) % days


class Reminders(forms.Form):
    by_email = yes_or_no(
        _("Do you want emails about days that are near or missed?"), required=_("Say whether you want emails.")
    )
    by_text = forms.TypedChoiceField(
        label=_("Do you want text messages about them?"),
        help_text=_("A text names only a reference and a day. To stop them, choose No here."),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda typed: typed == "yes",
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Say whether you want text messages.")},
    )
    telephone = short_text(
        _("Mobile telephone number"),
        30,
        help_text=_("Only for these text messages."),
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel", "class": "govuk-input--width-20"}),
    )
    days_before = forms.TypedChoiceField(
        label=_("When should we remind you?"),
        help_text=_("We also write on the day after, if it is not done."),
        choices=[(days, lazy(_days, str)(days)) for days in DAYS_BEFORE],
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Choose when we should remind you."),
            "invalid_choice": _("Choose when we should remind you."),
        },
    )

    def __init__(self, *args: Any, sends_texts: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not sends_texts:
            del self.fields["by_text"], self.fields["telephone"]

    def clean_by_text(self) -> bool:
        return bool(self.cleaned_data["by_text"])

    def clean_telephone(self) -> str:
        typed = self.cleaned_data["telephone"].strip()
        try:
            return identifiers.mobile(typed, regions=settings.TEXT_REGIONS) if typed else ""
        except identifiers.InvalidIdentifier:
            raise ValidationError(_("Enter a mobile number, like 07700 900 123.")) from None
