"""The shape of what is typed about a person after a referral: codes and days, no free text."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.web import DatePartsField

Choices = Sequence[tuple[str, str]]


class RecordFollowUp(forms.Form):
    use_required_attribute = False

    answer = forms.ChoiceField(
        label=_("What is recorded?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")},
    )
    on = DatePartsField(label=_("On which day?"), name=_("The day"), help_text=_("For example, 27 3 2026"))

    def __init__(self, *args: Any, answers: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["answer"].choices = list(answers)  # type: ignore[attr-defined]


class BeginFollowUp(forms.Form):
    use_required_attribute = False

    code = forms.ChoiceField(
        label=_("What happened?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose from the list."), "invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, codes: Choices, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["code"].choices = list(codes)  # type: ignore[attr-defined]
