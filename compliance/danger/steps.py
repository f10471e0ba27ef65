"""What is done with a danger by those on duty."""

from django.utils.translation import gettext_lazy as _

from compliance.danger import actions, forms, queries, rules
from compliance.danger.models import DangerSign
from compliance.danger.states import ON_DUTY, DangerStatus
from registry.errors import Reason
from registry.steps import Step, Steps
from registry.tasks.rules import acknowledge_blockers


def _acknowledge_blockers(sign: DangerSign) -> list[Reason]:
    task = queries.task_of(sign)
    return list(acknowledge_blockers(task)) if task else []


DANGER = Steps(
    DangerSign,
    "danger_sign",
    url="staff/dangers/<str:reference>",
    related=("organisation", "report", "inspection", "officer"),
    unchanged_by=frozenset({"alert", "escalate_alert"}),
    permission=ON_DUTY,
    steps=(
        Step(
            "acknowledge",
            _("Acknowledge: I am responding"),
            about=_("No one else is alerted after that. You then see what was reported."),
            blockers=lambda sign, by, on: _acknowledge_blockers(sign),
            fits=lambda sign, on: not _acknowledge_blockers(sign),
            action=actions.acknowledge,
            in_statuses=(DangerStatus.RAISED,),
            style="",
            done=_("Task acknowledged"),
            kind="task",
            verb="acknowledge_task",
        ),
        Step(
            "deal_with",
            _("Say how the danger ended"),
            press=_("Save"),
            form=forms.DealWith,
            blockers=lambda sign, by, on: rules.deal_with_blockers(sign, by=by),
            action=actions.deal_with,
            done=_("Danger dealt with"),
        ),
    ),
)
