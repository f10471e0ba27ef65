"""The states of a decision, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
from registry.refusals.states import ReasonReading
from registry.waits import NoWait, Pending, holder_wait, pending_wait, staff_wait


class DecisionStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    NOTIFIED = "notified", _("Notified, being heard")
    DECIDED = "decided", _("Decided")
    DROPPED = "dropped", _("Dropped")
    NOT_AGREED = "not_agreed", _("Not agreed")


D = DecisionStatus


OPEN_DECISIONS = (D.PROPOSED, D.NOTIFIED)


SEES = "licensing.view_decisions"
RIPENESS = "licensing.decisions.queries.ripeness"


NOT_AGREED = ReasonReading(
    "read_reason",
    _("Read why the proposal was not agreed"),
    D.NOT_AGREED,
    SEES,
    because="not_agreed_because",
    read_at="reason_read_at",
)


DECISION = Lifecycle(
    D.PROPOSED,
    move("notify", {D.PROPOSED}, D.NOTIFIED, sets=("notified_at", "reply_by")),
    move("represent", {D.NOTIFIED}, D.NOTIFIED),
    move("supplement", {D.PROPOSED, D.NOTIFIED}, D.PROPOSED),
    move(
        "decide",
        {D.PROPOSED, D.NOTIFIED},
        D.DECIDED,
        sets=("decided_by", "decided_at", "decided_because", "despite", "appeal_by", "starts", "takes_effect"),
    ),
    move("drop", {D.PROPOSED, D.NOTIFIED}, D.DROPPED),
    move("give_more_time", {D.NOTIFIED}, D.NOTIFIED, sets=("reply_by",)),
    move(
        "disagree",
        {D.PROPOSED, D.NOTIFIED},
        D.NOT_AGREED,
        sets=("not_agreed_because", "not_agreed_by", "not_agreed_at"),
    ),
    NOT_AGREED.move,
    waits=(
        NOT_AGREED.wait(page="decision"),
        NoWait(D.PROPOSED, "It waits to be notified or decided, by its kind."),
        NoWait(D.NOTIFIED, "The time to reply runs."),
        staff_wait(
            "notify",
            {D.PROPOSED},
            _("Send the notice of the proposal"),
            "licensing.notify_decision",
            first_owner="notifier",
            when="is_heard_first",
            page="decision",
            seen_with="licensing.view_decisions",
        ),
        holder_wait(
            "reply",
            {D.NOTIFIED},
            _("Reply to our notice, if you want to"),
            Act.REPLY,
            due="reply_by",
            until="reply_by",
            asks=f"{RIPENESS}.may_still_reply",
            address="reply_address",
            missed=_("We decide without your reply."),
        ),
        holder_wait(
            "appeal",
            {D.DECIDED},
            _("Appeal against the decision, if you want to"),
            Act.REPLY,
            due="appeal_by",
            until="appeal_by",
            asks="licensing.appeals.queries.waiting.may_still_appeal",
            page="own_appeal",
            missed=_("The tribunal may not accept a late appeal, and the decision stays."),
        ),
        pending_wait(
            "surrender",
            {D.PROPOSED},
            _("We decide on your request to give up the licence"),
            Pending.AUTHORITY,
            when="is_surrender",
            due="takes_effect",
            page="surrender_licence",
            args=("licence.number",),
        ),
        staff_wait(
            "decide",
            {D.PROPOSED, D.NOTIFIED},
            _("Decide the proposal"),
            "licensing.decide",
            not_by=("proposed_by", "application.case_officer"),
            asks=f"{RIPENESS}.is_ripe",
            page="decision",
            seen_with="licensing.view_decisions",
        ),
    ),
)
