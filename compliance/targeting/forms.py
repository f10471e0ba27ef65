"""The shape of what is typed: in a round of choosing, about the signals of a licence, and when weights are proposed or adopted."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from compliance.targeting.rules.points import Steps, Weights
from registry.form_fields import ForInspector, a_choice, a_day, a_number, long_text, offer, short_text
from registry.reasons import TOO_SHORT
from registry.web import DatePartsField


class OpenRound(forms.Form):
    scheme = a_choice(_("Scheme"), required=_("Choose a scheme."))
    capacity = a_number(
        _("How many visits can be made?"),
        _("Enter how many visits can be made: from 2 to 1,000."),
        help_text=_("A share is selected at random, and so are the visits that no one chooses. It cannot be changed."),
    )

    def __init__(self, *args: Any, schemes: Mapping[str, str], **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "scheme", schemes.items())


class OfLicence(forms.Form):
    """What is about one licence of a round, by its number."""

    number = short_text(_("Licence number"), 20, required=_("Enter the number of the licence."))

    def clean_number(self) -> str:
        return str(self.cleaned_data["number"]).replace(" ", "").upper()


class Explain(OfLicence):
    because = long_text(
        label=_("Why is this visit not made?"),
        help_text=_("For example, that the licence has ended. A second person reads this and accepts or refuses it."),
        required=TOO_SHORT,
    )


class Draw(forms.Form):
    figures = short_text(
        _("Figures"),
        200,
        required=_("Enter 20 to 80 figures from 0 to 9, for example thrown with dice, and nothing else."),
        help_text=_("20 to 80 figures that no one could know, for example thrown with dice. They are published."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


class Choose(OfLicence):
    because = long_text(
        label=_("Why this one?"),
        help_text=_("Which signals matter here, and why before those that score higher, if there are any."),
        required=TOO_SHORT,
    )


class Send(ForInspector):
    field_order = ("brief", "inspector", "due_on")
    brief = long_text(
        label=_("What is the inspector to look at?"),
        help_text=_("The inspector reads this and what the holder has stated, and not the score."),
        required=_("Write what the inspector is to look at."),
    )
    due_on = a_day(_("By when must it be reported?"), _("The day"))


class Reply(forms.Form):
    text = long_text(
        label=_("What do you want to say about these signals?"),
        help_text=_(
            "Say what is wrong or what explains it. Do not name workers or anybody who may have told us something."
        ),
        required=_("Write what you want to say about the signals."),
    )


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
    because = long_text(
        label=_("Why?"),
        help_text=_("What you expect from it. The person who adopts it reads this with the figures of past years."),
        required=TOO_SHORT,
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
    holds_from = DatePartsField(
        label=_("From which day are licences scored by them?"),
        name=_("The day"),
        help_text=_("Today or a later day, for example 27 3 2026"),
    )
