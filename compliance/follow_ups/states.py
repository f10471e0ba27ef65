"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class FollowUpStatus(TextChoices):
    """Where something that is to be put right stands; the business reads the same words."""

    OPEN = "open", _("Follow-up actions")
    ANSWERED = "answered", _("Waiting for us")
    MET = "met", _("Corrective action completed")
    NOT_MET = "not_met", _("Corrective action not completed")


F = FollowUpStatus


FOLLOW_UP = Lifecycle(
    F.OPEN,
    move("answer", {F.OPEN}, F.ANSWERED),
    move("send_back", {F.ANSWERED}, F.OPEN, sets=("sent_back_because",)),
    move("accept", {F.OPEN, F.ANSWERED}, F.MET, sets=("judged_by", "judged_at", "judged_because")),
    move("fail", {F.OPEN, F.ANSWERED}, F.NOT_MET, sets=("judged_by", "judged_at", "judged_because")),
    waits=(
        NoWait(F.OPEN, "A visit may be on its way to see it."),
        holder_wait(
            "answer",
            {F.OPEN},
            _("Show that the corrective action is done"),
            Act.NOTIFY,
            organisation="inspection.organisation",
            due="due_on",
            page="own_follow_up",
            missed=_("We may find that the corrective action is not done, and take that into account."),
        ),
        pending_wait(
            "judging",
            {F.ANSWERED},
            _("We check what you sent about the corrective action"),
            Pending.AUTHORITY,
            organisation="inspection.organisation",
            page="own_follow_up",
        ),
        staff_wait(
            "judge",
            {F.OPEN, F.ANSWERED},
            _("Judge the corrective action"),
            "compliance.judge_follow_ups",
            first_owner="asked_by",
            organisation="inspection.organisation",
            asks="compliance.follow_ups.queries.is_to_be_judged",
            page="follow_up",
            seen_with="compliance.view_inspections",
        ),
    ),
)
