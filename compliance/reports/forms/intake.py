"""The pages on which somebody reports. What is typed travels in the form from page to page, and is kept nowhere."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from compliance.reports.forms import intake_steps
from registry.checking.forms import BESIDE, InCheck

STEPS: tuple[type[intake_steps.Step], ...] = (
    intake_steps.DangerStep,
    intake_steps.CallStep,
    intake_steps.WhatStep,
    intake_steps.WhoStep,
    intake_steps.WhereStep,
    intake_steps.GroupStep,
    intake_steps.ContactStep,
    intake_steps.LanguageStep,
    intake_steps.DetailsStep,
    intake_steps.SendStep,
)


# What says where somebody is, not what they say.
CONTROLS = frozenset({"step", "back", "to", "ticket"})


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, what was answered, and the page that changes it."""

    step: str
    label: str
    lines: list[str]


def _in_words(bound: forms.BoundField) -> list[str]:
    """Chosen values by their labels; none for what was left empty."""
    value = bound.value()
    given = [str(one) for one in (value if isinstance(value, list) else [value]) if one]
    choices = dict(getattr(bound.field, "choices", (("True", _("Yes")),)))
    return [str(choices.get(one, one)) for one in given]


class Intake:
    """One report on its way: all that has been typed, and the page to show next."""

    def __init__(self, typed: intake_steps.Typed, photos: intake_steps.Typed | None = None) -> None:
        self.typed, self.photos = typed, photos
        self.path = [step for step in STEPS if step.is_asked(typed)]

    @cached_property
    def form(self) -> intake_steps.Step:
        """The page to show: another one that was asked for; the same with its errors; or the next one."""
        asked = self.typed.get("step", "")
        if "to" in self.typed:
            return self._opened(self._step(str(self.typed["to"])))
        here = self._step(asked)
        if "back" in self.typed:
            return self._opened(self.path[max(self.path.index(here) - 1, 0)])
        return self._answered(here) if asked else self._opened(here)

    @property
    def is_handed_in(self) -> bool:
        """The button of the last page was pressed."""
        return self.typed.get("step") == intake_steps.SendStep.step and not {"to", "back"} & set(self.typed)

    @property
    def is_complete(self) -> bool:
        """Every page is answered, and the last one was handed in."""
        return isinstance(self.form, intake_steps.SendStep) and self.form.is_bound and self.form.is_valid()

    @property
    def posted(self) -> list[tuple[str, str]]:
        """All that was typed, for the same page in another language."""
        return list(self._pairs(frozenset()))

    @property
    def carried(self) -> list[tuple[str, str]]:
        """What was typed on the other pages: it goes along, hidden."""
        return list(self._pairs(CONTROLS | {name + beside for name in self.form.fields for beside in ("", BESIDE)}))

    @property
    def answers(self) -> dict[str, Any]:
        """What the action takes, from every page. Details are left behind where nobody may use them."""
        cleaned: dict[str, Any] = {}
        for step in self.path[:-1]:
            form = step(self.typed)
            form.is_valid()
            cleaned |= form.cleaned_data
        cleaned.pop("is_said", None)
        details = {name: cleaned.pop(name) for name in intake_steps.DetailsStep.base_fields if name in cleaned}
        return {**cleaned, "details": details, **self.form.cleaned_data}

    @property
    def answered(self) -> Iterator[Answer]:
        """Every question with its answer, to look through before sending."""
        for step in self.path[:-1]:
            for bound in step(self.typed):
                if isinstance(bound.field, forms.BooleanField) and not bound.value():
                    continue
                yield Answer(step.step, str(bound.label), _in_words(bound))

    def _step(self, name: str) -> type[intake_steps.Step]:
        return next((step for step in self.path if step.step == name), intake_steps.DangerStep)

    def _opened(self, step: type[intake_steps.Step]) -> intake_steps.Step:
        initial = {
            name: self.typed.getlist(name) if isinstance(field, forms.MultipleChoiceField) else self.typed[name]
            for name, field in step.base_fields.items()
            if name in self.typed
        }
        # Photographs that are still being checked stay with the report while another page of it is changed.
        initial |= {
            name: InCheck(str(self.typed[name + BESIDE])) for name in step.base_fields if self.typed.get(name + BESIDE)
        }
        return step(initial=initial)

    def _answered(self, here: type[intake_steps.Step]) -> intake_steps.Step:
        form = here(self.typed, self.photos)
        if not form.is_valid():
            return form
        if here is not self.path[-1]:
            return self._opened(self.path[self.path.index(here) + 1])
        earlier = (step(self.typed) for step in self.path[:-1])
        return next((wrong for wrong in earlier if not wrong.is_valid()), form)

    def _pairs(self, without: "frozenset[str] | set[str]") -> Iterator[tuple[str, str]]:
        for name in self.typed:
            if name not in without:
                yield from ((name, str(value)) for value in self.typed.getlist(name))
