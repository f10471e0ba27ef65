"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from licensing.applications.forms.officer import a_day, long_text
from registry.accounts.models import User
from registry.form_choices import offer_from


class Commission(forms.Form):
    brief = long_text(
        label=_("What is the inspector to look at?"),
        required=_("Write what the inspector is to look at."),
        help_text=_("The inspector sees this, and the answers on which the standards depend; not the checks."),
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
    due_on = a_day(_("By when must it be reported?"), _("The day"))

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "inspector", inspectors)
