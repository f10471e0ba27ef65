"""The shape of what is typed about the duty rota, and about how one is alerted."""

from datetime import datetime
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registry import identifiers
from registry.accounts.models import User
from registry.alerts import queries
from registry.form_fields import short_text
from registry.web import DatePartsField

EXAMPLE, HOUR = _("For example, 27 3 2026"), _("For example, 18:00")


def _hour(label: Any, missing: Any) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        help_text=HOUR,
        widget=forms.TimeInput(format="%H:%M", attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
        error_messages={"required": missing, "invalid": missing},
    )


def _person(label: Any, **how: Any) -> forms.ModelChoiceField[User]:
    wrong = _("Choose a person from the list.")
    return forms.ModelChoiceField(
        label=label,
        queryset=queries.people_for_rota(),
        to_field_name="reference",
        error_messages={"required": wrong, "invalid_choice": wrong},
        **how,
    )


class AddShift(forms.Form):
    """Who is on duty, from when, until when, and who is next."""

    starts_day = DatePartsField(label=_("On which day does it start?"), name=_("The first day"), help_text=EXAMPLE)
    starts_hour = _hour(_("At what time does it start?"), _("Enter the time it starts, like 18:00."))
    until_day = DatePartsField(label=_("On which day does it end?"), name=_("The last day"), help_text=EXAMPLE)
    until_hour = _hour(_("At what time does it end?"), _("Enter the time it ends, like 18:00."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["officer"] = _person(_("Who is on duty?"), empty_label=_("Choose a person"))
        self.fields["deputy"] = _person(
            _("Who is the deputy?"),
            help_text=_(
                "Alerted if the officer on duty does not answer in time. Without a deputy, the managers are alerted."
            ),
            empty_label=_("No deputy"),
            required=False,
        )
        self.order_fields(["officer", "deputy"])

    @property
    def given(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "officer": typed["officer"],
            "deputy": typed["deputy"],
            **{name: _moment(typed[f"{name}_day"], typed[f"{name}_hour"]) for name in ("starts", "until")},
        }


class ChooseAlerts(forms.Form):
    """How this person is alerted."""

    telephone = short_text(
        _("Mobile telephone number"), 30, help_text=_("Only for text messages about danger. You need it to be on duty.")
    )
    gets_urgent_mail = forms.BooleanField(label=_("Email me about urgent tasks at once"), required=False)
    gets_morning_mail = forms.BooleanField(
        label=_("Email me each working morning what is due and overdue"), required=False
    )

    def clean_telephone(self) -> str:
        typed = self.cleaned_data["telephone"].strip()
        try:
            return identifiers.mobile(typed, regions=settings.TEXT_REGIONS) if typed else ""
        except identifiers.InvalidIdentifier:
            raise ValidationError(_("Enter a mobile number, like 07700 900 123.")) from None


def _moment(day: Any, hour: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))
