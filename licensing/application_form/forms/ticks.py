"""Several yes-or-no questions as one list: a tick says yes, and "None of these" says no to all. Each is kept as a yes or a no."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from licensing.application_form.forms.fields import language
from registry.schemes import FormQuestion, Scheme, said

# Neither is the key of a question: those have no hyphen.
NONE = "none-of-these"
NAME = "ticked-%s"


class TickBoxes(forms.CheckboxSelectMultiple):
    def create_option(self, name: str, value: Any, *args: Any, **options: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **options)
        option["attrs"]["exclusive"] = value == NONE
        return option


class TickList(forms.MultipleChoiceField):
    """One list of boxes for the questions of a step."""

    widget = TickBoxes

    def __init__(self, scheme: Scheme, questions: Iterable[FormQuestion], *, kept: Mapping[str, Any]) -> None:
        asked = list(questions)
        choices = [(question.key, said(question.tick or question.label, language())) for question in asked]
        super().__init__(
            choices=[*choices, (NONE, _("None of these"))],
            label=said(scheme.form.step_title(asked[0]), language()),
            help_text=_("Tick all that apply."),
            initial=_ticked_before([kept.get(question.key) for question in asked], [key for key, _words in choices]),
            error_messages={"required": _("Tick all that apply, or “None of these”")},
        )

    def clean(self, value: Any) -> list[str]:
        ticked: list[str] = super().clean(value)
        if is_contradictory(ticked):
            raise ValidationError(gettext("Tick what applies, or “None of these”, but not both"))
        return ticked


def name_of(question: FormQuestion) -> str:
    """The name of the list in which this is ticked."""
    return NAME % question.asked_in


def is_contradictory(ticked: list[str]) -> bool:
    return NONE in ticked and len(ticked) > 1


def said_by(ticked: list[str], question: FormQuestion) -> bool | None:
    """What a list says to one of its questions; nothing where nothing was ticked, or where its ticks contradict each other."""
    if question.key in ticked:
        return True
    return False if ticked and not is_contradictory(ticked) else None


def _ticked_before(answers: list[Any], keys: list[str]) -> list[str]:
    if all(answer in (False, "no") for answer in answers):
        return [NONE]
    return [key for key, answer in zip(keys, answers, strict=True) if answer in (True, "yes")]
