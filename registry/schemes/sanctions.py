"""sanctions.toml: notices of underpayment, and orders that a court makes when it convicts. A version may do without it."""

from pydantic import Field, model_validator

from registry.schemes.letters import LetterWording
from registry.schemes.terms import Sourced
from registry.schemes.texts import Text

#: What the product sends, and so must find here.
LETTERS = ("underpayment_notice", "underpayment_withdrawn")


class Underpayment(Sourced):
    """Within how many days is paid, and how the penalty is counted from what is owed."""

    law: Text
    pay_days: int = Field(ge=1)
    penalty_percent: int = Field(ge=0)
    least_pounds: int = Field(ge=0)
    most_pounds_a_worker: int = Field(ge=1)
    reduced_percent: int = Field(ge=0, le=100)  # of the penalty, for whoever pays all within `reduced_days`
    reduced_days: int = Field(ge=0)


class Conviction(Sourced):
    law: Text
    months: int = Field(ge=1)


class Sanctions(Sourced):
    underpayment: Underpayment
    conviction: Conviction
    letters: tuple[LetterWording, ...]

    @model_validator(mode="after")
    def _every_letter_has_its_words(self) -> "Sanctions":
        if missing := set(LETTERS) - {one.code for one in self.letters}:
            raise ValueError(f"these letters have no words: {', '.join(sorted(missing))}")
        return self
