"""What can happen to an inspection. Read it aloud to an inspector."""

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
