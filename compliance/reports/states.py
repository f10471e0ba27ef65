"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from registry.lifecycle import Lifecycle, move


class ReportStatus(TextChoices):
    """Where a report stands; the reporter reads the same words."""

    RECEIVED = "received", _("Received")
    BEING_LOOKED_AT = "being_looked_at", _("Being looked at")
    DONE = "done", _("Done")


R = ReportStatus


REPORT = Lifecycle(
    R.RECEIVED,
    move("begin", {R.RECEIVED}, R.BEING_LOOKED_AT, sets=("begun_by", "begun_at")),
    move("close", {R.BEING_LOOKED_AT}, R.DONE, sets=("closed_at",)),
    move("reopen", {R.DONE}, R.BEING_LOOKED_AT, sets=("closed_at",)),
)


class Danger(TextChoices):
    """Whether somebody is in danger now, as the reporter sees it."""

    YES = "yes", _("Yes")
    NOT_SURE = "not_sure", _("I am not sure")
    NO = "no", _("No")


#: The reporter is shown whom to call, before and after the report.
MAY_BE_DANGER = frozenset({Danger.YES, Danger.NOT_SURE})


class ConcernKind(TextChoices):
    """What a report is about, in the reporter's words; whoever reads it sorts it by the standards later."""

    LICENCE = "licence", _("Work without a licence, or with someone else’s licence")
    PAY = "pay", _("Pay that is missing, late, too low, or taken away")
    FEES = "fees", _("Money asked for finding work")
    PAPERS = "papers", _("A passport or identity card that someone keeps")
    FORCE = "force", _("Threats, violence, debts that never end, being watched or locked in")
    UNSAFE = "unsafe", _("Unsafe work, transport or housing")
    OTHER = "other", _("Something else")
    OBJECTION = "objection", _("Why an applicant should not get a licence")


class AnswerBy(TextChoices):
    """How a reporter who gave a number or an address wants to be reached."""

    CALL = "call", _("By a telephone call")
    TEXT = "text", _("By a text message")
    EMAIL = "email", _("By email")


class ContactChoice(TextChoices):
    """How the reporter may be reached."""

    MAILBOX = "mailbox", _("By a mailbox on this website. You do not give your name.")
    DIRECT = "direct", _("By telephone or email")
    NONE = "none", _("Do not contact me")
