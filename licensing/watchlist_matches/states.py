"""The states of a match with a list, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class WatchlistMatchStatus(TextChoices):
    """Whether an officer has said that a licence holder is on a list, and what follows."""

    FOUND = "match_found", _("To be judged")
    CONFIRMED = "match_confirmed", _("Confirmed, action to consider")
    CONSIDERED = "match_considered", _("Action considered")
    DISMISSED = "match_dismissed", _("Dismissed")


S = WatchlistMatchStatus
SEES, JUDGES, CONSIDERS = "licensing.view_look_alikes", "licensing.judge_look_alikes", "licensing.propose_decision"
CLOSED = ("closed_by", "closed_at", "judged_because")

WATCHLIST_MATCH = Lifecycle(
    S.FOUND,
    move("confirm_match", {S.FOUND, S.DISMISSED}, S.CONFIRMED, sets=CLOSED),
    move("dismiss_match", {S.FOUND, S.CONFIRMED}, S.DISMISSED, sets=CLOSED),
    move("consider_match", {S.CONFIRMED}, S.CONSIDERED, sets=("considered_by", "considered_at", "follows")),
    waits=(
        staff_wait(
            "judge",
            {S.FOUND},
            _("Confirm or dismiss the match with a list"),
            JUDGES,
            first_owner="case_officer",
            page="watchlist_match",
            seen_with=SEES,
        ),
        staff_wait(
            "consider",
            {S.CONFIRMED},
            _("Consider action on the licence: someone is on a list"),
            CONSIDERS,
            first_owner="case_officer",
            page="watchlist_match",
            seen_with=SEES,
        ),
        NoWait(S.DISMISSED, "It is judged; it can be confirmed later."),
    ),
)
