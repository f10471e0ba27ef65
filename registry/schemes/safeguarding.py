"""safeguarding.toml: what to do when somebody is in danger, and who may be referred to whom. A version may do without it."""

from typing import Literal, get_args

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Text

#: What an adult is told before they can consent; the form asks for each, and the database for all four.
Told = Literal["nrm", "support", "outcomes", "sharing"]
TOLD: tuple[str, ...] = get_args(Told)


class CardStep(Sourced):
    """One thing to do now; `call` is a number to ring."""

    title: Text
    text: Text
    call: str = ""


class Card(Sourced):
    """What to do now when somebody is in immediate danger, and what never to do."""

    title: Text
    steps: tuple[CardStep, ...] = Field(min_length=1)
    never: tuple[Text, ...] = Field(min_length=1)


class ReferralTerms(Sourced):
    """A kind of referral that this authority makes; one that is not listed is switched off."""

    code: Literal["nrm", "notify"]
    title: Text
    to: Text
    law: Text


class Named(Sourced):
    code: Code
    title: Text


class AgeBand(Named):
    child: bool = False


class ConsentExplanation(Sourced):
    """What an adult must have been told before they consent."""

    code: Told
    title: Text


class Safeguarding(Sourced):
    card: Card
    referrals: tuple[ReferralTerms, ...] = ()
    explained: tuple[ConsentExplanation, ...] = ()
    genders: tuple[Named, ...] = ()
    age_bands: tuple[AgeBand, ...] = ()
    natures: tuple[Named, ...] = ()  # of the exploitation, as the regulations list them
    services: tuple[Named, ...] = ()  # support that may be offered
    regions: tuple[Named, ...] = ()
    police: dict[str, str] = {}  # code and name of each force
    countries: dict[str, str] = {}  # ISO 3166 code and name

    @model_validator(mode="after")
    def _whoever_refers_has_the_words(self) -> "Safeguarding":
        if not self.referrals:
            return self
        if sorted(one.code for one in self.explained) != sorted(TOLD):
            raise ValueError(f"explained lists each of {', '.join(TOLD)} once")
        lists = (self.genders, self.age_bands, self.natures, self.services, self.regions, self.police, self.countries)
        if not all(lists):
            raise ValueError(
                "whoever refers needs genders, age_bands, natures, services, regions, police and countries"
            )
        return self

    def referral(self, code: str) -> ReferralTerms | None:
        return next((one for one in self.referrals if one.code == code), None)

    def age_band(self, code: str) -> AgeBand | None:
        return next((one for one in self.age_bands if one.code == code), None)
