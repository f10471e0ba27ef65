"""enforcement.toml: offences, what each is made of, and the lengths of undertakings and orders. A version may do without it."""

from typing import Literal

from pydantic import Field, model_validator

from registry.schemes.letters import LetterWording
from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Text

#: What the product sends, and so must find here.
LETTERS = ("enforcement_notice", "enforcement_warning", "undertaking_notice", "undertaking_accepted")


class OffenceElement(Sourced):
    """One thing that must be shown before the offence is made out."""

    code: Code
    title: Text


class Offence(Sourced):
    code: Code
    section: str
    title: Text
    maximum: Text
    against: Literal["supplier", "user", "anybody"]
    elements: tuple[OffenceElement, ...] = Field(min_length=1)
    defence: Text | None = None


class Undertakings(Sourced):
    """How long each takes at most."""

    law: Text
    negotiate_days: int = Field(ge=1)
    months: int = Field(ge=1)
    order_months: int = Field(ge=1)


class Enforcement(Sourced):
    offences: tuple[Offence, ...] = Field(min_length=1)
    letters: tuple[LetterWording, ...]
    undertakings: Undertakings

    @model_validator(mode="after")
    def _every_letter_has_its_words(self) -> "Enforcement":
        if missing := set(LETTERS) - {one.code for one in self.letters}:
            raise ValueError(f"these letters have no words: {', '.join(sorted(missing))}")
        return self

    def offence(self, code: str) -> Offence | None:
        return next((one for one in self.offences if one.code == code), None)
