"""The shape of what case officers, managers and decision makers type. Whether it may be done is a question for the rules."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from licensing.letters.queries import LetterDifference
from registry.form_fields import long_text


class Correct(forms.Form):
    """A slip in a letter."""

    wrong = long_text(
        label=_("The words that are wrong"),
        required=_("Copy the words that are wrong from the letter."),
        help_text=_("Copy the words exactly from the letter. Copy enough that they appear only once."),
        rows=2,
    )
    right = long_text(label=_("The words that should stand there"), required=_("Write the right words."), rows=2)
    because = long_text(
        label=_("What was wrong"),
        required=_("Say what was wrong."),
        help_text=_("This appears in the letter, for example: the name of the farm was wrong."),
        rows=2,
    )


class WriteAnew(forms.Form):
    """What of a letter the file says otherwise by now."""

    because = long_text(
        label=_("What was wrong"),
        required=_("Say what was wrong."),
        help_text=_("This appears in the letter, for example: the address was out of date."),
        rows=2,
    )
    field_order = ("facts", "because")

    def __init__(self, *args: Any, differing: Sequence[LetterDifference], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["facts"] = forms.MultipleChoiceField(
            label=_("What is to be as the file has it now?"),
            choices=[
                (one.key, format_lazy(_("{title}: not “{was}” but “{now}”"), title=one.title, was=was, now=now))
                for one in differing
                for was, now in [one.in_words]
            ],
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": _("Tick what was wrong in the letter."),
                "invalid_choice": _("Tick what was wrong in the letter."),
            },
        )
        self.order_fields(self.field_order)
