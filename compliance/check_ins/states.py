"""The states of the stay of an officer at a place that is inspected, and who must act in each."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import staff_wait


class StayStatus(StrEnum):
    ON_SITE = "on_site"
    OVERDUE = "overdue"
    LEFT = "left"


S = StayStatus

STAY = Lifecycle(
    S.ON_SITE,
    move("stay_longer", {S.ON_SITE}, S.ON_SITE, sets=("expected_at",)),
    move("miss_check_out", {S.ON_SITE}, S.OVERDUE, sets=("missed_at",)),
    move("check_out", {S.ON_SITE, S.OVERDUE}, S.LEFT, sets=("left_at", "left_key")),
    waits=(
        staff_wait(
            "check_out",
            {S.ON_SITE, S.OVERDUE},
            _("Check out of the visit"),
            "compliance.view_own_inspections",
            owner="officer",
            organisation="inspection.organisation",
            due="expected_at",
            page="check_out",
            args=("inspection.reference",),
            seen_with="compliance.view_inspections",
        ),
    ),
)
