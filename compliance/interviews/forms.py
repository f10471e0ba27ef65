"""The shape of what is typed about the people whom an inspector meets on a visit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import format_lazy
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from compliance.interviews import rules
from compliance.interviews.models import SampleReason, SignedHow
from registry.form_fields import a_choice, boxes, long_text, offer, radios, short_text
from registry.reasons import TOO_SHORT
from registry.schemes import Interviews, said
from registry.schemes.texts import Text

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class Draw(forms.Form):
    workers_present = forms.IntegerField(
        label=_("How many workers are there"),
        help_text=_("As many as stand in the list of workers of today. Number the list from 1."),
        min_value=1,
        max_value=rules.MOST_WORKERS,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"),
            _("Enter how many workers are there: a number from 1 to 5,000."),
        ),
    )


class DrawAgain(Draw):
    because = long_text(label=_("Why you select again"), required=_("Say why you select again."))


def _typed(text: str) -> str:
    """Line by line as a device writes it, so that the same words are the same."""
    return text.replace("\r\n", "\n")


class Interview(forms.Form):
    """One interview: what the worker was told, whether they want to talk, and what they said."""

    language = a_choice(_("Language of the interview"), required=_("Choose the language of the interview."))
    interpreted = forms.BooleanField(label=_("An interpreter was there"), required=False)
    sampled = radios(
        _("How it came that you spoke to this worker"),
        SampleReason.choices,
        required=_("Choose how it came that you spoke to this worker."),
    )
    drawn_number = forms.IntegerField(
        label=_("Number in the list of workers"),
        help_text=_("Only for a worker selected at random. Do not write names anywhere on this page."),
        required=False,
        error_messages={"invalid": _("Enter a number that was selected at random.")},
    )
    explained = boxes(_("Tell the worker first"))
    consents = radios(_("Does the worker want to talk?"), YES_NO, required=_("Say whether the worker wants to talk."))

    def __init__(
        self,
        *args: Any,
        interviews: Interviews | None,
        indicators: Sequence[Mapping[str, str]],
        languages: Iterable[tuple[str, str]],
        speaks: str,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.interviews = interviews
        offer(self, "language", [*languages, (rules.OTHER_LANGUAGE, _("Another language"))])
        explained = interviews.explained if interviews else ()
        # Whoever wants to talk was told all of it; whoever does not may have stopped before.
        self.needed = {"explained"}
        offer(self, "explained", [(one.code, asked(one.words, speaks)) for one in explained])
        for one in interviews.questions if interviews else ():
            question: str | Promise = asked(one.words, speaks)
            if one.kind == "yes_no":
                self.fields[f"said-{one.code}"] = radios(asked(one.words, speaks), YES_NO, required=False)
                question = format_lazy(_("In the worker’s words: {question}"), question=said(one.words, get_language()))
            self.fields[f"words-{one.code}"] = long_text(label=question)
        self.fields["indicators"] = boxes(
            _("Signs of forced labour in what this worker said"),
            [(one["code"], f"{one['code']} {one['title']}") for one in indicators],
        )
        self.fields["notes"] = long_text(
            label=_("Your notes"), help_text=_("What you saw, and what else was said. No names.")
        )

    @property
    def told(self) -> rules.InterviewRecord:
        typed = self.cleaned_data
        questions = self.interviews.questions if self.interviews else ()
        answers: dict[str, rules.InterviewAnswer] = {
            one.code: {"said": typed.get(f"said-{one.code}", ""), "words": _typed(typed[f"words-{one.code}"])}
            for one in questions
        }
        return {
            "language": typed["language"],
            "interpreted": typed["interpreted"],
            "sampled": typed["sampled"],
            "drawn_number": typed["drawn_number"],
            "explained": typed["explained"],
            "consents": typed["consents"] == "yes",
            "answers": {code: one for code, one in answers.items() if one["said"] or one["words"]},
            "indicators": typed["indicators"],
            "notes": _typed(typed["notes"]),
        }


def asked(words: Text, speaks: str) -> SafeString:
    """In the worker's language, and below it what that says, for whoever asks."""
    spoken, own = said(words, speaks), said(words, get_language())
    if spoken == own or speaks == rules.OTHER_LANGUAGE:
        return format_html("{}", own)
    return format_html(
        '<span lang="{}" dir="auto">{}</span><span class="govuk-hint app-own-words">{}</span>', speaks, spoken, own
    )


def initial_of(told: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept of an interview, as its form shows it."""
    initial = {**told, "consents": "yes" if told["consents"] else "no"}
    for code, answer in told["answers"].items():
        initial[f"said-{code}"], initial[f"words-{code}"] = answer["said"], answer["words"]
    return initial


class Indicators(forms.Form):
    """Of each sign of forced labour, whether the inspector saw it and where it shows."""

    all_optional = True

    def __init__(self, *args: Any, indicators: Sequence[Mapping[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.codes = [one["code"] for one in indicators]
        for one in indicators:
            self.fields[f"seen-{one['code']}"] = forms.BooleanField(
                label=f"{one['code']} {one['title']}", required=False
            )
            self.fields[f"evidence-{one['code']}"] = long_text(
                label=format_lazy(_("Where sign {code} shows"), code=one["code"])
            )

    @property
    def noted(self) -> list[rules.IndicatorNote]:
        typed = self.cleaned_data
        return [
            {"code": code, "seen": typed[f"seen-{code}"], "evidence": _typed(typed[f"evidence-{code}"])}
            for code in self.codes
        ]


class Sign(forms.Form):
    name = short_text(_("Who signs"), rules.LONGEST_NAME, required=_("Enter the name of the person who signs."))
    role = short_text(
        _("What they are to the business"), rules.LONGEST_NAME, required=_("Enter what they are to the business.")
    )
    statement = long_text(
        label=_("What is signed"),
        required=_("Enter the text that is signed."),
        initial=_("I was read what the inspector wrote down of this visit, and what the business says to it."),
    )
    how = radios(
        _("How"),
        [one for one in SignedHow.choices if one[0] != SignedHow.DRAWN],
        required=_("Choose how they signed, or that they did not want to."),
    )
    because = long_text(label=_("Why they did not want to sign"))

    @property
    def signed(self) -> rules.SignatureInput:
        typed = self.cleaned_data
        return {
            "name": typed["name"],
            "role": typed["role"],
            "statement": _typed(typed["statement"]),
            "how": typed["how"],
            "strokes": [],
            "because": _typed(typed["because"]),
        }


class Why(forms.Form):
    because = long_text(label=_("Why you read it"), required=TOO_SHORT)
