"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from collections.abc import Callable, Set
from datetime import date

from django.utils.translation import gettext_lazy as _

from licensing.time_limits.rules.clock import Clock, Party, Unit
from registry.schemes import Scheme

APPEAL = Clock(
    "appeal",
    _("Appeal"),
    _("The notice of appeal must be received within {n} working days after the date of the decision document."),
    Party.SUBJECT,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.appeal.working_days,
    lapses=True,
)


APPEAL_IMMEDIATE = Clock(
    "appeal_immediate",
    _("Appeal against a decision with immediate effect"),
    _("The notice of appeal must be received within {n} working days after the date of the decision document."),
    Party.SUBJECT,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.appeal.immediate_working_days,
    lapses=True,
)


# --- an appeal ---


def _counted(code: str) -> Callable[[Scheme], int | None]:
    def length(scheme: Scheme) -> int | None:
        found = scheme.clock(code)
        return found.working_days if found else None

    return length


APPEAL_REPLY = Clock(
    "appeal_reply",
    _("Reply of the authority to the appeal"),
    _(
        "{n} working days, of which the first is the day of receipt. Without a reply in time the authority takes no part."
    ),
    Party.AUTHORITY,
    Unit.WORKING_DAYS,
    _counted("appeal_reply"),
    begins_with=True,
)


HEARING_FIXED = Clock(
    "hearing_fixed",
    _("Day of the hearing fixed"),
    _("The tribunal fixes a day within {n} working days of the reply."),
    Party.TRIBUNAL,
    Unit.WORKING_DAYS,
    _counted("hearing_fixed"),
)


HEARING_NOTICE = Clock(
    "hearing_notice",
    _("Last day to give notice of the hearing"),
    _("{n} working days before the hearing."),
    Party.TRIBUNAL,
    Unit.WORKING_DAYS,
    _counted("hearing_notice"),
    back=True,
)


HEARING_STATEMENTS = Clock(
    "hearing_statements",
    _("Who attends, witnesses and signed statements"),
    _("{n} working days before the hearing."),
    Party.AUTHORITY,
    Unit.WORKING_DAYS,
    _counted("hearing_statements"),
    back=True,
)


HEARING_REPRESENTATIONS = Clock(
    "hearing_representations",
    _("Written representations for the hearing"),
    _("{n} working days before the hearing."),
    Party.AUTHORITY,
    Unit.WORKING_DAYS,
    _counted("hearing_representations"),
    back=True,
)


APPEAL_DECIDED = Clock(
    "appeal_decided",
    _("Decision of the tribunal on an appeal against immediate effect"),
    _("{n} working days after the appeal was received, unless justice requires otherwise."),
    Party.TRIBUNAL,
    Unit.WORKING_DAYS,
    _counted("appeal_decided"),
)


WITHDRAWAL_BITES = Clock(
    "withdrawal_bites",
    _("Decision takes effect after the appeal was withdrawn"),
    _("The later of the day that the decision named and the {n}th working day after the notice of the withdrawal."),
    Party.AUTHORITY,
    Unit.WORKING_DAYS,
    _counted("withdrawal_bites"),
    lapses=True,
)


def to_appeal(*, immediate: bool) -> Clock:
    return APPEAL_IMMEDIATE if immediate else APPEAL


def after_withdrawal(notified_on: date, *, named: date, scheme: Scheme, holidays: Set[date]) -> date:
    """The first day on which a decision takes effect whose appeal was withdrawn: never before the day that it named."""
    return max(named, WITHDRAWAL_BITES.due_on(notified_on, scheme=scheme, holidays=holidays))
