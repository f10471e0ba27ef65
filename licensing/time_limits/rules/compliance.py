"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from django.utils.translation import gettext_lazy as _

from licensing.time_limits.rules.clock import Clock, Party, Unit
from registry.schemes import Scheme, Text

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
    _("Deciding what to do with a report"),
    _("As many hours after it came as its urgency gives, whatever was said since."),
    Party.AUTHORITY,
    Unit.AGREED,
)


TELL_REPORTER = Clock(
    "tell_reporter",
    _("Telling a reporter the outcome"),
    _("As many days after the report came as its urgency gives."),
    Party.AUTHORITY,
    Unit.AGREED,
)


OF_REPORTS = (DECIDE_REPORT, TELL_REPORTER)
