"""The shape of what is typed about people's access: to the service, by staff; to an organisation, by its own people."""

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import kept_reason, radios, short_text
from registry.holidays.models import Calendar
from registry.web import DatePartsField

# --- bank holidays


class HolidayBecause(forms.Form):
    because = kept_reason(
        _("Reason"), _("The trail keeps it. Name the proclamation or the published list that says so.")
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
