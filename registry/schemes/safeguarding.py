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


class Region(Named):
    """A part of the country; published counts show its nation where a region has too few people."""

    nation: str = ""


class ConsentExplanation(Sourced):
    """What an adult must have been told before they consent."""

    code: Told
    title: Text


class SafeguardingClocks(Sourced):
    """How long each step of a referral may take; of a child in fewer hours."""

    second_read_hours: int = Field(default=24, ge=1)
    second_read_hours_child: int = Field(default=4, ge=1)
    second_read_after_hours: int = Field(default=24, ge=1)  # of what was sent at once
    send_hours: int = Field(default=24, ge=1)
    send_hours_child: int = Field(default=4, ge=1)
    notify_days: int = Field(default=30, ge=1)  # the duty to notify, from when it was prepared
    grounds_working_days: int = Field(default=5, ge=1)  # from sending to the decision on reasonable grounds
    conclusion_days: int = Field(default=45, ge=1)


class ReferralFollowUpAnswer(Named):
    """One way in which a follow-up ends; with `again_days` it is asked again after so long."""

    again_days: int = Field(default=0, ge=0)


class FollowUpTerms(Named):
    """What is recorded of a person after the referral: by when, and in which answers. No free text.

    `begins` with the step of the referral of that name, or by hand. `child`: only of a child.
    """

    begins: Literal["prepared", "sent", "grounds", "concluded", "by_hand"]
    child: bool = False
    hours: int = Field(default=0, ge=0)
    days: int = Field(default=0, ge=0)
    answers: tuple[ReferralFollowUpAnswer, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _has_a_clock(self) -> "FollowUpTerms":
        if bool(self.hours) == bool(self.days):
            raise ValueError("a follow-up counts either hours or days")
        return self


class Safeguarding(Sourced):
    card: Card
    clocks: SafeguardingClocks = SafeguardingClocks()
    follow_ups: tuple[FollowUpTerms, ...] = ()
    referrals: tuple[ReferralTerms, ...] = ()
    explained: tuple[ConsentExplanation, ...] = ()
    genders: tuple[Named, ...] = ()
    age_bands: tuple[AgeBand, ...] = ()
    natures: tuple[Named, ...] = ()  # of the exploitation, as the regulations list them
    services: tuple[Named, ...] = ()  # support that may be offered
    regions: tuple[Region, ...] = ()
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

    def follow_up(self, code: str) -> FollowUpTerms | None:
        return next((one for one in self.follow_ups if one.code == code), None)

    def age_band(self, code: str) -> AgeBand | None:
        return next((one for one in self.age_bands if one.code == code), None)
