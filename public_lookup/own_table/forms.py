"""What a table is asked for by: up to three variables and how it is divided by time."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.disclosure.rules.cells import TableTime

TIMES = [
    (TableTime.ALL.value, _("No, all quarters together")),
    (TableTime.YEAR.value, _("By calendar year")),
    (TableTime.QUARTER.value, _("By quarter")),
]
PLACES = ("first", "second", "third")


class OwnTable(forms.Form):
    """Which variables, each once; nothing chosen is a table of totals."""

    all_optional = True

    first = forms.ChoiceField(required=False, label=_("First variable"))
    second = forms.ChoiceField(required=False, label=_("Second variable"))
    third = forms.ChoiceField(required=False, label=_("Third variable"))
    time = forms.ChoiceField(choices=TIMES, required=False, label=_("Divide by time?"))

    def __init__(self, asked: Mapping[str, Any], variables: Sequence[tuple[str, str]]) -> None:
        super().__init__(
            {"time": TableTime.YEAR.value, **{name: asked.get(name, "") for name in PLACES}} | _time(asked)
        )
        for name in PLACES:
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = [("", _("Nothing")), *variables]

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or {}
        chosen = [typed[name] for name in PLACES if typed.get(name)]
        if len(set(chosen)) != len(chosen):
            raise ValidationError(_("Choose each variable once."))
        return typed

    @property
    def chosen(self) -> list[str]:
        return [self.cleaned_data[name] for name in PLACES if self.cleaned_data[name]]

    @property
    def time_chosen(self) -> TableTime:
        return TableTime(self.cleaned_data["time"] or TableTime.YEAR)


def _time(asked: Mapping[str, Any]) -> dict[str, Any]:
    return {"time": asked["time"]} if asked.get("time") else {}
