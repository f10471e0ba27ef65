"""The shape of what is typed about orders on conviction, about material, and about the file for the prosecutor."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.enforcement.forms.cases import CHOOSE, DAY
from compliance.enforcement.models.prosecution import Use, WhySensitive
from registry.form_fields import a_day, long_text, offer, radios, short_text
from registry.web import DatePartsField

TERMS = _("Write what the order says, in 10 characters or more.")


def _day(label: Any) -> DatePartsField:
    return DatePartsField(label=label, name=_("The day"), help_text=DAY)


class When(forms.Form):
    offence = radios(_("Which offence?"))
    committed_from = a_day(_("On which day, or the first of several?"), _("The first day"), help_text=DAY)
    committed_until = a_day(
        _("Until which day?"), _("The last day"), required=False, help_text=_("Only if it was more than one.")
    )
    place = short_text(_("Where?"), 200, required=_("Enter the place of the offence."))

    def __init__(self, *args: Any, offences: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "offence", offences)


class WriteOrder(forms.Form):
    on_whom = forms.CharField(
        label=_("Who is the order against?"),
        help_text=_("As the order names them."),
        max_length=200,
        error_messages={"required": _("Enter the name of the person or business that the order is made against.")},
    )
    is_adult = forms.BooleanField(
        label=_("They are 18 or over, or no person of flesh and blood"),
        help_text=_("No order is made on anybody under 18."),
        required=False,
    )
    court = short_text(_("Which court?"), 200, required=_("Enter the name of the court."))
    starts_on = _day(_("From which day does it hold?"))
    until = _day(_("Until which day?"))
    terms = long_text(label=_("What the order says"), required=TERMS)


class Sort(forms.Form):
    use = radios(_("As what does it go to the prosecutor?"), Use.choices, required=CHOOSE)
    description = long_text(
        label=_("Description"),
        help_text=_("Leave out sensitive material. Do not name a source, or a worker who spoke in confidence."),
    )
    why_sensitive = forms.ChoiceField(
        label=_("If it is sensitive, why"),
        choices=[("", _("It is not sensitive")), *WhySensitive.choices],
        required=False,
        error_messages={"invalid_choice": CHOOSE},
    )


class SortSensitive(forms.Form):
    """Of what is always sensitive nothing but the reason is asked."""

    why_sensitive = radios(_("Why is it sensitive?"), WhySensitive.choices, required=CHOOSE)


class Add(Sort):
    kept_at = forms.CharField(label=_("Where it is kept"), max_length=200, required=False)


class HandOver(forms.Form):
    to = short_text(_("Who was it given to?"), 200, required=_("Enter the name of the person that it was given to."))
    on = _day(_("On which day?"))
