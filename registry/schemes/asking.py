"""asking.toml: by when an applicant must answer what it is asked, and what follows if it does not. A version may do without it."""

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Text

#: No request is reminded of earlier than this many days before its day.
EARLIEST_REMINDER = 30


class WantOfReply(Sourced):
    """The ground on which an application can be refused because the applicant did not answer."""

    standard: str
    text: Text


class RequestTerms(Sourced):
    """All lengths are in days: what is usual, the longest that can be given at once, and how long before the day a reminder goes out."""

    usual_days: int = Field(default=14, ge=1)
    longest_days: int = Field(default=60, ge=1, le=366)
    remind_days: int = Field(default=5, ge=1, le=EARLIEST_REMINDER)
    want_of_reply: WantOfReply | None = None  # none: want of a reply is no ground in itself
