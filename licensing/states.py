"""What can happen to an application, to a decision and to what a holder tells. Read it aloud to a case officer."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class ApplicationStatus(TextChoices):
    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    ASSESSING = "assessing", _("Being assessed")
    AWAITING_APPLICANT = "awaiting_applicant", _("Waiting for the applicant")
    GRANTED = "granted", _("Granted")
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")


S = ApplicationStatus

# What its applicant reads instead, where the words for everybody are about them.
TOLD_APPLICANT = {S.AWAITING_APPLICANT: _("Waiting for you")}

IN_HAND = (S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT)
NOT_OVER = (S.DRAFT, *IN_HAND)
# A licence may have been granted before it turns out that more was due.
PAYABLE = (*IN_HAND, S.GRANTED)

APPLICATION = Lifecycle(
    S.DRAFT,
    move("submit", {S.DRAFT}, S.SUBMITTED),
    move("begin_assessment", {S.SUBMITTED}, S.ASSESSING),
    move("ask", {S.ASSESSING}, S.AWAITING_APPLICANT),
    move("answer", {S.AWAITING_APPLICANT}, S.ASSESSING),
    move("grant", {S.ASSESSING}, S.GRANTED),
    move("refuse", {S.ASSESSING}, S.REFUSED),
    move("withdraw", {S.DRAFT, S.SUBMITTED, S.ASSESSING, S.AWAITING_APPLICANT}, S.WITHDRAWN),
    move("grant_on_appeal", {S.REFUSED}, S.GRANTED),
)


class Turn(TextChoices):
    """Who must do something before an application goes on, as its applicant reads it."""

    APPLICANT = "applicant", _("You")
    AUTHORITY = "authority", _("Us")
    OTHERS = "others", _("Other authorities")
    INSPECTOR = "inspector", _("The inspector")


# What the authority reads instead, in its own lists.
TURN_IN_LISTS = {
    Turn.APPLICANT: _("The applicant"),
    Turn.AUTHORITY: _("Us"),
    Turn.OTHERS: _("Other authorities"),
    Turn.INSPECTOR: _("The inspector"),
}


class DecisionStatus(TextChoices):
    PROPOSED = "proposed", _("Proposed")
    NOTIFIED = "notified", _("Notified, being heard")
    DECIDED = "decided", _("Decided")
    DROPPED = "dropped", _("Dropped")


D = DecisionStatus

OPEN_DECISIONS = (D.PROPOSED, D.NOTIFIED)

DECISION = Lifecycle(
    D.PROPOSED,
    move("notify", {D.PROPOSED}, D.NOTIFIED),
    move("represent", {D.NOTIFIED}, D.NOTIFIED),
    move("supplement", {D.PROPOSED, D.NOTIFIED}, D.PROPOSED),
    move("decide", {D.PROPOSED, D.NOTIFIED}, D.DECIDED),
    move("drop", {D.PROPOSED, D.NOTIFIED}, D.DROPPED),
)


class AppealStatus(TextChoices):
    TOLD = "told", _("Told, to be confirmed")
    RECEIVED = "received", _("Received, to be acknowledged")
    ACKNOWLEDGED = "acknowledged", _("Waiting for our reply")
    WITH_TRIBUNAL = "with_tribunal", _("With the tribunal")
    LISTED = "listed", _("Hearing fixed")
    ENDED = "ended", _("Ended, to be carried out")
    CLOSED = "closed", _("Closed")
    DISREGARDED = "disregarded", _("No appeal arrived")


AP = AppealStatus

BEING_HEARD = (AP.RECEIVED, AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED)
OPEN_APPEALS = (AP.TOLD, *BEING_HEARD, AP.ENDED)

# An appellant who tells of an appeal has not made one: that is done by the notice that arrives with the secretariat. What
# the tribunal has decided is carried out by another person than the one who wrote it down.
APPEAL = Lifecycle(
    AP.TOLD,
    move("receive", {AP.TOLD}, AP.RECEIVED),
    move("disregard", {AP.TOLD}, AP.DISREGARDED),
    move("acknowledge", {AP.RECEIVED}, AP.ACKNOWLEDGED),
    move("reply", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL),
    move("bar", {AP.ACKNOWLEDGED}, AP.WITH_TRIBUNAL),
    # The tribunal directs that the authority, barred, takes part after all, and by when it replies.
    move("readmit", {AP.WITH_TRIBUNAL, AP.LISTED}, AP.ACKNOWLEDGED),
    move("fix_hearing", {AP.WITH_TRIBUNAL, AP.LISTED}, AP.LISTED),
    move("take_back", set(BEING_HEARD), AP.ENDED),
    move("determine", {AP.ACKNOWLEDGED, AP.WITH_TRIBUNAL, AP.LISTED}, AP.ENDED),
    move("carry_out", {AP.ENDED}, AP.CLOSED),
)


class AppealOutcome(TextChoices):
    ALLOWED = "allowed", _("Allowed")
    DISMISSED = "dismissed", _("Dismissed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class CardPaymentStatus(TextChoices):
    CREATED = "created", _("Not handed over yet")
    STARTED = "started", _("Under way")
    SUCCESS = "success", _("Paid")
    FAILED = "failed", _("Declined")
    CANCELLED = "cancelled", _("Cancelled")
    EXPIRED = "expired", _("Not finished in time")


C = CardPaymentStatus

UNFINISHED = (C.CREATED, C.STARTED)

# Money that the provider says has come counts, whatever was thought before: its messages may come late, twice, out of order.
CARD_PAYMENT = Lifecycle(
    C.CREATED,
    move("hand_over", {C.CREATED}, C.STARTED),
    move("succeed", {C.STARTED, C.FAILED, C.CANCELLED, C.EXPIRED}, C.SUCCESS),
    move("fail", {C.STARTED}, C.FAILED),
    move("cancel", {C.STARTED}, C.CANCELLED),
    move("expire", {C.CREATED, C.STARTED}, C.EXPIRED),
)


class DemandKind(TextChoices):
    INSPECTION = "inspection", _("Charge for an inspection")
    SHORTFALL = "shortfall", _("Difference of the fee")


class ChangeStatus(TextChoices):
    TOLD = "told", _("Told, to be looked at")
    ACCEPTED = "accepted", _("Accepted")
    NOTED = "noted", _("Noted")
    REFUSED = "refused", _("Not accepted")


CHANGE = Lifecycle(
    ChangeStatus.TOLD,
    move("accept", {ChangeStatus.TOLD}, ChangeStatus.ACCEPTED),
    move("note", {ChangeStatus.TOLD}, ChangeStatus.NOTED),
    move("refuse", {ChangeStatus.TOLD}, ChangeStatus.REFUSED),
)


class TransferStatus(TextChoices):
    ASKED = "asked", _("Waits for the other business")
    AGREED = "agreed", _("Both agree, to be decided")
    DECLINED = "declined", _("The other business does not agree")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    CONSENTED = "consented", _("Consented to")
    REFUSED = "refused", _("Refused")


T = TransferStatus

OPEN_TRANSFERS = (T.ASKED, T.AGREED)

# It is refused whether or not the other business has agreed. Of a refusal, an appeal can still make a consent.
TRANSFER = Lifecycle(
    T.ASKED,
    move("agree", {T.ASKED}, T.AGREED),
    move("decline", {T.ASKED}, T.DECLINED),
    move("retract", {T.ASKED, T.AGREED}, T.WITHDRAWN),
    move("withhold", {T.ASKED, T.AGREED}, T.REFUSED),
    move("consent", {T.AGREED, T.REFUSED}, T.CONSENTED),
)


class LookAlikeStatus(TextChoices):
    OPEN = "open", _("To be judged")
    CONFIRMED = "confirmed", _("Confirmed")
    DISMISSED = "dismissed", _("Dismissed")


# Who has judged may find out better; whoever has not, judges what is there.
LOOK_ALIKE = Lifecycle(
    LookAlikeStatus.OPEN,
    move("confirm", {LookAlikeStatus.OPEN, LookAlikeStatus.DISMISSED}, LookAlikeStatus.CONFIRMED),
    move("dismiss", {LookAlikeStatus.OPEN, LookAlikeStatus.CONFIRMED}, LookAlikeStatus.DISMISSED),
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


class CheckResult(TextChoices):
    NIL = "nil", _("Nil return")
    ADVERSE = "adverse", _("Adverse")
    NO_TRACE = "no_trace", _("No trace")
    NO_REPLY = "no_reply", _("No reply")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    LOOK = "look", _("To be looked at")
    NOT_NEEDED = "not_needed", _("Not needed any more")


# What another authority can answer; that it has not answered is written down by an officer.
ANSWERS = (CheckResult.NIL, CheckResult.ADVERSE, CheckResult.NO_TRACE, CheckResult.NOT_APPLICABLE)
RECORDED = (*ANSWERS, CheckResult.NO_REPLY)


class OwnCheck(TextChoices):
    """What the registry looks up by itself, at once."""

    NUMBERS = "own_numbers", _("Check digits of numbers")
    COMPANY = "own_company", _("Snapshot of the companies register")
    HISTORY = "own_history", _("Earlier licences and refusals")
    LISTS = "own_lists", _("Lists that we hold")


ASKED_OF_NOBODY = frozenset(OwnCheck.values)


class ReplyWay(TextChoices):
    """How a reply came."""

    OFFICER = "officer", _("Written down by an officer")
    AGENCY = "agency", _("Given here by the authority itself")
    FILE = "file", _("In a file of the authority")
    SYSTEM = "system", _("Looked up by this service")


class Asked(TextChoices):
    REQUEST = "request", _("Asked")
    FILE = "file", _("Asked by file")
    CHASER = "chaser", _("Reminded")


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
# What an appeal keeps from taking effect, unless it was to hold at once: a licence goes on as it was (Appeals Regulations 2006).
STAYED = (K.SUSPEND, K.REVOKE, *MODIFICATIONS)
