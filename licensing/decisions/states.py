"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move
from registry.memberships.states import Act
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
    move("read_reason", {D.NOT_AGREED}, D.NOT_AGREED, sets=("reason_read_at",)),
    waits=(
        staff_wait(
            "read_reason",
            {D.NOT_AGREED},
            _("Read why the proposal was not agreed"),
            SEES,
            first_owner="proposed_by",
            when="has_unread_reason",
            page="decision",
        ),
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


class DecisionKind(TextChoices):
    GRANT = "grant", _("Grant")
    REFUSE = "refuse", _("Refuse")
    SUSPEND = "suspend", _("Suspend")
    REVOKE = "revoke", _("Revoke")
    SURRENDER = "surrender", _("Surrender")
    LIFT = "lift", _("Lift a suspension")
    IMPOSE = "impose", _("Add a condition")
    VARY = "vary", _("Vary a condition")
    EXTEND = "extend", _("Give more time for a condition")
    DISCHARGE = "discharge", _("Discharge a condition")
    FAIL = "fail", _("Find a condition failed")
    ALLOW_TRANSFER = "allow_transfer", _("Consent to a transfer")
    REFUSE_TRANSFER = "refuse_transfer", _("Refuse a transfer")


K = DecisionKind


# What takes nothing from anybody against their will is decided without a hearing.
UNHEARD = (K.GRANT, K.SURRENDER, K.LIFT, K.EXTEND, K.DISCHARGE, K.ALLOW_TRANSFER)


HEARD = tuple(kind for kind in K if kind not in UNHEARD)


ON_APPLICATIONS = (K.GRANT, K.REFUSE)


ON_LICENCES = tuple(kind for kind in K if kind not in ON_APPLICATIONS)


# What is decided of one condition of a licence; its name is the name of the condition's move.
ON_CONDITIONS = (K.VARY, K.EXTEND, K.DISCHARGE, K.FAIL)


# What is decided of a holder's wish that its licence pass to another business.
ON_TRANSFERS = (K.ALLOW_TRANSFER, K.REFUSE_TRANSFER)


# A modification changes the licence when its day comes (2004 Act, s.9; Appeals Regulations 2006).
MODIFICATIONS = (K.IMPOSE, K.VARY)


# What holds from a day that is chosen; all else holds at once.
DATED = (K.SUSPEND, K.REVOKE, K.SURRENDER, K.LIFT, *MODIFICATIONS, K.ALLOW_TRANSFER)


# Appeals Regulations 2006: refusals, conditions on a grant (which are asked for apart), modification or the loss of a licence, and that a
# transfer is refused. That a condition has failed takes nothing away by itself: what is proposed because of it can be appealed against.
APPEALABLE = (K.REFUSE, K.SUSPEND, K.REVOKE, *MODIFICATIONS, K.REFUSE_TRANSFER)


# What a decision maker may decide in place of a proposal: what takes less away. Another decision maker then takes it.
INSTEAD: dict[str, str] = {K.REFUSE: K.GRANT, K.REVOKE: K.SUSPEND}


# --- what a decision maker asks before deciding ---


class ReviewKind(TextChoices):
    RETURN = "return", _("Returned with comments")
    ADVICE = "advice", _("Advice asked for")


class ReviewStatus(TextChoices):
    OPEN = "open", _("Waiting for an answer")
    ANSWERED = "answered", _("Answered")
    CALLED_OFF = "called_off", _("Called off")


R = ReviewStatus


REVIEW = Lifecycle(
    R.OPEN,
    move("answer_review", {R.OPEN}, R.ANSWERED, sets=("answer", "ended_by", "ended_at")),
    move("call_off_review", {R.OPEN}, R.CALLED_OFF, sets=("ended_by", "ended_at")),
    waits=(
        staff_wait(
            "answer_comments",
            {R.OPEN},
            _("Answer the comments on your proposal"),
            SEES,
            organisation="decision.organisation",
            first_owner="to",
            due="due_on",
            when="is_return",
            page="decision",
            args=("decision.reference",),
        ),
        staff_wait(
            "advise",
            {R.OPEN},
            _("Give advice on a proposal"),
            SEES,
            organisation="decision.organisation",
            first_owner="to",
            due="due_on",
            when="is_advice",
            page="decision",
            args=("decision.reference",),
        ),
    ),
)


class ReasonCorrectionStatus(TextChoices):
    PROPOSED = "proposed", _("Waiting for a second person")
    AGREED = "agreed", _("Corrected")
    REFUSED = "refused", _("Not agreed")


RC = ReasonCorrectionStatus

REASON_CORRECTION = Lifecycle(
    RC.PROPOSED,
    move("agree_reason_correction", {RC.PROPOSED}, RC.AGREED, sets=("ended_by", "ended_at")),
    move("refuse_reason_correction", {RC.PROPOSED}, RC.REFUSED, sets=("ended_by", "ended_at")),
    waits=(
        staff_wait(
            "agree",
            {RC.PROPOSED},
            _("Agree to the correction of a published reason, or refuse"),
            "licensing.decide",
            not_by=("proposed_by",),
            page="decision",
            args=("decision.reference",),
            seen_with="licensing.view_decisions",
        ),
    ),
)
