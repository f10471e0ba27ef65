"""What can happen to an inspection. Read it aloud to an inspector."""

from enum import StrEnum

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class InspectionStatus(TextChoices):
    COMMISSIONED = "commissioned", _("To be carried out")
    REPORTED = "reported", _("Reported, to be confirmed")
    CONFIRMED = "confirmed", _("Confirmed")
    CALLED_OFF = "called_off", _("Called off")


S = InspectionStatus

INSPECTION = Lifecycle(
    S.COMMISSIONED,
    move("report", {S.COMMISSIONED}, S.REPORTED),
    move("return_for_correction", {S.REPORTED}, S.COMMISSIONED),
    move("confirm", {S.REPORTED}, S.CONFIRMED),
    move("call_off", {S.COMMISSIONED}, S.CALLED_OFF),
)


class Finding(TextChoices):
    """What an inspection found of one standard."""

    MET = "met", _("Met")
    NOT_MET = "not_met", _("Not met")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    NOT_TESTED = "not_tested", _("Not tested")


class FollowUpStatus(TextChoices):
    """Where something that is to be put right stands; the business reads the same words."""

    OPEN = "open", _("To be put right")
    ANSWERED = "answered", _("Waiting for us")
    MET = "met", _("Has been put right")
    NOT_MET = "not_met", _("Has not been put right")


F = FollowUpStatus

FOLLOW_UP = Lifecycle(
    F.OPEN,
    move("answer", {F.OPEN}, F.ANSWERED),
    move("send_back", {F.ANSWERED}, F.OPEN),
    move("accept", {F.OPEN, F.ANSWERED}, F.MET),
    move("fail", {F.OPEN, F.ANSWERED}, F.NOT_MET),
)


class RoundStatus(TextChoices):
    """Where a round of choosing stands."""

    OPENED = "opened", _("Opened: the seed is committed to")
    FIXED = "fixed", _("The list is fixed")
    DRAWN = "drawn", _("Drawn, visits are chosen")


ROUND = Lifecycle(
    RoundStatus.OPENED,
    move("fix", {RoundStatus.OPENED}, RoundStatus.FIXED),
    move("draw", {RoundStatus.FIXED}, RoundStatus.DRAWN),
)


class ChosenHow(TextChoices):
    """How it came that a holder is visited after the grant."""

    TARGETED = "targeted", _("Targeted")
    RANDOM = "random", _("Drawn by lot")
    REACTIVE = "reactive", _("Reactive")


class ReportStatus(TextChoices):
    """Where a report stands; the reporter reads the same words."""

    RECEIVED = "received", _("Received")
    BEING_LOOKED_AT = "being_looked_at", _("Being looked at")
    DONE = "done", _("Done")


R = ReportStatus

REPORT = Lifecycle(
    R.RECEIVED,
    move("begin", {R.RECEIVED}, R.BEING_LOOKED_AT),
    move("close", {R.BEING_LOOKED_AT}, R.DONE),
    move("reopen", {R.DONE}, R.BEING_LOOKED_AT),
)


class Danger(TextChoices):
    """Whether somebody is in danger now, as the reporter sees it."""

    YES = "yes", _("Yes")
    NOT_SURE = "not_sure", _("I am not sure")
    NO = "no", _("No")


class ConcernKind(TextChoices):
    """What a report is about, in the reporter's words; whoever reads it sorts it by the standards later."""

    LICENCE = "licence", _("Work without a licence, or with somebody else’s licence")
    PAY = "pay", _("Pay that is missing, late, too low, or taken away")
    FEES = "fees", _("Money asked for finding work")
    PAPERS = "papers", _("A passport or identity card that somebody keeps")
    FORCE = "force", _("Threats, violence, debts that never end, being watched or locked in")
    UNSAFE = "unsafe", _("Unsafe work, transport or housing")
    OTHER = "other", _("Something else")
    OBJECTION = "objection", _("Why an applicant should not get a licence")


class ContactChoice(TextChoices):
    """How the reporter may be reached."""

    MAILBOX = "mailbox", _("By a mailbox on this website. You do not give your name.")
    DIRECT = "direct", _("By telephone or email")
    NONE = "none", _("Do not contact me")


# What only the authority sees bears its words where the model is (`compliance/models`): no worker reads them.
class ReferralStatus(StrEnum):
    """Where a referral stands, by whom it waits for."""

    PREPARED = "prepared"  # a second reader
    RETURNED = "returned"  # whoever prepared it
    READ = "read"  # being sent
    SENT = "sent"  # the first answer
    ANSWERED = "answered"  # the final answer
    CONCLUDED = "concluded"
    DROPPED = "dropped"


P = ReferralStatus

REFERRAL = Lifecycle(
    P.PREPARED,
    move("give_back", {P.PREPARED}, P.RETURNED),
    move("prepare_again", {P.RETURNED}, P.PREPARED),
    move("second_read", {P.PREPARED}, P.READ),
    move("send", {P.READ}, P.SENT),
    move("decide_reasonable_grounds", {P.SENT}, P.ANSWERED),
    move("conclude", {P.ANSWERED}, P.CONCLUDED),
    move("drop", {P.PREPARED, P.RETURNED, P.READ}, P.DROPPED),
)


class CaseStatus(StrEnum):
    """Where a case of supply without a licence stands, by whom it waits for."""

    OPEN = "open"  # the officer
    PROPOSED = "proposed"  # a second person
    REFERRED = "referred"  # the prosecutor
    CLOSED = "closed"


C = CaseStatus

UNLICENSED_CASE = Lifecycle(
    C.OPEN,
    move("propose_outcome", {C.OPEN}, C.PROPOSED),
    move("look_further", {C.PROPOSED}, C.OPEN),
    move("refer", {C.PROPOSED}, C.REFERRED),
    move("end_case", {C.PROPOSED}, C.CLOSED),
    move("record_result", {C.REFERRED}, C.CLOSED),
)


class UndertakingStatus(StrEnum):
    """Where a labour market undertaking stands, and the order that may follow it (Employment Rights Act 2025, ss.119-129)."""

    DRAFT = "draft"
    DISCARDED = "discarded"
    NOTICE = "notice"
    NEGOTIATING = "negotiating"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    LAPSED = "lapsed"
    RELEASED = "released"
    BREACHED = "breached"
    ENDED = "ended"
    ORDER_APPLIED = "order_applied"
    ORDER_DISMISSED = "order_dismissed"
    ORDER_MADE = "order_made"
    ORDER_VARIED = "order_varied"
    ORDER_DISCHARGED = "order_discharged"
    ORDER_ENDED = "order_ended"


U = UndertakingStatus
IN_NEGOTIATION = (U.NOTICE, U.NEGOTIATING)
ORDER_HOLDS = (U.ORDER_MADE, U.ORDER_VARIED)

UNDERTAKING = Lifecycle(
    U.DRAFT,
    move("serve", {U.DRAFT}, U.NOTICE),
    move("discard", {U.DRAFT}, U.DISCARDED),
    move("negotiate", {U.NOTICE}, U.NEGOTIATING),
    move("extend_negotiation", IN_NEGOTIATION, U.NEGOTIATING),
    move("accept_undertaking", IN_NEGOTIATION, U.ACCEPTED),
    move("refuse_undertaking", IN_NEGOTIATION, U.REFUSED),
    move("lapse", IN_NEGOTIATION, U.LAPSED),
    move("release", {U.ACCEPTED}, U.RELEASED),
    move("breach", {U.ACCEPTED}, U.BREACHED),
    move("end_undertaking", {U.ACCEPTED}, U.ENDED),
    move("apply_for_order", {U.REFUSED, U.LAPSED, U.BREACHED}, U.ORDER_APPLIED),
    move("dismiss_order", {U.ORDER_APPLIED}, U.ORDER_DISMISSED),
    move("make_order", {U.ORDER_APPLIED}, U.ORDER_MADE),
    move("vary_order", ORDER_HOLDS, U.ORDER_VARIED),
    move("discharge_order", ORDER_HOLDS, U.ORDER_DISCHARGED),
    move("end_order", ORDER_HOLDS, U.ORDER_ENDED),
)


class UnderpaymentStatus(StrEnum):
    """Where a notice of underpayment stands (Employment Rights Act 2025, ss.103-115)."""

    DRAFTED = "drafted"
    LEFT = "left"
    TO_PAY = "to_pay"
    PAID = "paid"
    UNPAID = "unpaid"
    IN_COURT = "in_court"
    WITHDRAWN = "withdrawn_notice"


N = UnderpaymentStatus

UNDERPAYMENT = Lifecycle(
    N.DRAFTED,
    move("serve_underpayment", {N.DRAFTED}, N.TO_PAY),
    move("leave_underpayment", {N.DRAFTED}, N.LEFT),
    move("settle_underpayment", {N.TO_PAY, N.UNPAID, N.IN_COURT}, N.PAID),
    move("miss_payment", {N.TO_PAY}, N.UNPAID),
    move("withdraw_underpayment", {N.TO_PAY, N.UNPAID}, N.WITHDRAWN),
    move("enforce_underpayment", {N.UNPAID}, N.IN_COURT),
)


class ConvictionOrderStatus(StrEnum):
    """Where an order stands that a court made when it convicted."""

    WRITTEN = "written"
    STRUCK = "struck"
    HOLDS = "holds"
    LIFTED = "lifted"
    OVER = "over"


H = ConvictionOrderStatus

CONVICTION_ORDER = Lifecycle(
    H.WRITTEN,
    move("compare_order", {H.WRITTEN}, H.HOLDS),
    move("strike_order", {H.WRITTEN}, H.STRUCK),
    move("vary_holding_order", {H.HOLDS}, H.HOLDS),
    move("lift_order", {H.HOLDS}, H.LIFTED),
    move("run_out_order", {H.HOLDS}, H.OVER),
)
