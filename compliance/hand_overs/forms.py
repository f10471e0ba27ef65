"""The shape of what is typed by those who act on what was handed over."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from compliance.hand_overs.states import HandOverVerdict
from registry.accounts.models import User
from registry.form_fields import a_day, a_row, long_text, radios
from registry.reasons import TOO_SHORT


class CommissionVisit(forms.Form):
    brief = long_text(
        label=_("What else is the inspector to look at?"),
        help_text=_("The inspector reads the text above first. Write nothing that says who told us."),
    )
    inspector = a_row(
        _("Inspector"),
        User.objects.none(),
        required=_("Choose a person who works as an inspector."),
        empty_label=_("Choose an inspector"),
    )
    due_on = a_day(_("By when must it be reported?"), _("The day"))

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["inspector"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = inspectors


class NoAction(forms.Form):
    because = long_text(
        label=_("Reason"),
        help_text=_("Those who handle the report read it. The reporter does not."),
        required=TOO_SHORT,
    )


class Reply(forms.Form):
    because = long_text(
        label=_("Answer"),
        help_text=_("What was done with it, or what you need to know. Those who handle the report read it."),
        required=_("Write the answer."),
    )


class Judge(forms.Form):
    """What the result says of the intelligence that led to it."""

    verdict = radios(
        _("What does the result say of the intelligence?"),
        HandOverVerdict.choices,
        required=_("Choose what the result says of the intelligence."),
        help_text=_("It is kept with the intelligence and with its source. You can then grade the intelligence again."),
    )
