"""clocks.toml: the law behind each date that is counted, and the lengths that no other file has. A version may do without it."""

from typing import Literal, get_args

from pydantic import Field, model_validator

from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text

#: What is counted by a length of scheme.toml or another file, or is agreed each time.
Told = Literal[
    "check_reply",
    "answer_request",
    "pay_inspection",
    "pay_shortfall",
    "objections",
    "report_inspection",
    "reply_to_notice",
    "correct_facts",
    "appeal",
    "appeal_immediate",
    "immediate_effect",
    "takes_effect",
    "licence_ends",
    "renewal_opens",
    "renewal_reminder",
    "start_of_supply",
    "tell_change",
    "meet_condition",
    "suspension_ends",
]
#: What is counted while an appeal is heard: its length stands here, in working days.
Counted = Literal[
    "appeal_reply",
    "hearing_fixed",
    "hearing_notice",
    "hearing_statements",
    "hearing_representations",
    "appeal_decided",
    "withdrawal_bites",
]
COUNTED: tuple[str, ...] = get_args(Counted)


class ClockTerms(Sourced):
    """One date that is counted: the law that it rests on, as people read it, and how long it is."""

    code: Told | Counted
    law: Text
    working_days: int | None = Field(default=None, ge=1)

    @model_validator(mode="after")
    def _the_length_stands_in_one_place(self) -> "ClockTerms":
        if (self.code in COUNTED) != (self.working_days is not None):
            raise ValueError(f"working_days is given for {', '.join(COUNTED)}, and for no other clock")
        return self


class Clocks(Frozen):
    clocks: tuple[ClockTerms, ...] = ()
