"""The shape of what licensing answers to a report that was handed over to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision, DecisionQuerySet


class LinkProposal(forms.Form):
    """Which proposal follows; none can be chosen before someone has proposed one."""

    decision = forms.ModelChoiceField(
        label=_("Proposal"),
        queryset=Decision.objects.none(),
        to_field_name="reference",
        empty_label=_("Choose a proposal"),
        help_text=_("Propose a decision on the page of the licence or application first."),
        error_messages={"required": _("Choose a proposal."), "invalid_choice": _("Choose a proposal.")},
    )

    def __init__(self, *args: Any, decisions: DecisionQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["decision"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = decisions
