"""intelligence.toml: how fast a report is looked at, what it is tagged by, and how intelligence is graded. A version may do without it."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Text

#: As people write a grade: 1, A, P, S2.
Grade = Annotated[str, Field(pattern=r"^[A-Z0-9]{1,2}$")]
#: What whoever reports answers to whether somebody is in danger.
Answer = Literal["yes", "not_sure", "no"]


class Priority(Sourced):
    """How urgent a report is: within how many hours a person decides what becomes of it, within how many days the reporter is told."""

    code: Code
    title: Text
    hours: int = Field(ge=1)
    outcome_days: int = Field(ge=1)
    answers: tuple[Answer, ...] = ()  # until a person has said otherwise, by what the reporter answered


class Indicator(Sourced):
    """A sign of forced labour: how it looks, what to do, and who to tell."""

    code: str = Field(pattern=r"^[0-9]{1,2}$")
    title: Text
    guidance: Text | None = None
    act: Text | None = None
    tell: Text | None = None
    danger: bool = False  # seen on a visit, it alarms those on duty


class OffenderMethod(Sourced):
    """A way in which offenders recruit, control or hide: how to recognise it, what to do, and who to tell."""

    code: str = Field(pattern=r"^M[0-9]{1,2}$")
    title: Text
    guidance: Text
    act: Text | None = None
    tell: Text | None = None


class UsualResponse(Sourced):
    """What to do and who to tell where a sign or a method says nothing of its own."""

    act: Text
    tell: Text


class GradeTerms(Sourced):
    code: Grade
    title: Text


class HandlingCode(GradeTerms):
    """Whether intelligence may be shared; with conditions, if `has_conditions`."""

    has_conditions: bool = False


class ReleaseCheck(Sourced):
    """What a second person asks of a text before it may leave those who work with intelligence, and the answer that lets it."""

    code: Code
    question: Text
    lets: Literal["yes", "no"]


class IntelligenceTerms(Sourced):
    """The words and codes by which reports are sorted and intelligence is graded."""

    priorities: tuple[Priority, ...] = Field(min_length=1)
    indicators: tuple[Indicator, ...] = Field(min_length=1)
    methods: tuple[OffenderMethod, ...] = ()
    usual: UsualResponse | None = None
    sources: tuple[GradeTerms, ...] = Field(min_length=1)
    information: tuple[GradeTerms, ...] = Field(min_length=1)
    handling: tuple[HandlingCode, ...] = Field(min_length=1)
    conditions: tuple[GradeTerms, ...] = ()
    release: tuple[ReleaseCheck, ...] = ()
    nearly_equal_percent: int = Field(default=80, ge=50, le=100)  # so alike, a text is what was heard

    @model_validator(mode="after")
    def _each_answer_has_one_priority(self) -> "IntelligenceTerms":
        answered = sorted(answer for one in self.priorities for answer in one.answers)
        if answered != ["no", "not_sure", "yes"]:
            raise ValueError("each of the answers yes, not_sure and no belongs to one priority")
        return self

    def act_of(self, sign: Indicator | OffenderMethod) -> Text | None:
        return sign.act or (self.usual.act if self.usual else None)

    def tell_of(self, sign: Indicator | OffenderMethod) -> Text | None:
        return sign.tell or (self.usual.tell if self.usual else None)

    def priority(self, code: str) -> Priority | None:
        return next((one for one in self.priorities if one.code == code), None)

    def priority_of(self, answer: str) -> Priority:
        """How urgent it is by what the reporter answered."""
        return next(one for one in self.priorities if answer in one.answers)
