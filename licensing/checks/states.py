"""The states of what this room is about, what may follow what, and who must act in each."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
    OVERRIDE = "override", _("Decided by two officers, who override the authority")


#: What an authority said itself: no officer alone can record anything over it.
OWN_WORD = (ReplyWay.AGENCY, ReplyWay.FILE)


class AskingKind(TextChoices):
    REQUEST = "request", _("Asked")
    FILE = "file", _("Asked by file")
    CHASER = "chaser", _("Reminded")
