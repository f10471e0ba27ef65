"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from collections.abc import Callable, Set
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registry import workdays
from registry.schemes import Scheme, Text, said

NO_HOLIDAYS: frozenset[date] = frozenset()


class Unit(StrEnum):
    WORKING_DAYS = "working_days"
    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    AGREED = "agreed"  # set each time


class Party(TextChoices):
    """Who has to do something by the day."""

    SUBJECT = "subject", _("Applicant or holder")
    AUTHORITY = "authority", _("The authority")
    INSPECTOR = "inspector", _("The inspector")
    AGENCY = "agency", _("Another authority")
    TRIBUNAL = "tribunal", _("The tribunal")
    OTHER_SIDE = "other_side", _("Whoever is asked for it")


def _set_each_time(scheme: Scheme) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Clock:
    """One date that is counted. The law that it rests on is the pack's (`clocks.toml`).

    `lapses`: a right that ends with the day, and no duty: nobody is late once it has passed.
    `begins_with`: the law counts from the beginning of the first day, so that this day is one of them.
    """

    code: str
    title: str | Promise
    words: str | Promise
    waits_for: Party
    unit: Unit
    of: Callable[[Scheme], int | None] = _set_each_time
    back: bool = False
    lapses: bool = False
    begins_with: bool = False
    rests_on: Callable[[Scheme], Text | None] | None = None  # where the law stands in another file of the pack

    def length(self, scheme: Scheme) -> int:
        """How long it is under this version of the scheme. Raises ValueError where the version says nothing of it."""
        found = self.of(scheme)
        if found is None:
            raise ValueError(f"{scheme} has no length for the clock {self.code}")
        return found

    def due_on(self, start: date, *, scheme: Scheme, holidays: Set[date] = NO_HOLIDAYS) -> date:
        """The day it ends on, counted under this version of the scheme."""
        return self.after(start, self.length(scheme), holidays=holidays)

    def after(self, start: date, length: int, *, holidays: Set[date] = NO_HOLIDAYS) -> date:
        """The day it ends on when it is this long: of clocks that differ from check to check, or from change to change."""
        length = -length if self.back else length
        if self.begins_with:
            start -= timedelta(days=1)
        if self.unit == Unit.WORKING_DAYS:
            return workdays.add_working_days(start, length, holidays)
        if self.unit == Unit.MONTHS:
            return workdays.last_day_of_term(start, length)
        return start + (timedelta(weeks=length) if self.unit == Unit.WEEKS else timedelta(days=length))

    def law(self, scheme: Scheme, language: str) -> str:
        """The law that it rests on, as the pack says it; empty where this version says nothing."""
        if self.rests_on is not None:
            law = self.rests_on(scheme)
        else:
            found = scheme.clock(self.code)
            law = found.law if found else None
        return said(law, language) if law else ""

    def rule(self, length: int | None = None) -> str:
        """The rule in words, with its length."""
        return str(self.words) if length is None else str(self.words).format(n=length)


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
    _("{n} working days after the notice: nobody loses on a ground before the time to reply to it is over."),
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
        "The day that the decision names: not before the time to appeal is over, unless it has immediate effect or the "
        "holder has asked for it."
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

# --- undertakings and orders, which compliance asks for: their lengths and law stand in enforcement.toml ---


def _law_of_undertakings(scheme: Scheme) -> Text | None:
    return scheme.enforcement.undertakings.law if scheme.enforcement else None


AGREE_UNDERTAKING = Clock(
    "agree_undertaking",
    _("Last day to agree on an undertaking"),
    _("{n} days after the notice, or longer if both agree."),
    Party.OTHER_SIDE,
    Unit.DAYS,
    lambda scheme: scheme.enforcement.undertakings.negotiate_days if scheme.enforcement else None,
    lapses=True,
    rests_on=_law_of_undertakings,
)
UNDERTAKING_ENDS = Clock(
    "undertaking_ends",
    _("Last day of an undertaking"),
    _("As many months after it was accepted as it says: {n} at most."),
    Party.OTHER_SIDE,
    Unit.MONTHS,
    lambda scheme: scheme.enforcement.undertakings.months if scheme.enforcement else None,
    lapses=True,
    rests_on=_law_of_undertakings,
)
ORDER_ENDS = Clock(
    "order_ends",
    _("Last day of an order"),
    _("The day that the court has set: {n} months at most."),
    Party.OTHER_SIDE,
    Unit.MONTHS,
    lambda scheme: scheme.enforcement.undertakings.order_months if scheme.enforcement else None,
    lapses=True,
    rests_on=_law_of_undertakings,
)
OF_UNDERTAKINGS = (AGREE_UNDERTAKING, UNDERTAKING_ENDS, ORDER_ENDS)

# --- notices of underpayment, and orders on conviction: sanctions.toml ---

PAY_UNDERPAYMENT = Clock(
    "pay_underpayment",
    _("Payment of a notice of underpayment"),
    _("{n} days, of which the first is the day of the notice."),
    Party.OTHER_SIDE,
    Unit.DAYS,
    lambda scheme: scheme.sanctions.underpayment.pay_days if scheme.sanctions else None,
    rests_on=lambda scheme: scheme.sanctions.underpayment.law if scheme.sanctions else None,
    begins_with=True,
)
CONVICTION_ORDER_ENDS = Clock(
    "conviction_order_ends",
    _("Last day of an order made on conviction"),
    _("The day that the court has set: {n} months at most."),
    Party.OTHER_SIDE,
    Unit.MONTHS,
    lambda scheme: scheme.sanctions.conviction.months if scheme.sanctions else None,
    lapses=True,
    rests_on=lambda scheme: scheme.sanctions.conviction.law if scheme.sanctions else None,
)
OF_SANCTIONS = (PAY_UNDERPAYMENT, CONVICTION_ORDER_ENDS)

# --- reports, whose dates compliance counts by their urgency: intelligence.toml ---

DECIDE_REPORT = Clock(
    "decide_report",
    _("Deciding what becomes of a report"),
    _("As many hours after it came as its urgency gives, whatever was said since."),
    Party.AUTHORITY,
    Unit.AGREED,
)
TELL_REPORTER = Clock(
    "tell_reporter",
    _("Telling a reporter what became of it"),
    _("As many days after the report came as its urgency gives."),
    Party.AUTHORITY,
    Unit.AGREED,
)
OF_REPORTS = (DECIDE_REPORT, TELL_REPORTER)

CLOCKS: tuple[Clock, ...] = (
    CHECK_REPLY,
    ANSWER_REQUEST,
    PAY_INSPECTION,
    PAY_SHORTFALL,
    OBJECTIONS,
    REPORT_INSPECTION,
    REPLY_TO_NOTICE,
    CORRECT_FACTS,
    APPEAL,
    APPEAL_IMMEDIATE,
    IMMEDIATE_EFFECT,
    TAKES_EFFECT,
    LICENCE_ENDS,
    RENEWAL_OPENS,
    RENEWAL_REMINDER,
    START_OF_SUPPLY,
    TELL_CHANGE,
    MEET_CONDITION,
    SUSPENSION_ENDS,
    APPEAL_REPLY,
    HEARING_FIXED,
    HEARING_NOTICE,
    HEARING_STATEMENTS,
    HEARING_REPRESENTATIONS,
    APPEAL_DECIDED,
    WITHDRAWAL_BITES,
)


def to_appeal(*, immediate: bool) -> Clock:
    return APPEAL_IMMEDIATE if immediate else APPEAL


def earliest_effect(decided_on: date, *, immediate: bool, scheme: Scheme, holidays: Set[date]) -> date:
    """The first day on which a decision on a licence can take effect: at once if immediate, else after the time to appeal."""
    if immediate:
        return decided_on
    return APPEAL.due_on(decided_on, scheme=scheme, holidays=holidays) + timedelta(days=1)


def after_withdrawal(notified_on: date, *, named: date, scheme: Scheme, holidays: Set[date]) -> date:
    """The first day on which a decision takes effect whose appeal was withdrawn: never before the day that it named."""
    return max(named, WITHDRAWAL_BITES.due_on(notified_on, scheme=scheme, holidays=holidays))
