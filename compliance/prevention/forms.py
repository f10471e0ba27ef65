"""What is typed when a change because of a result is recorded."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from registry.form_fields import a_day, long_text, not_chosen, offer


class RecordChange(forms.Form):
    result = forms.ChoiceField(label=_("Which result is it because of?"), error_messages=not_chosen(_("Result")))
    text = long_text(
        label=_("What did you change?"),
        help_text=_("The public reads this. Do not name a business or a person."),
        required=_("Enter what was changed."),
    )
    holds_from = a_day(_("From when?"), _("The day from when"))

    def __init__(self, *args: Any, results: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "result", results)
