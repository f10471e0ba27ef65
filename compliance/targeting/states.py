"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


class RoundStatus(TextChoices):
    """Where a round of choosing stands."""

    OPENED = "opened", _("Opened: the seed is committed to")
    FIXED = "fixed", _("The list is fixed")
    DRAWN = "drawn", _("Drawn, visits are chosen")


ROUND = Lifecycle(
    RoundStatus.OPENED,
    move("fix", {RoundStatus.OPENED}, RoundStatus.FIXED, sets=("fixed_at", "list_digest")),
    move("draw", {RoundStatus.FIXED}, RoundStatus.DRAWN, sets=("drawn_at",)),
    waits=(
        staff_wait(
            "fix",
            {RoundStatus.OPENED},
            _("Fix the list of the round"),
            "compliance.choose_visits",
            organisation="",
            page="visit_round",
            seen_with="compliance.view_scores",
        ),
        staff_wait(
            "draw",
            {RoundStatus.FIXED},
            _("Select the visits of the round"),
            "compliance.choose_visits",
            organisation="",
            page="visit_round",
            seen_with="compliance.view_scores",
        ),
    ),
)
