"""The shape of what is typed about a person after a referral: codes and days, no free text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_day, radios

Choices = Sequence[tuple[str, str]]


def _one_of(label: Any, choices: Choices) -> forms.ChoiceField:
    wrong = _("Choose from the list.")
    return radios(label, list(choices), required=wrong)


class RecordFollowUp(forms.Form):
    def __init__(self, *args: Any, answers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"] = _one_of(_("What is recorded?"), answers)
        self.fields["on"] = a_day(_("On which day?"), _("The day"))


class BeginFollowUp(forms.Form):
    def __init__(self, *args: Any, codes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"] = _one_of(_("What happened?"), codes)
