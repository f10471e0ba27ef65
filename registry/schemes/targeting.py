"""targeting.toml: by which signals licences are looked at, how many points each gives, and what is published of it.

A version may do without it, and then no licence is scored and nobody is chosen by a score.
"""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text

#: What the product can read today; `compliance/targeting/rules/indicators.py` reads each. Nothing about who a person is.
Measure = Literal[
    "standards_failed",
    "critical_failed",
    "notices_late",
    "conditions_overdue",
    "months_unvisited",
    "growth",
    "sub_suppliers",
    "accommodation",
    "new_to_supply",
    "loans",
    "agent_fees",
    "intelligence",
]
#: These look back, so the pack says how far.
LOOKS_BACK = frozenset({"standards_failed", "critical_failed", "notices_late", "growth", "intelligence"})
#: Whoever is told of these could tell that somebody has spoken, so the holder is never shown them.
NEVER_SHOWN = frozenset({"intelligence"})


#: A source and an information grade as they are written: 1A.
Graded = Annotated[str, Field(pattern=r"^[A-Z0-9]{2,4}$")]


class ScoreStep(Frozen):
    """From this value on, so many points: the highest step reached counts, and the ones below it do not."""

    at_least: int = Field(ge=1)
    points: int = Field(ge=0, le=100)


class TargetingSignal(Sourced):
    """One thing that is looked at. What nothing feeds is no signal."""

    code: Code
    title: Text
    counts: Text  # what the value is
    measure: Measure
    months: int | None = Field(default=None, ge=1, le=120)
    shown: bool = True  # to the holder
    steps: tuple[ScoreStep, ...] = Field(min_length=1)
    worth: dict[Graded, int] = Field(default_factory=dict)  # what a piece of intelligence of each grade counts

    @model_validator(mode="after")
    def _is_said_in_full(self) -> "TargetingSignal":
        if (self.measure in LOOKS_BACK) != (self.months is not None):
            raise ValueError("months says how far a signal looks back, where it does")
        if (self.measure == "intelligence") != bool(self.worth):
            raise ValueError("worth says what each grade of intelligence counts, and nothing else")
        if self.measure in NEVER_SHOWN and self.shown:
            raise ValueError("the holder is never shown this: shown = false")
        at = [step.at_least for step in self.steps]
        if at != sorted(set(at)):
            raise ValueError("the steps go up")
        return self


class PublishedText(Frozen):
    """One entry of the published record."""

    title: Text
    text: Text


class Targeting(Sourced):
    """How it is chosen whom to visit after the grant."""

    random_percent: int = Field(ge=20, le=100)  # of the visits of a round; never none, and never less than a fifth
    visit_within_days: int = Field(default=90, ge=7, le=366)  # the visits of a round, after they were selected
    one_person_percent: int = Field(default=100, ge=0, le=100)  # of the highest score, that one person's grade may move
    about: Text
    record: tuple[PublishedText, ...] = Field(min_length=1)
    signals: tuple[TargetingSignal, ...] = Field(min_length=1)

    @property
    def worth(self) -> dict[str, int]:
        """What a piece of intelligence of each grade counts; empty where no signal reads any."""
        return {grade: points for one in self.signals for grade, points in one.worth.items()}


class TargetingFile(Frozen):
    """The whole of targeting.toml."""

    targeting: Targeting | None = None
