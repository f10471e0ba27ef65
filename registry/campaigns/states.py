"""The states of a campaign, who must act in each, and what is counted of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.editions.states import REVIEWS
from registry.lifecycle import Lifecycle, move
from registry.waits import NoWait, staff_wait

PLANS, APPROVES = "registry.plan_campaigns", "registry.approve_campaigns"
SEES = (PLANS, APPROVES, REVIEWS)


class CampaignStatus(TextChoices):
    PLANNED = "planned", _("Waiting for approval")
    APPROVED = "approved", _("Approved")
    REFUSED = "refused", _("Not approved")


S = CampaignStatus
_DECIDED = ("decided_by", "decided_at")

CAMPAIGN = Lifecycle(
    S.PLANNED,
    move("approve_campaign", {S.PLANNED}, S.APPROVED, sets=_DECIDED),
    move("refuse_campaign", {S.PLANNED}, S.REFUSED, sets=(*_DECIDED, "refused_because")),
    waits=(
        staff_wait(
            "approve",
            {S.PLANNED},
            _("Approve or refuse a campaign"),
            APPROVES,
            organisation="",
            not_by=("planned_by",),
            due="starts_on",
            page="campaign",
            seen_with=PLANS,
        ),
        NoWait(S.APPROVED, "It runs on its days."),
    ),
)


class CampaignChannel(TextChoices):
    POSTER = "poster", _("Posters")
    CARD = "card", _("Cards")
    TEXT = "text", _("Text messages")
    RADIO = "radio", _("Radio")
    SOCIAL = "social", _("Social media")
    MEETING = "meeting", _("Meetings with workers")


class CampaignTotal(TextChoices):
    """What is counted in totals, of those who came by a campaign."""

    LOOK_UP = "look_up", _("Searches of the register")
    REPORT = "report", _("Reports")
    FOLLOW = "follow", _("Requests to be told of changes")
    CALL = "call", _("Telephone calls")
