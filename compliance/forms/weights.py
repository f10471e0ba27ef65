"""The shape of what is typed when other weights are proposed, and when they are adopted or dropped."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compliance.forms.inspections import long_text
from compliance.targeting import Steps, Weights
from registry.web import DatePartsField

#: A value and its points, with anything but figures between them.
PAIR = re.compile(r"^\s*(\d{1,6})\s*:\s*(\d{1,3})\s*$")


def steps_in_words(steps: Steps) -> str:
    return ", ".join(f"{at_least}: {points}" for at_least, points in steps)


class StepsField(forms.CharField):
    """`1: 5, 16: 10`: from each value on, so many points."""

    def __init__(self, **options: Any) -> None:
        messages = {"required": _("Write the steps of this signal, for example 1: 5, 16: 10.")}
        super().__init__(max_length=200, error_messages=messages, **options)

    def to_python(self, value: Any) -> Any:
        typed = super().to_python(value)
        pairs = [PAIR.match(each) for each in str(typed).split(",")] if typed else []
        if not all(pairs):
            raise ValidationError(
                _("Write each step as value, colon, points, with commas between the steps: 1: 5, 16: 10.")
            )
        return [(int(pair[1]), int(pair[2])) for pair in pairs if pair]

    def run_validators(self, value: Any) -> None:
        """A list has no length in characters."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else steps_in_words(value or ())


class ProposeReturn(forms.Form):
    use_required_attribute = False
    because = long_text(
        label=_("Why?"),
        help_text=_("What you expect of it. Whoever adopts it reads this beside the figures of past years."),
        required=_("Say the reason in 10 characters or more."),
    )


class Propose(ProposeReturn):
    """One field for the steps of each signal."""

    def __init__(self, *args: Any, signals: Sequence[tuple[str, str, str]], in_force: Weights, **options: Any) -> None:
        super().__init__(*args, **options)
        own = {
            code: StepsField(label=title, help_text=counts, initial=in_force[code]) for code, title, counts in signals
        }
        self.fields = {**own, **self.fields}

    @property
    def steps(self) -> Mapping[str, Any]:
        return {code: self.cleaned_data[code] for code in self.fields if code != "because"}


class Adopt(forms.Form):
    use_required_attribute = False
    holds_from = DatePartsField(
        label=_("From which day are licences scored by them?"),
        name=_("The day"),
        help_text=_("Today or a later day, for example 27 3 2026"),
    )
