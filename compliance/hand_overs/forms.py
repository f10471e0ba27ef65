"""The shape of what is typed by those who act on what was handed over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.states import HandOverVerdict
from registry.accounts.models import User
from registry.form_fields import long_text
from registry.web import DatePartsField


class CommissionVisit(forms.Form):
    brief = long_text(
        label=_("What else is the inspector to look at?"),
        help_text=_("The inspector reads the text above first. Write nothing that says who told us."),
    )
    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose an inspector"),
        error_messages={
            "required": _("Choose a person who works as an inspector."),
            "invalid_choice": _("Choose a person who works as an inspector."),
        },
    )
    due_on = DatePartsField(
        label=_("By when must it be reported?"), name=_("The day"), help_text=_("For example, 27 3 2026")
    )

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["inspector"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = inspectors


class NoAction(forms.Form):
    because = long_text(
        label=_("Reason"),
        help_text=_("Those who handle the report read it. The reporter does not."),
        required=_("Say the reason in 10 characters or more."),
    )


class Reply(forms.Form):
    because = long_text(
        label=_("Answer"),
        help_text=_("What was done with it, or what you need to know. Those who handle the report read it."),
        required=_("Write the answer."),
    )


class Judge(forms.Form):
    """What the result says of the intelligence that led to it."""

    verdict = forms.ChoiceField(
        label=_("What does the result say of the intelligence?"),
        choices=HandOverVerdict.choices,
        widget=forms.RadioSelect,
        help_text=_("It is kept with the intelligence and with its source. You can then grade the intelligence again."),
        error_messages={"required": _("Choose what the result says of the intelligence.")},
    )
