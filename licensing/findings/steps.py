"""What licensing does with the outcome of an inspection, other than to propose a decision that relies on it."""

from django.utils.translation import gettext_lazy as _

from licensing.findings import actions, forms, rules
from licensing.findings.models import FindingToConsider
from licensing.findings.states import CONFIRMS, PROPOSES
from registry.steps import Step, Steps


def _reason(finding: FindingToConsider) -> str:
    return finding.no_action_because


FINDING = Steps(
    FindingToConsider,
    "finding",
    url="staff/findings/<str:reference>",
    lookups={"reference": "inspection__reference"},
    related=("inspection", "organisation"),
    heading="licensing/findings/heading.html",
    facts=lambda finding: {"finding": finding},
    permission=PROPOSES,
    steps=(
        Step(
            "take_no_action",
            _("No action, and why"),
            press=_("Save"),
            form=forms.NoAction,
            blockers=lambda finding, by, on: rules.no_action_blockers(finding),
            action=actions.take_no_action,
            fits=lambda finding, on: not finding.failed,
            done=_("No action taken"),
        ),
        Step(
            "propose_no_action",
            _("Propose no action, and why"),
            press=_("Propose"),
            form=forms.NoAction,
            about=_("The score says refuse or revoke. Another person must agree that no action is taken."),
            blockers=lambda finding, by, on: rules.propose_no_action_blockers(finding),
            action=actions.propose_no_action,
            fits=lambda finding, on: finding.failed,
            done=_("No action proposed"),
        ),
        Step(
            "confirm_no_action",
            _("Confirm that no action is taken"),
            label=_("Confirm"),
            permission=CONFIRMS,
            about=_reason,
            blockers=lambda finding, by, on: rules.confirm_blockers(finding, by=by),
            action=actions.confirm_no_action,
            style="",
            done=_("No action confirmed"),
        ),
        Step(
            "return",
            _("Return to the case officer"),
            press=_("Return"),
            permission=CONFIRMS,
            form=forms.NoAction,
            about=_reason,
            blockers=lambda finding, by, on: rules.return_blockers(finding, by=by),
            action=actions.return_to_officer,
            done=_("Returned to the case officer"),
        ),
    ),
)
