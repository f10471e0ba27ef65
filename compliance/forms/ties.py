"""The shape of what hangs together, as somebody types it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.models import EntityKind, Strength


class Tie(forms.Form):
    use_required_attribute = False
    first_kind = forms.ChoiceField(label=_("What"), choices=EntityKind.choices)
    first = forms.CharField(
        label=_("Name or number"),
        help_text=_("Of an organisation its licence number or reference, if it has a file."),
        max_length=200,
        error_messages={"required": _("Write the name or the number.")},
    )
    how = forms.CharField(
        label=_("How they hang together"),
        help_text=_("For example: director of, sleeps at, drives, paid into"),
        max_length=200,
        error_messages={"required": _("Say how they hang together.")},
    )
    second_kind = forms.ChoiceField(label=_("With what"), choices=EntityKind.choices)
    second = forms.CharField(
        label=_("Name or number of that"),
        max_length=200,
        error_messages={"required": _("Write the name or the number.")},
    )
    strength = forms.TypedChoiceField(
        label=_("How sure is it?"),
        choices=Strength.choices,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Say how sure it is.")},
    )
