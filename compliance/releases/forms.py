"""The shape of what is answered of a sanitised text: the check-list, why it is refused, the text written again."""

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.releases.rules import CheckAnswer
from registry.form_fields import long_text, radios
from registry.schemes import IntelligenceTerms, said

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class Release(forms.Form):
    """Each question of the pack with yes or no, and words."""

    def __init__(self, *args: Any, terms: IntelligenceTerms, **options: Any) -> None:
        super().__init__(*args, **options)
        self.codes = [check.code for check in terms.release]
        for number, check in enumerate(terms.release, start=1):
            question = f"{number}. {said(check.question, get_language())}"
            self.fields[f"said-{check.code}"] = radios(question, YES_NO)
            self.fields[f"words-{check.code}"] = forms.CharField(
                label=_("What you looked at, in words (%(number)s)") % {"number": number},
                max_length=1000,
                error_messages={"required": _("Say in words what you looked at.")},
            )

    @property
    def given(self) -> dict[str, dict[str, CheckAnswer]]:
        return {
            "answers": {
                code: {"said": self.cleaned_data[f"said-{code}"], "words": self.cleaned_data[f"words-{code}"]}
                for code in self.codes
            }
        }


class Rewrite(forms.Form):
    sanitised_text = long_text(
        label=_("Sanitised text"),
        help_text=_(
            "The same without anything that could identify the source: no detail that only one person "
            "can know. This is read, searched and shared."
        ),
        required=_("Write the sanitised text."),
    )
