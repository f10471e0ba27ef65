"""The shape of what those who handle reports write."""

from django import forms
from django.utils.translation import gettext_lazy as _

from compliance.forms.inspections import long_text


class Ask(forms.Form):
    use_required_attribute = False
    text = long_text(
        label=_("Message to the reporter"),
        help_text=_("They read it in the mailbox, perhaps on a telephone that others see. Short, plain sentences."),
        required=_("Write what you want to ask or say."),
    )


class Close(forms.Form):
    use_required_attribute = False
    outcome = long_text(
        label=_("What became of it"),
        help_text=_("The reporter reads this. Name nobody, and nothing that only one person can have told."),
        required=_("Write what became of it. The reporter reads this."),
    )


class Reach(forms.Form):
    use_required_attribute = False
    because = long_text(
        label=_("Why do you need to reach the reporter?"),
        help_text=_("The trail keeps it, with your name."),
        required=_("Say the reason in 10 characters or more."),
    )
