"""The shape of a monthly bulletin as it is written."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import long_text, offer


class WriteBulletin(forms.Form):
    month = forms.ChoiceField(label=_("Month"), error_messages={"required": _("Choose a month from the list.")})
    text = long_text(
        label=_("What the bulletin says"),
        help_text=_(
            "Drafted from the published tables. Add what the methods, sectors and places mean. "
            "No case, no business, and nothing from which a person can be known."
        ),
        required=_("Write what the bulletin says."),
    )

    def __init__(self, *args: Any, months: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "month", months)

    @property
    def given(self) -> dict[str, Any]:
        return {"month": date.fromisoformat(self.cleaned_data["month"]), "text": self.cleaned_data["text"]}
