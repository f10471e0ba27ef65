"""The shape of what somebody types who proposes a decision, supplements one or takes it. Whether it may be is for the rules."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from licensing.applications.forms.rows import Fields
from licensing.decisions.forms.grounds import GroundRows, OfferedRows
from licensing.decisions.queries.grounds import ProposalChoices
from licensing.decisions.queries.standards import InspectionSummary
from licensing.decisions.rules.proposals import GivenCondition
from registry.form_fields import a_day, boxes, long_text, offer
from registry.schemes import said


class Proposal(OfferedRows):
    """What is common to all proposals."""

    because = long_text(
        label=_("Reasons"),
        required=_("Give the reasons for the decision."),
        help_text=_("The subject reads this word for word."),
    )
    departs_because = long_text(
        label=_("Why do you depart from what the score proposes?"),
        help_text=_("Needed only if this is not what the score proposes."),
        rows=3,
    )
    aggravating = boxes(_("What makes it worse"))
    mitigating = boxes(_("What makes it less bad"))
    weighed = long_text(
        label=_("Evidence for these factors, and their weight"),
        help_text=_("Needed if you tick any. The subject reads this word for word."),
        rows=3,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        offered: ProposalChoices,
        seen: InspectionSummary | None = None,
        **options: Any,
    ) -> None:
        self.seen, self.offered = seen, offered
        super().__init__(data, offered=offered, given=options.pop("given", None) or self._given(), **options)
        if seen is None:
            del self.fields["departs_because"]
        for kind in ("aggravating", "mitigating"):
            factors = (one for one in offered.factors if one.kind == kind)
            offer(self, kind, [(one.code, said(one.title, get_language())) for one in factors])
        if not offered.factors:
            for name in ("aggravating", "mitigating", "weighed"):
                del self.fields[name]

    def proposed(self) -> dict[str, Any]:
        """What is proposed, as the action takes it."""
        plain = self.plain_data()
        factors = [*plain.pop("aggravating", ()), *plain.pop("mitigating", ())]
        return plain | {"factors": factors, "inspections": self.seen.inspections if self.seen else ()}

    def instead(self) -> dict[str, Any]:
        """The same for a proposal in place of another: its kind follows from that one."""
        return {name: value for name, value in self.proposed().items() if name != "kind"}

    def _given(self) -> list[dict[str, Any]]:
        return []


WEIGHED = ("because", "departs_because", "aggravating", "mitigating", "weighed")


class Grant(Proposal):
    of = "condition"
    row_title = _("Condition")
    incomplete = {
        "standard": _("Choose the standard that the condition is about."),
        "requirement": _("Enter the corrective action that is needed."),
        "due_on": _("Enter the day by which the condition must be met."),
    }
    field_order = ("starts", *WEIGHED)
    starts = a_day(
        _("First day of the licence"),
        _("The first day of the licence"),
        help_text=_("The decision maker can choose a later day. For example, 27 3 2026"),
    )

    def proposed(self) -> dict[str, Any]:
        return {
            **super().proposed(),
            "kind": "grant",
            "conditions": [
                GivenCondition(row["standard"], row["requirement"], row["due_on"]) for row in self.given_rows()
            ],
        }

    def _row(self) -> Fields:
        return {
            "standard": self._standard,
            "requirement": lambda: long_text(label=_("Corrective action needed"), rows=3),
            "due_on": lambda: a_day(_("By when"), _("The day by which it must be met"), required=False),
        }

    def _standard(self) -> forms.Field:
        return forms.ChoiceField(
            label=_("Standard"),
            choices=[("", _("Choose a standard")), *self.offered.standards],
            required=False,
            error_messages={"invalid_choice": _("Choose a standard.")},
        )


class Adverse(Proposal, GroundRows):
    """A refusal, or the loss of a licence: each ground with its evidence."""

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "grounds": self.grounds()}

    def _given(self) -> list[dict[str, Any]]:
        """What the inspections found not to be met, ready to be put into words."""
        return [
            {"standard": one.standard, "text": one.title, "exhibits": [f"finding:{one.inspection}:{one.standard}"]}
            for one in (self.seen.unmet if self.seen else ())
        ]


class Refuse(Adverse):
    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "refuse"}


def _immediate() -> forms.BooleanField:
    return forms.BooleanField(
        label=_("With immediate effect"),
        help_text=_("Only where workers would come to harm meanwhile: the subject has no time to reply first."),
        required=False,
    )


def _immediate_because() -> forms.CharField:
    return long_text(
        label=_("Why it cannot wait"),
        help_text=_("Needed for immediate effect. The subject reads this word for word."),
        rows=3,
    )


class Suspend(Adverse):
    field_order = ("immediate", "immediate_because", "takes_effect", "until", *WEIGHED)
    immediate = _immediate()
    immediate_because = _immediate_because()
    takes_effect = a_day(_("First day of the suspension"), _("The first day of the suspension"))
    until = a_day(_("Last day of the suspension"), _("The last day of the suspension"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "suspend"}


class Revoke(Adverse):
    field_order = ("immediate", "immediate_because", "takes_effect", *WEIGHED)
    immediate = _immediate()
    immediate_because = _immediate_because()
    takes_effect = a_day(_("First day without the licence"), _("The first day without the licence"))

    def proposed(self) -> dict[str, Any]:
        return {**super().proposed(), "kind": "revoke"}


PROPOSALS: dict[str, type[Proposal]] = {"grant": Grant, "refuse": Refuse, "suspend": Suspend, "revoke": Revoke}
