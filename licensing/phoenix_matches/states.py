"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait


class LookAlikeStatus(TextChoices):
    OPEN = "open", _("To be judged")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


# Who has judged may find out better; whoever has not, judges what is there.
LOOK_ALIKE = Lifecycle(
    LookAlikeStatus.OPEN,
    move(
        "confirm",
        {LookAlikeStatus.OPEN, LookAlikeStatus.DISMISSED},
        LookAlikeStatus.CONFIRMED,
        sets=("closed_by", "closed_at", "dismissal_by", "dismissal_at", "dismissal_because"),
    ),
    move(
        "dismiss",
        {LookAlikeStatus.OPEN, LookAlikeStatus.CONFIRMED},
        LookAlikeStatus.DISMISSED,
        sets=("closed_by", "closed_at"),
    ),
    waits=(
        staff_wait(
            "judge",
            {LookAlikeStatus.OPEN},
            _("Judge the possible phoenix match"),
            "licensing.judge_look_alikes",
            page="look_alike",
            seen_with="licensing.view_look_alikes",
            when="waits_for_first",
        ),
        staff_wait(
            "agree",
            {LookAlikeStatus.OPEN, LookAlikeStatus.CONFIRMED},
            _("Agree that a possible phoenix match is dismissed, or confirm it"),
            "licensing.judge_look_alikes",
            page="look_alike",
            seen_with="licensing.view_look_alikes",
            not_by=("dismissal_by",),
            when="waits_for_second",
        ),
        NoWait(LookAlikeStatus.CONFIRMED, "It is judged; it can be judged again."),
        NoWait(LookAlikeStatus.DISMISSED, "It is judged; it can be judged again."),
    ),
)


class RecordKind(TextChoices):
    """What speaks against an organisation, or that it holds a licence: why it matters that somebody is like it."""

    REFUSED = "refused", _("Application refused")
    REVOKED = "revoked", _("Licence revoked")
    SUSPENDED = "suspended", _("Licence suspended")
    PROPOSED = "proposed", _("Refusal, suspension or revocation proposed")
    ESCAPED = "escaped", _("Withdrawn while a refusal was proposed")
    ADVERSE_REPLY = "adverse_reply", _("Adverse reply to a check")
    CONDITION_FAILED = "condition_failed", _("Condition not met")
    LICENSED = "licensed", _("Holds a licence")
