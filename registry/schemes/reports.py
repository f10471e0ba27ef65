"""reports.toml: what becomes of what people report, who it is not shared with, and how the public may object to an applicant."""

import re
from datetime import date, timedelta
from typing import Literal

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text


class ReportPromise(Frozen):
    """One thing that people are promised; what keeps it is found by the code (`compliance.reports.rules.promises`)."""

    code: Code
    text: Text


class ReportingTerms(Sourced):
    """What people are told, before they report, of what happens with it."""

    happens: tuple[ReportPromise, ...] = Field(min_length=1)


class SharingBasis(Sourced):
    """A lawful basis on which something may be shared with a guarded authority."""

    code: Code
    title: Text
    from_reports: bool = False  # also what came from a report
    by_agreement: bool = False  # the person who reported has agreed, on a day that is written down


class StatedBasis(Sourced):
    """A lawful basis that is stated once for all checks of applicants, or all referrals of victims, of these codes.

    They have no words of an officer: a check says what `requests.toml` says, a referral is made of closed fields.
    """

    code: Code
    title: Text
    way: Literal["check", "referral"]
    of: tuple[Code, ...] = Field(min_length=1)
    about_people: bool = False  # a check: also of a person named in an application, and not of the business alone
    #: Of a referral: which consents it may have.
    consents: tuple[Literal["given", "child", "refused", "withdrawn"], ...] = ()
    at_once: tuple[Literal["danger", "child", "alone"], ...] = ()  # a referral: why it may go before the second reading


class GuardedKind(Sourced):
    """A kind of authority that is told nothing without a lawful basis and a second person, and of which each time is counted."""

    code: Code
    title: Text
    checks: tuple[Code, ...] = ()  # an authority that answers any of these is of this kind
    names: tuple[str, ...] = ()  # and one whose name has any of these words
    bases: tuple[SharingBasis, ...] = Field(min_length=1)
    stated: tuple[StatedBasis, ...] = ()

    @model_validator(mode="after")
    def _each_check_has_a_basis(self) -> "GuardedKind":
        if missing := [code for code in self.checks if not self.stated_for("check", code)]:
            raise ValueError(f"no stated basis for the checks {', '.join(missing)}")
        return self

    def has_name(self, name: str) -> bool:
        words = " ".join(re.findall(r"[^\W_]+", name.casefold()))
        return any(f" {one.casefold()} " in f" {words} " for one in self.names)

    def basis(self, code: str) -> SharingBasis | None:
        return next((one for one in self.bases if one.code == code), None)

    def stated_for(self, way: str, code: str) -> list[StatedBasis]:
        """What is stated for all checks, or referrals, of this code."""
        return [one for one in self.stated if one.way == way and code in one.of]


class Objections(Sourced):
    """Anybody may say why a listed applicant should not be licensed, until some days after it applied."""

    days: int = Field(ge=1)
    words: tuple[Text, ...] = Field(min_length=1)  # who may object, to what, and what happens with it

    def last_day(self, applied_on: date) -> date:
        return applied_on + timedelta(days=self.days)


class Reports(Frozen):
    reporting: ReportingTerms | None = None
    objections: Objections | None = None
    guarded: tuple[GuardedKind, ...] = ()
