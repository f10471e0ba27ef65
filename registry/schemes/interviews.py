"""interviews.toml: how many workers an inspector speaks to, what each is told first, and what each is asked.

A version may do without it, and then nobody is drawn and the inspector asks in their own words.
"""

from typing import Literal

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text


class SampleSize(Sourced):
    """How many of the workers who are there are interviewed: a share of them, and never fewer than the least."""

    percent: int = Field(ge=1, le=100)
    least: int = Field(ge=1)

    def of(self, workers: int) -> int:
        """How many of so many: rounded up, at least the least, and never more than there are."""
        return min(workers, max(self.least, -(-workers * self.percent // 100)))


class InterviewExplanation(Frozen):
    """Something that a worker is told before they say whether they want to talk."""

    code: Code
    words: Text


class Pointer(Frozen):
    """Which answer to a question may be a sign of forced labour, and of which kind. It only reminds: the inspector judges."""

    answer: Literal["yes", "no"]
    indicator: str = Field(pattern=r"^[0-9]{1,2}$")


class InterviewQuestion(Sourced):
    """A question to a worker; the words of the answer can always be written down, a yes or no besides."""

    code: Code
    words: Text
    kind: Literal["text", "yes_no"] = "text"
    points_to: Pointer | None = None
    danger: Literal["yes", "no", ""] = ""  # this answer alarms those on duty

    @model_validator(mode="after")
    def _points_by_a_yes_or_no(self) -> "InterviewQuestion":
        if self.points_to is not None and self.kind != "yes_no":
            raise ValueError("only a question of kind yes_no can point to an indicator")
        if self.danger and self.kind != "yes_no":
            raise ValueError("only a question of kind yes_no can be about danger")
        return self


class Interviews(Sourced):
    """How workers are interviewed."""

    sample: SampleSize
    explained: tuple[InterviewExplanation, ...] = Field(min_length=1)
    questions: tuple[InterviewQuestion, ...] = Field(min_length=1)
