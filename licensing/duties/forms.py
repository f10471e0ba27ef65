"""How a person chooses their reminders."""

from django import forms
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from licensing.duties.models import DAYS_BEFORE


def _days(days: int) -> str:
    return ngettext("%d day before", "%d days before", days) % days


class Reminders(forms.Form):
    by_email = forms.TypedChoiceField(
        label=_("Do you want emails about days that are near or missed?"),
        choices=[("yes", _("Yes")), ("no", _("No"))],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        error_messages={
            "required": _("Say whether you want emails."),
            "invalid_choice": _("Say whether you want emails."),
        },
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
