"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class FindingStatus(TextChoices):
    """Whether licensing has considered what an inspection found."""

    OPEN = "open", _("To be considered")
    NO_ACTION_PROPOSED = "no_action_proposed", _("No action proposed")
    CONSIDERED = "considered", _("Considered")


S = FindingStatus
PROPOSES, CONFIRMS, SEES = "licensing.propose_decision", "licensing.decide", "licensing.view_decisions"
CONSIDERED = ("considered_by", "considered_at")


FINDING = Lifecycle(
    S.OPEN,
    move("consider", {S.OPEN, S.NO_ACTION_PROPOSED}, S.CONSIDERED, sets=("decision", *CONSIDERED)),
    move("take_no_action", {S.OPEN}, S.CONSIDERED, sets=("no_action_because", *CONSIDERED)),
    move(
        "propose_no_action",
        {S.OPEN},
        S.NO_ACTION_PROPOSED,
        sets=("no_action_because", "proposed_by", "proposed_at"),
    ),
    move("confirm_no_action", {S.NO_ACTION_PROPOSED}, S.CONSIDERED, sets=CONSIDERED),
    move("return_to_officer", {S.NO_ACTION_PROPOSED}, S.OPEN, sets=("no_action_because", "proposed_by", "proposed_at")),
    move("consider_again", {S.CONSIDERED}, S.OPEN, sets=("decision", *CONSIDERED)),
    waits=(
        NoWait(S.CONSIDERED, "It is considered again if its proposal is dropped."),
        staff_wait(
            "consider",
            {S.OPEN},
            _("Consider the outcome of the inspection"),
            PROPOSES,
            first_owner="case_officer",
            page="finding",
            seen_with=SEES,
        ),
        staff_wait(
            "confirm",
            {S.NO_ACTION_PROPOSED},
            _("Confirm that no action is taken after the inspection, or return it"),
            CONFIRMS,
            not_by=("proposed_by",),
            page="finding",
            seen_with=SEES,
        ),
    ),
)
