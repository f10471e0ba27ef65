"""The states of what this room is about, what may follow what, and who must act in each."""

from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.refusals.states import ReasonReading
from registry.waits import agency_wait, staff_wait


class OverrideStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    AGREED = "agreed", _("Overridden")
    REFUSED = "refused", _("Not agreed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = OverrideStatus
RECORDS, SEES, ANSWERS = "licensing.record_check", "licensing.view_applications", "licensing.answer_checks"
ENDED = ("ended_by", "ended_at")
_OF_STAFF: dict[str, Any] = {"organisation": "asked.organisation", "page": "staff_override", "seen_with": SEES}
NOT_AGREED = ReasonReading(
    "read_refusal",
    _("Read why your override was not agreed"),
    S.REFUSED,
    RECORDS,
    because="refused_because",
    read_at="refusal_read_at",
)


OVERRIDE = Lifecycle(
    S.PROPOSED,
    move("agree_override", {S.PROPOSED}, S.AGREED, sets=ENDED),
    move("refuse_override", {S.PROPOSED}, S.REFUSED, sets=(*ENDED, "refused_because")),
    move("withdraw_override", {S.PROPOSED}, S.WITHDRAWN, sets=("withdrawn_at",)),
    move("answer_again", {S.PROPOSED, S.AGREED}, S.WITHDRAWN, sets=("withdrawn_at",)),
    move("replace_override", {S.AGREED}, S.WITHDRAWN, sets=("withdrawn_at",)),
    move("read_override", {S.AGREED}, S.AGREED, sets=("read_by", "read_at", "answer")),
    NOT_AGREED.move,
    waits=(
        staff_wait(
            "agree",
            {S.PROPOSED},
            _("Agree that the reply of an authority is overridden, or refuse"),
            RECORDS,
            not_by=("proposed_by",),
            when="is_in_hand",
            **_OF_STAFF,
        ),
        NOT_AGREED.wait(**_OF_STAFF),
        agency_wait(
            "read",
            {S.AGREED},
            _("Read why we have overridden your reply"),
            ANSWERS,
            agency="asked.agency",
            organisation="asked.organisation",
            when="is_unread_by_agency",
            page="read_own_override",
        ),
    ),
)
