"""The shape of what those who handle reports write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.forms.inspections import long_text


class InTheirLanguage(forms.Form):
    """What is written to the reporter in English, and the same in their language, if somebody has translated it."""

    use_required_attribute = False
    translation = long_text(
        label=_("The same in the reporter’s language"),
        help_text=_("If somebody has translated it: the reporter reads it first, and the English below it."),
    )
    translator = forms.CharField(
        label=_("Who translated it"),
        help_text=_("A name, or the number of an interpreter."),
        max_length=200,
        required=False,
    )


class Ask(InTheirLanguage):
    text = long_text(
        label=_("Message to the reporter"),
        help_text=_("They read it in the mailbox, perhaps on a telephone that others see. Short, plain sentences."),
        required=_("Write what you want to ask or say."),
    )
    field_order = ("text", "translation", "translator")


class Close(InTheirLanguage):
    outcome = long_text(
        label=_("What became of it"),
        help_text=_("The reporter reads this. Name nobody, and nothing that only one person can have told."),
        required=_("Write what became of it. The reporter reads this."),
    )
    field_order = ("outcome", "translation", "translator")


class Reach(forms.Form):
    use_required_attribute = False
    because = long_text(
        label=_("Why do you need to reach the reporter?"),
        help_text=_("The trail keeps it, with your name."),
        required=_("Say the reason in 10 characters or more."),
    )
