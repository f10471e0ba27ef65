"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from collections.abc import Set
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from licensing.time_limits.rules.appeals import APPEAL
from licensing.time_limits.rules.clock import Clock, Party, Unit
from registry.schemes import Scheme

# --- an application ---

CHECK_REPLY = Clock(
    "check_reply",
    _("Reply of another authority"),
    _("{n} days after it was asked, as the scheme says of this check."),
    Party.AGENCY,
    Unit.DAYS,
)


# On reminders no law says anything, so that it is not among `CLOCKS`, which the pack has the law of.
CHECK_REMINDER = Clock(
    "check_reminder",
    _("Reminder of another authority"),
    _("{n} days after it was asked, as the scheme says of this check, or after the reply was due."),
    Party.AUTHORITY,
    Unit.DAYS,
)


ANSWER_REQUEST = Clock(
    "answer_request",
    _("Answer of the applicant"),
    _("The day that the case officer set. The authority may ask for any document or information that it needs."),
    Party.SUBJECT,
    Unit.AGREED,
)


PAY_INSPECTION = Clock(
    "pay_inspection",
    _("Payment of the charge for an inspection"),
    _("{n} days after it was demanded."),
    Party.SUBJECT,
    Unit.DAYS,
    lambda scheme: scheme.payments.inspection.days if scheme.payments and scheme.payments.inspection else None,
)


PAY_SHORTFALL = Clock(
    "pay_shortfall",
    _("Payment of the difference of the fee"),
    _("{n} days after it was demanded."),
    Party.SUBJECT,
    Unit.DAYS,
    lambda scheme: scheme.payments.shortfall.days if scheme.payments and scheme.payments.shortfall else None,
)


OBJECTIONS = Clock(
    "objections",
    _("Objections of the public"),
    _("Anybody may object for {n} days after the application."),
    Party.SUBJECT,
    Unit.DAYS,
    lambda scheme: scheme.objections.days if scheme.objections else None,
    lapses=True,
)


REPORT_INSPECTION = Clock(
    "report_inspection",
    _("Report of an inspection"),
    _("The day that was set when the inspection was commissioned."),
    Party.INSPECTOR,
    Unit.AGREED,
)


# --- a decision ---

REPLY_TO_NOTICE = Clock(
    "reply_to_notice",
    _("Reply to a notice"),
    _("{n} working days after the notice: we decide on a ground only when the time to reply is over."),
    Party.SUBJECT,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.notice.reply_working_days,
    lapses=True,
)


CORRECT_FACTS = Clock(
    "correct_facts",
    _("Correction of errors of fact after a refusal"),
    _("{n} days after the refusal, before an appeal."),
    Party.SUBJECT,
    Unit.DAYS,
    lambda scheme: scheme.notice.correct_facts_days or None,
    lapses=True,
)


IMMEDIATE_EFFECT = Clock(
    "immediate_effect",
    _("Last day on which a decision with immediate effect can take effect"),
    _("With immediate effect means within {n} working days after the date of the decision document."),
    Party.AUTHORITY,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.immediate.max_working_days,
)


TAKES_EFFECT = Clock(
    "takes_effect",
    _("Takes effect"),
    _(
        "The day that the decision names. It is not before the time to appeal is over, unless the decision has immediate "
        "effect or the holder has asked for it."
    ),
    Party.AUTHORITY,
    Unit.AGREED,
    lapses=True,
)


# --- a licence ---

LICENCE_ENDS = Clock(
    "licence_ends",
    _("Last day of the licence, unless renewed"),
    _("{n} months from the first day."),
    Party.SUBJECT,
    Unit.MONTHS,
    lambda scheme: scheme.licence_months,
    lapses=True,
)


RENEWAL_OPENS = Clock(
    "renewal_opens",
    _("Renewal opens"),
    _("{n} weeks before the last day of the licence."),
    Party.SUBJECT,
    Unit.WEEKS,
    lambda scheme: scheme.renewal.opens_weeks,
    back=True,
    lapses=True,
)


RENEWAL_REMINDER = Clock(
    "renewal_reminder",
    _("Reminder to renew"),
    _("{n} weeks before the last day of the licence."),
    Party.AUTHORITY,
    Unit.WEEKS,
    back=True,
)


START_OF_SUPPLY = Clock(
    "start_of_supply",
    _("Telling us that supply has begun"),
    _("{n} working days after supply began."),
    Party.SUBJECT,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.changes.start_of_supply_working_days,
)


TELL_CHANGE = Clock(
    "tell_change",
    _("Telling us of a change"),
    _("{n} working days after it happened."),
    Party.SUBJECT,
    Unit.WORKING_DAYS,
    lambda scheme: scheme.changes.working_days,
)


MEET_CONDITION = Clock(
    "meet_condition",
    _("Meeting a condition"),
    _("The day that was agreed when the condition was imposed."),
    Party.SUBJECT,
    Unit.AGREED,
)


SUSPENSION_ENDS = Clock(
    "suspension_ends",
    _("Last day of the suspension"),
    _("The day that the decision names."),
    Party.AUTHORITY,
    Unit.AGREED,
    lapses=True,
)


def earliest_effect(decided_on: date, *, immediate: bool, scheme: Scheme, holidays: Set[date]) -> date:
    """The first day on which a decision on a licence can take effect: at once if immediate, else after the time to appeal."""
    if immediate:
        return decided_on
    return APPEAL.due_on(decided_on, scheme=scheme, holidays=holidays) + timedelta(days=1)
