"""Every date that the law or the scheme sets, worked out here and nowhere else: what it is, how long, by which rule.

Lengths are facts of the scheme and come from its pack; the holidays are those of the nation where the organisation is
(`registry.holidays.models.Calendar`). A page, a letter or a rule that needs a date asks its clock for it.
"""

from licensing.time_limits.rules.appeals import (
    APPEAL,
    APPEAL_DECIDED,
    APPEAL_IMMEDIATE,
    APPEAL_REPLY,
    HEARING_FIXED,
    HEARING_NOTICE,
    HEARING_REPRESENTATIONS,
    HEARING_STATEMENTS,
    WITHDRAWAL_BITES,
)
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
