"""The shape of what an officer types about a condition of a licence, or to lift a suspension. Whether it may be is for the rules.

The shape of what holders tell and ask. What a change asks is the pack's; whether it may be told is a question for the rules."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.decisions.forms.proposals import WEIGHED, Adverse
from licensing.decisions.rules.proposals import GivenCondition
from licensing.holding.forms import long_answer
from registry.form_fields import a_day, long_text, offer, yes_or_no
from registry.licences.models import Condition
from registry.web import FilesField, UploadForm


class DeskCheck(forms.Form):
    is_met = yes_or_no(
        _("Does it show that the condition is met?"),
        yes=_("Yes, it is met"),
        no=_("No, it is not met"),
        required=_("Say whether the condition is met."),
    )
    text = long_text(
        label=_("What you have looked at, and what it shows"),
        required=_("Say what you have looked at, and what it shows."),
        help_text=_("If a decision rests on it, the holder reads this word for word."),
    )

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        return iter(self)


class Unheard(forms.Form):
    """What takes nothing away is proposed with reasons alone."""

    kind = ""
    because = long_text(
        label=_("Reasons"),
        required=_("Give the reasons for the decision."),
        help_text=_("The subject reads this word for word."),
    )

    @property
    def plain(self) -> Iterator[forms.BoundField]:
        return iter(self)

    def proposed(self, condition: Condition | None) -> dict[str, Any]:
        """What is proposed, as the action takes it."""
        return {"kind": self.kind, "because": self.cleaned_data["because"], "condition": condition}


class Discharge(Unheard):
    kind = "discharge"


class Extend(Unheard):
    kind = "extend"
    field_order = ("due_on", "because")
    due_on = a_day(_("New day by which it must be met"), _("The new day"))

    def proposed(self, condition: Condition | None) -> dict[str, Any]:
        assert condition is not None
        longer = GivenCondition(condition.standard, condition.requirement, self.cleaned_data["due_on"])
        return {**super().proposed(condition), "conditions": [longer]}


class Lift(Unheard):
    kind = "lift"
    field_order = ("takes_effect", "because")
    takes_effect = a_day(_("First day with the licence again"), _("The first day with the licence again"))

    def proposed(self, condition: Condition | None) -> dict[str, Any]:
        return {**super().proposed(condition), "takes_effect": self.cleaned_data["takes_effect"]}


class AllowTransfer(Unheard):
    kind = "allow_transfer"
    field_order = ("takes_effect", "because")
    takes_effect = a_day(_("First day of the licence of the other business"), _("The first day of its licence"))

    def proposed(self, condition: Condition | None) -> dict[str, Any]:
        return {**super().proposed(None), "takes_effect": self.cleaned_data["takes_effect"]}


class RefuseTransfer(Adverse):
    """That a licence does not pass to another business: on grounds, of which the holder is heard."""

    def proposed_about(self, condition: Condition | None) -> dict[str, Any]:
        return {**super().proposed(), "kind": "refuse_transfer"}


class Modification(Adverse):
    """What a condition of the licence is to be from a day on: of it the holder is heard, on grounds with evidence."""

    kind = ""
    takes_effect = a_day(_("First day on which it holds"), _("The first day on which it holds"))
    requirement = long_text(
        label=_("Corrective action needed"), required=_("Enter the corrective action that is needed."), rows=3
    )
    due_on = a_day(_("By when"), _("The day by which it must be met"))

    def proposed_about(self, condition: Condition | None) -> dict[str, Any]:
        proposed = super().proposed() | {"kind": self.kind, "condition": condition}
        requirement, due_on = proposed.pop("requirement"), proposed.pop("due_on")
        standard = proposed.pop("standard", "") or (condition.standard if condition else "")
        return proposed | {"conditions": [GivenCondition(standard, requirement, due_on)]}


class Vary(Modification):
    kind = "vary"
    field_order = ("takes_effect", "requirement", "due_on", *WEIGHED)


class Impose(Modification):
    kind = "impose"
    field_order = ("takes_effect", "standard", "requirement", "due_on", *WEIGHED)
    standard = forms.ChoiceField(
        label=_("Standard"),
        error_messages={
            "required": _("Choose the standard that the condition is about."),
            "invalid_choice": _("Choose a standard."),
        },
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", _("Choose a standard")), *self.offered.standards]
        offer(self, "standard", choices)


class Fail(Adverse):
    """That a condition was not met: a ground, on evidence, of which the holder is heard."""

    def proposed_about(self, condition: Condition | None) -> dict[str, Any]:
        return {**super().proposed(), "kind": "fail", "condition": condition}


class Evidence(UploadForm):
    text = long_answer(
        _("How do you meet the condition?"),
        _("Write how you meet the condition."),
        rows=8,
        help_text=_("Say what you have done, since when, and how we can see it."),
    )
    documents = FilesField(required=False, label=_("Files that belong to it"))
