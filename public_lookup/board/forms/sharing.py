"""What a labour user types to ask a provider, to show a chain and to take a pack; and what a provider answers."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from public_lookup.board.models.boards import SupplierLine
from registry.form_fields import a_day, boxes, offer, radios, short_text
from registry.web import an_email

#: Characters of a name and a number on one line of an answer.
_LONGEST_NAME, _LONGEST_NUMBER = 200, 60


class AskSupplier(forms.Form):
    email = an_email(
        _("Email address of the provider"),
        required=_("Enter the email address of the provider."),
        help_text=_("We send it one email with a link. It learns who you are."),
    )
    about = forms.CharField(
        label=_("A business that you ask about"),
        required=False,
        max_length=200,
        help_text=_("For example, a name that you saw on a timesheet and that is not on the register."),
        error_messages={"max_length": _("Enter at most 200 characters.")},
    )


def _named(line: str) -> tuple[str, str]:
    """A name, and what follows its last comma where that has a figure: a number has one, and the end of a name seldom."""
    text = " ".join("".join(character if character.isprintable() else " " for character in line).split())
    name, comma, number = text.rpartition(",")
    has_number = bool(comma) and any(character.isdigit() for character in number)
    return (name.strip(), number.strip()) if has_number and name.strip() else (text, "")


class AnswerSupply(forms.Form):
    """What a provider says of itself. Nothing of it is believed: each name is looked up."""

    supplies = radios(_("Do you supply workers there?"), [("yes", _("Yes")), ("no", _("No"))])
    named = short_text(
        _("Businesses whose workers you supply there"),
        20_000,
        strip=False,
        help_text=_(
            "One on each line: its name, then a comma and its licence number if you know it. Leave it empty if all workers are your own."
        ),
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_named(self) -> list[tuple[str, str]]:
        text = self.cleaned_data["named"]
        if not text.strip():
            return []
        named = [_named(line) for line in text.splitlines() if line.strip()]
        if any(len(name) > _LONGEST_NAME or len(number) > _LONGEST_NUMBER for name, number in named):
            raise forms.ValidationError(
                _("Write one business on each line: its name, then a comma and its licence number.")
            )
        return list(dict.fromkeys(named))

    @property
    def given(self) -> dict[str, Any]:
        return {"supplies": self.cleaned_data["supplies"] == "yes", "named": self.cleaned_data["named"]}


class ShareChain(forms.Form):
    lines = boxes(_("Which of your suppliers do you show?"), required=_("Choose at least one supplier to show."))
    until = a_day(_("Last day on which the link opens"), _("The last day"), help_text=_("At most 90 days from today."))

    def __init__(self, *args: Any, board_lines: Sequence[SupplierLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.by_key = {str(line.pk): line for line in board_lines}
        offer(self, "lines", [(key, f"{line} ({line.site})") for key, line in self.by_key.items()])

    @property
    def given(self) -> dict[str, Any]:
        chosen = [self.by_key[key] for key in self.cleaned_data["lines"]]
        return {"lines": chosen, "until": self.cleaned_data["until"]}


class TakeChain(forms.Form):
    site = forms.CharField(
        label=_("At which of your sites?"),
        max_length=100,
        help_text=_("A site that is not on the board yet is added."),
        error_messages={"required": _("Enter the name of the site."), "max_length": _("Enter at most 100 characters.")},
    )


class PackPeriod(forms.Form):
    starts = a_day(_("First day of the period"), _("The first day"))
    until = a_day(_("Last day of the period"), _("The last day"))

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        starts, until = given.get("starts"), given.get("until")
        if until and until > self.today:
            self.add_error("until", _("The last day must be today or in the past."))
        if starts and until and until < starts:
            self.add_error("until", _("The last day must be the first day or a later one."))
        return given
