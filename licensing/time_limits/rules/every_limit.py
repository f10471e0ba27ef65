"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from licensing.time_limits.rules import appeals
from licensing.time_limits.rules.clock import Clock
from licensing.time_limits.rules.licensing import (
    ANSWER_REQUEST,
    CHECK_REPLY,
    CORRECT_FACTS,
    IMMEDIATE_EFFECT,
    LICENCE_ENDS,
    MEET_CONDITION,
    OBJECTIONS,
    PAY_INSPECTION,
    PAY_SHORTFALL,
    RENEWAL_OPENS,
    RENEWAL_REMINDER,
    REPLY_TO_NOTICE,
    REPORT_INSPECTION,
    START_OF_SUPPLY,
    SUSPENSION_ENDS,
    TAKES_EFFECT,
    TELL_CHANGE,
)

CLOCKS: tuple[Clock, ...] = (
    CHECK_REPLY,
    ANSWER_REQUEST,
    PAY_INSPECTION,
    PAY_SHORTFALL,
    OBJECTIONS,
    REPORT_INSPECTION,
    REPLY_TO_NOTICE,
    CORRECT_FACTS,
    appeals.APPEAL,
    appeals.APPEAL_IMMEDIATE,
    IMMEDIATE_EFFECT,
    TAKES_EFFECT,
    LICENCE_ENDS,
    RENEWAL_OPENS,
    RENEWAL_REMINDER,
    START_OF_SUPPLY,
    TELL_CHANGE,
    MEET_CONDITION,
    SUSPENSION_ENDS,
    appeals.APPEAL_REPLY,
    appeals.HEARING_FIXED,
    appeals.HEARING_NOTICE,
    appeals.HEARING_STATEMENTS,
    appeals.HEARING_REPRESENTATIONS,
    appeals.APPEAL_DECIDED,
    appeals.WITHDRAWAL_BITES,
)
