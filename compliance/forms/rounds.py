"""The shape of what is typed in a round of choosing."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.forms.inspections import long_text
from registry.accounts.models import User
from registry.web import DatePartsField


class OpenRound(forms.Form):
    use_required_attribute = False
    scheme = forms.ChoiceField(
        label=_("Scheme"), error_messages={"required": _("Choose a scheme."), "invalid_choice": _("Choose a scheme.")}
    )
    capacity = forms.IntegerField(
        label=_("How many visits can be made?"),
        help_text=_("A share of them is drawn by lot. It cannot be changed afterwards."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": _("Enter how many visits can be made: from 2 to 1,000."),
            "invalid": _("Enter how many visits can be made: from 2 to 1,000."),
        },
    )

    def __init__(self, *args: Any, schemes: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["scheme"].choices = list(schemes.items())  # type: ignore[attr-defined]


class Choose(forms.Form):
    use_required_attribute = False
    number = forms.CharField(
        label=_("Licence number"), max_length=20, error_messages={"required": _("Enter the number of the licence.")}
    )
    because = long_text(
        label=_("Why this one?"),
        help_text=_("Which signals matter here, and why before those that score higher, if there are any."),
        required=_("Say the reason in 10 characters or more."),
    )

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).replace(" ", "").upper()


class Send(forms.Form):
    use_required_attribute = False
    brief = long_text(
        label=_("What is the inspector to look at?"),
        help_text=_("The inspector reads this and what the holder has stated, and not the score."),
        required=_("Write what the inspector is to look at."),
    )
    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose an inspector"),
        error_messages={
            "required": _("Choose somebody who works as an inspector."),
            "invalid_choice": _("Choose somebody who works as an inspector."),
        },
    )
    due_on = DatePartsField(
        label=_("By when must it be reported?"), name=_("The day"), help_text=_("For example, 27 3 2026")
    )

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["inspector"].queryset = inspectors  # type: ignore[attr-defined]
