"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import radios, short_text
from registry.holidays.models import Calendar
from registry.web import DatePartsField

# --- bank holidays


class HolidayBecause(forms.Form):
    because = forms.CharField(
        label=_("Reason"),
        help_text=_("The trail keeps it. Name the proclamation or the published list that says so."),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say the reason in 10 characters or more.")},
    )


class AddHoliday(HolidayBecause):
    calendar = radios(
        _("In which part of the United Kingdom?"),
        Calendar.choices,
        required=_("Choose a part of the United Kingdom."),
        help_text=_("A holiday in all parts is added to each."),
    )
    day = DatePartsField(
        label=_("On which day?"),
        name=_("The day"),
        help_text=_("For example, 27 3 2026. If the holiday falls on a weekend, enter the substitute day."),
    )
    name = short_text(_("What is it called?"), 100, required=_("Enter what the holiday is called."))
    field_order = ("calendar", "day", "name", "because")
