"""The states of what is asked to be shared with a guarded authority, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.refusals.states import ReasonReading
from registry.waits import staff_wait

APPROVES, SEES = "compliance.approve_guarded_sharing", "compliance.view_guarded_sharing"


class SharingWay(TextChoices):
    """By what something reaches the authority."""

    INTELLIGENCE = "intelligence", _("Intelligence")
    REPORT = "report", _("What a report led to")
    VISIT = "visit", _("Joint visit")
    JOINT_CASE = "joint_case", _("Joint case")
    MESSAGE = "message", _("Message about what was shared")


class StatedWay(TextChoices):
    """By what something reaches the authority on a basis that the pack states once."""

    CHECK = "check", _("Check about an applicant")
    REFERRAL = "referral", _("Referral of a possible victim")


class SharingStatus(TextChoices):
    ASKED = "asked", _("Waiting for a second person")
    APPROVED = "approved", _("Approved, not shared yet")
    REFUSED = "refused", _("Not approved")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    SHARED = "shared", _("Shared")


S = SharingStatus
_ENDED = ("ended_by", "ended_at")

NOT_APPROVED = ReasonReading(
    "read_refusal",
    _("Read why sharing with a guarded authority was refused"),
    S.REFUSED,
    SEES,
    because="refused_because",
    read_at="refusal_read_at",
    proposer="asked_by",
)

SHARING = Lifecycle(
    S.ASKED,
    move("approve_sharing", {S.ASKED}, S.APPROVED, sets=_ENDED),
    # Why it was refused may repeat what was to be shared: it is kept off the trail.
    move("refuse_sharing", {S.ASKED}, S.REFUSED, sets=_ENDED),
    NOT_APPROVED.move,
    move("withdraw_sharing", {S.ASKED, S.APPROVED}, S.WITHDRAWN, sets=("withdrawn_at",)),
    move("share", {S.APPROVED}, S.SHARED, sets=("shared_by", "shared_at")),
    waits=(
        staff_wait(
            "approve",
            {S.ASKED},
            _("Approve or refuse sharing with a guarded authority"),
            APPROVES,
            not_by=("asked_by",),
            page="guarded_sharing",
            seen_with=SEES,
        ),
        staff_wait(
            "share",
            {S.APPROVED},
            _("Share what was approved for a guarded authority, or withdraw it"),
            SEES,
            owner="asked_by",
            page="guarded_sharing",
        ),
        NOT_APPROVED.wait(owner="asked_by", page="guarded_sharing"),
    ),
)
