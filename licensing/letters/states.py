"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.refusals.states import ReasonReading
from registry.waits import staff_wait


class CorrectionStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    SENT = "sent", _("Countersigned and sent")
    REFUSED = "refused", _("Not countersigned")


S = CorrectionStatus
CORRECTS, DECIDES, SEES = "registry.correct_letter", "licensing.decide", "licensing.view_applications"
_TASK: dict[str, Any] = {
    "organisation": "letter.organisation",
    "not_by": ("proposed_by",),
    "page": "staff_letter",
    "args": ("letter.number",),
    "seen_with": SEES,
}
COUNTERSIGNING = _("Countersign the correction of a letter, or refuse it")
NOT_COUNTERSIGNED = ReasonReading(
    "read_why",
    _("Read why your correction of a letter was not countersigned"),
    S.REFUSED,
    SEES,
    because="refused_because",
    read_at="refusal_read_at",
)


CORRECTION = Lifecycle(
    S.PROPOSED,
    move("countersign", {S.PROPOSED}, S.SENT, sets=("ended_by", "ended_at")),
    move("refuse_correction", {S.PROPOSED}, S.REFUSED, sets=("ended_by", "ended_at", "refused_because")),
    NOT_COUNTERSIGNED.move,
    waits=(
        NOT_COUNTERSIGNED.wait(**{**_TASK, "not_by": ()}),
        staff_wait("countersign", {S.PROPOSED}, COUNTERSIGNING, CORRECTS, when="is_of_no_decision", **_TASK),
        staff_wait("countersign_decision", {S.PROPOSED}, COUNTERSIGNING, DECIDES, when="tells_a_decision", **_TASK),
    ),
)
