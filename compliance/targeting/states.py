"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import Wait, staff_wait

CHOOSES = "compliance.choose_visits"
#: By which recipe visits are selected (`docs/verify_round.py`). Of rounds by the first no chances are known.
RECIPE = 2


class RoundStatus(TextChoices):
    """How far a round of choosing has come."""

    OPENED = "opened", _("Opened: visits are chosen")
    FIXED = "fixed", _("The list is fixed")
    DRAWN = "drawn", _("Selected, visits are made")
    CLOSED = "closed", _("Closed: every visit is made or explained")


class ExplanationStatus(TextChoices):
    """What a second person says to why a visit is not made."""

    WAITING = "waiting", _("Waiting for a second person")
    ACCEPTED = "accepted", _("Accepted")
    REFUSED = "refused", _("Refused: the visit is to be made")


R, E = RoundStatus, ExplanationStatus


def _wait(code: str, state: str, todo: str | Promise, **how: Any) -> Wait:
    """For those who choose visits: the page of the round names no organisation until it is opened."""
    about = {"organisation": "", "page": "visit_round", "seen_with": "compliance.view_scores", **how}
    return staff_wait(code, {state}, todo, CHOOSES, **about)


ROUND = Lifecycle(
    R.OPENED,
    move("fix", {R.OPENED}, R.FIXED, sets=("fixed_by", "fixed_at", "list_digest")),
    move("draw", {R.FIXED}, R.DRAWN, sets=("drawn_by", "drawn_at", "figures", "due_on")),
    move("close_round", {R.DRAWN}, R.CLOSED, sets=("closed_at",)),
    waits=(
        _wait("fix", R.OPENED, _("Choose visits and fix the list of the round")),
        _wait("draw", R.FIXED, _("Select the visits of the round"), not_by=("fixed_by",)),
        _wait(
            "close", R.DRAWN, _("See that every visit of the round is made or explained, and close it"), due="due_on"
        ),
    ),
)


EXPLANATION = Lifecycle(
    E.WAITING,
    move("accept_explanation", {E.WAITING}, E.ACCEPTED, sets=("settled_by", "settled_at")),
    move("refuse_explanation", {E.WAITING}, E.REFUSED, sets=("settled_by", "settled_at", "refused_because")),
    waits=(
        _wait(
            "settle",
            E.WAITING,
            _("Accept or refuse why a visit of a round is not made"),
            not_by=("explained_by",),
            args=("round_reference",),
            scheme="choice.round.scheme",
        ),
    ),
)
