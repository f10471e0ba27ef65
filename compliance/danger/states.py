"""The states of a danger that was raised, and who must act."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait

ON_DUTY = "registry.be_on_duty"


class DangerStatus(StrEnum):
    RAISED = "raised"
    DEALT_WITH = "dealt_with"


D = DangerStatus


DANGER = Lifecycle(
    D.RAISED,
    move("deal_with", {D.RAISED}, D.DEALT_WITH, sets=("outcome", "dealt_by", "dealt_at")),
    waits=(
        staff_wait(
            "respond",
            {D.RAISED},
            _("Respond to the danger"),
            ON_DUTY,
            due="acknowledge_by",
            priority="task_priority",
            page="danger_sign",
        ),
    ),
)
