"""Form fields and forms that many rooms share: several lines, a day, choices, an inspector, a reason, a button alone."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Model, QuerySet
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from registry.accounts.models import User
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField

#: Words, or a promise of them in the language of the page: the stubs have no public type for both.
Text = Any

#: Characters of a long text.
LONGEST = 20_000
EXAMPLE = _("For example, 27 3 2026")


def offer(form: forms.BaseForm, name: str, choices: Iterable[Any]) -> None:
    """Give a field its choices: pairs of a value and its label, or groups of them."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def offer_from(form: forms.BaseForm, name: str, queryset: QuerySet[Any]) -> None:
    """Give a field the rows that may be chosen."""
    cast("forms.ModelChoiceField[Model]", form.fields[name]).queryset = queryset


def long_text(
    label: Text = None, help_text: Text = "", *, required: Text = "", rows: int = 5, **options: Any
) -> forms.CharField:
    """Several lines; `required` is what to say when there are none."""
    messages: dict[str, Any] = {"required": required, "max_length": _("Write at most 20,000 characters.")}
    return forms.CharField(
        label=label,
        help_text=help_text,
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


class PoundsField(forms.DecimalField):
    """A sum in pounds as people write it, with a pound sign, commas and spaces: never as a power of ten.

    `wrong` is said of whatever is no such sum; `required` of nothing, where it must be there.
    """

    def __init__(self, *, wrong: str | Promise, missing: str | Promise = "", digits: int = 9, **options: Any) -> None:
        codes = ("invalid", "max_digits", "max_whole_digits", "max_decimal_places", "min_value", "max_value")
        messages = {"required": missing or wrong, **dict.fromkeys(codes, wrong), **options.pop("error_messages", {})}
        widget = forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input--width-10"})
        options = {"max_digits": digits, "decimal_places": 2, "widget": widget, **options}
        super().__init__(error_messages=messages, **options)

    def to_python(self, value: Any) -> Any:
        typed = str(value or "").replace("£", "").replace(",", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
        if typed and not is_plain_number(typed):
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(typed)


def is_plain_number(typed: str) -> bool:
    """Whether it is written in figures with at most one point, and not as 1e3 or in figures of another script."""
    return re.fullmatch(r"-?[0-9]{1,15}([.][0-9]+)?", typed) is not None


def not_chosen(question: Any) -> dict[str, Any]:
    """The messages of a choice that must be made."""
    said = format_lazy(_("{question} – choose from the list"), question=question)
    return {"required": said, "invalid_choice": said}


def a_choice(label: Text, choices: Any = (), *, required: bool | Text = True, **options: Any) -> forms.ChoiceField:
    """A list to choose one of. `required` is what to say when nothing on it is chosen, if not the question; False where nothing need be."""
    return forms.ChoiceField(label=label, choices=choices, **_must_be_chosen(label, required), **options)


def radios(label: Text, choices: Any = (), *, required: bool | Text = True, **options: Any) -> forms.ChoiceField:
    """The same, each choice beside a button."""
    return a_choice(label, choices, required=required, widget=forms.RadioSelect, **options)


YES, NO = _("Yes"), _("No")


def yes_or_no(
    label: Text, *, yes: Text = YES, no: Text = NO, required: bool | Text = True, **options: Any
) -> forms.TypedChoiceField:
    """A question whose answer is True or False."""
    return forms.TypedChoiceField(
        label=label,
        choices=[("yes", yes), ("no", no)],
        coerce=lambda typed: typed == "yes",
        widget=forms.RadioSelect,
        **_must_be_chosen(label, required),
        **options,
    )


def boxes(label: Text, choices: Any = (), *, required: Text = "", **options: Any) -> forms.MultipleChoiceField:
    """Boxes to tick; `required` is what to say when none is ticked, if one must be."""
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        widget=forms.CheckboxSelectMultiple,
        required=bool(required),
        error_messages={"required": required},
        **options,
    )


def a_row(
    label: Text, rows: "QuerySet[Any]", *, key: str = "reference", required: bool | Text = True, **options: Any
) -> "forms.ModelChoiceField[Any]":
    """A list of rows to choose one of, each known by its `key`; `required` as in `a_choice`."""
    return forms.ModelChoiceField(
        label=label, queryset=rows, to_field_name=key, **_must_be_chosen(label, required), **options
    )


def _must_be_chosen(label: Text, required: bool | Text) -> dict[str, Any]:
    """The options of a choice that must be made, or need not be."""
    messages = (
        not_chosen(label) if isinstance(required, bool) else dict.fromkeys(("required", "invalid_choice"), required)
    )
    return {"required": required is not False, "error_messages": messages}


def short_text(label: Text, most: int, *, required: Text = "", **options: Any) -> forms.CharField:
    """One line of at most so many characters; `required` is what to say when there is none, if there must be."""
    messages = {"required": required}
    return forms.CharField(label=label, max_length=most, required=bool(required), error_messages=messages, **options)


def kept_reason(label: Text, help_text: Text = "", *, required: Text = TOO_SHORT) -> forms.CharField:
    """Why something is done, in a few lines, as the trail keeps it."""
    lines = forms.Textarea(attrs={"rows": 3})
    return short_text(label, 2_000, help_text=help_text, required=required, widget=lines)


def a_number(label: Text, wrong: Text, *, missing: Text = "", width: str = "", **options: Any) -> forms.IntegerField:
    """A whole number in figures. `wrong` is said of whatever is none or too small or large; `missing` of nothing, if not that."""
    messages = {"required": missing or wrong, **dict.fromkeys(("invalid", "min_value", "max_value"), wrong)}
    look = {"class": f"govuk-input--width-{width}"} if width else {}
    widget = forms.TextInput(attrs={"inputmode": "numeric", **look})
    return forms.IntegerField(label=label, error_messages=messages, widget=widget, **options)


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
