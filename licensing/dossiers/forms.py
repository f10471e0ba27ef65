"""The shape of what licensing answers to a report that was handed over to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from licensing.decisions.models.decisions import Decision, DecisionQuerySet
from registry.form_fields import a_row


class LinkProposal(forms.Form):
    """Which proposal follows; none can be chosen before someone has proposed one."""

    decision = a_row(
        _("Proposal"),
        Decision.objects.none(),
        required=_("Choose a proposal."),
        empty_label=_("Choose a proposal"),
        help_text=_("Propose a decision on the page of the licence or application first."),
    )

    def __init__(self, *args: Any, decisions: DecisionQuerySet, **options: Any) -> None:
        super().__init__(*args, **options)
        chosen = self.fields["decision"]
        assert isinstance(chosen, forms.ModelChoiceField)
        chosen.queryset = decisions
