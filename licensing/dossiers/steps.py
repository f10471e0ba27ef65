"""The step of licensing with a report that was handed over to it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from compliance.hand_overs import rules
from compliance.hand_overs.models import HandOver
from compliance.hand_overs.states import PROPOSES, QUIET, HandOverStatus
from compliance.hand_overs.steps import HEADING, URL
from licensing.dossiers import actions, forms, queries
from registry.steps import Step, Steps


def _proposals(data: Any, one: HandOver, on: date) -> forms.LinkProposal:
    return forms.LinkProposal(data, decisions=queries.proposals_for(one))


DOSSIER = Steps(
    HandOver,
    "dossier",
    page="hand_over",
    url=URL,
    related=("organisation",),
    heading=HEADING,
    unchanged_by=QUIET,
    facts=lambda one: {"hand_over": one},
    steps=(
        Step(
            "propose",
            _("Answer with a proposal"),
            press=_("Save"),
            permission=PROPOSES,
            form=_proposals,
            about=lambda one: one.text,
            blockers=lambda one, by, on: rules.propose_blockers(one),
            action=actions.link_proposal,
            in_statuses=(HandOverStatus.OPEN,),
            fits=lambda one, on: one.is_for_licensing,
            style="",
            verb="answer_with_proposal",
            done=_("A decision was proposed"),
        ),
    ),
)
