"""Form fields and forms that many rooms share: several lines, a day, choices, an inspector, a reason, a button alone."""

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.web import DatePartsField

#: Characters of a long text.
LONGEST = 20_000
EXAMPLE = _("For example, 27 3 2026")


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Give a field its choices: pairs of a value and its label, or groups of them."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_from(form: forms.BaseForm, name: str, queryset: QuerySet[Any]) -> None:
    """Give a field the rows that may be chosen."""
    cast("forms.ModelChoiceField[Model]", form.fields[name]).queryset = queryset


def long_text(*, required: str | Promise = "", rows: int = 5, **options: Any) -> forms.CharField:
    """Several lines; `required` is what to say when there are none."""
    messages: dict[str, Any] = {"required": required, "max_length": _("Write at most 20,000 characters.")}
    return forms.CharField(
        max_length=LONGEST,
        required=bool(required),
        error_messages=messages,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


def a_day(label: str | Promise, name: str | Promise, *, required: bool = True, **options: Any) -> DatePartsField:
    """A day, with an example of how to write one; `name` begins its error sentences."""
    return DatePartsField(
        label=label, name=name, required=required, help_text=options.pop("help_text", EXAMPLE), **options
    )


def not_chosen(question: Any) -> dict[str, Any]:
    """The messages of a choice that must be made."""
    said = format_lazy(_("{question} – choose from the list"), question=question)
    return {"required": said, "invalid_choice": said}


def radios(label: Any, choices: Any = (), help_text: Any = "") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label, choices=choices, help_text=help_text, widget=forms.RadioSelect, error_messages=not_chosen(label)
    )


class Press(forms.Form):
    """A button and nothing else."""


class Because(forms.Form):
    because = long_text(label=_("Reason"), required=_("Enter the reason."))


class ForInspector(forms.Form):
    """What is given to an inspector, who is chosen from `inspectors`."""

    inspector = forms.ModelChoiceField(
        label=_("Inspector"),
        queryset=User.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose an inspector"),
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose a person who works as an inspector.")),
    )

    def __init__(self, *args: Any, inspectors: "QuerySet[User]", **options: Any) -> None:
        super().__init__(*args, **options)
        offer_from(self, "inspector", inspectors)
