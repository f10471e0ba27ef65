"""The shape of what is typed about a person after a referral: codes and days, no free text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.web import DatePartsField

Choices = Sequence[tuple[str, str]]


def _one_of(label: Any, choices: Choices) -> forms.ChoiceField:
    wrong = _("Choose from the list.")
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": wrong, "invalid_choice": wrong},
    )


class RecordFollowUp(forms.Form):
    def __init__(self, *args: Any, answers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"] = _one_of(_("What is recorded?"), answers)
        self.fields["on"] = DatePartsField(
            label=_("On which day?"), name=_("The day"), help_text=_("For example, 27 3 2026")
        )


class BeginFollowUp(forms.Form):
    def __init__(self, *args: Any, codes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = _one_of(_("What happened?"), codes)
