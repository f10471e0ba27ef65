"""What is typed when a campaign is planned, or a call is counted."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from registry.campaigns.states import CampaignChannel
from registry.form_fields import PoundsField, a_choice, a_day, long_text, not_chosen, offer, radios, short_text


class PlanCampaign(forms.Form):
    scheme = forms.ChoiceField(label=_("Scheme"), error_messages=not_chosen(_("Scheme")))
    title = short_text(_("Title of the campaign"), 120, required=_("Enter the title of the campaign."))
    word = forms.CharField(
        label=_("Campaign word"),
        help_text=_(
            "3 to 7 letters, easy to say and to spell. It ends the short address on posters, cards and in texts."
        ),
        max_length=20,
        error_messages={"required": _("Enter the campaign word.")},
    )
    places = long_text(
        label=_("Places"),
        help_text=_("One town or county on each line. Leave this empty if the campaign runs everywhere."),
        rows=3,
    )
    language = a_choice(_("Language"), help_text=_("The short address leads to the search in this language."))
    channel = radios(_("Channel"), CampaignChannel.choices)
    cost = PoundsField(
        label=_("Cost in pounds"),
        min_value=0,
        wrong=_("The cost must be a sum in pounds, like 1200"),
        missing=_("Enter the cost."),
    )
    starts_on = a_day(_("First day"), _("The first day"))
    until = a_day(_("Last day"), _("The last day"))
    hypothesis = long_text(
        label=_("What do you expect, and why?"),
        help_text=_(
            "Write a number that can turn out to be wrong. It cannot be changed later, and the public reads it."
        ),
        required=_("Enter what you expect."),
    )

    def __init__(
        self, *args: Any, schemes: Iterable[tuple[str, str]], languages: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        offer(self, "scheme", schemes)
        offer(self, "language", languages)

    def clean_places(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["places"].splitlines() if line.strip()]


class CountCall(forms.Form):
    word = forms.CharField(max_length=20)

    def __init__(self, *args: Any, words: Iterable[str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.words = set(words)

    def clean_word(self) -> str:
        if self.cleaned_data["word"] not in self.words:
            raise ValidationError(_("No campaign has this word."))
        return str(self.cleaned_data["word"])
