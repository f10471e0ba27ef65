"""reports.toml: what becomes of what people report, who it is not shared with, and how the public may object to an applicant."""

import re
from datetime import date, timedelta

from pydantic import Field

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


class GuardedKind(Sourced):
    """A kind of authority that is told nothing without a lawful basis and a second person, and of which each time is counted."""

    code: Code
    title: Text
    checks: tuple[Code, ...] = ()  # an authority that answers any of these is of this kind
    names: tuple[str, ...] = ()  # and one whose name has any of these words
    bases: tuple[SharingBasis, ...] = Field(min_length=1)

    def has_name(self, name: str) -> bool:
        words = " ".join(re.findall(r"[^\W_]+", name.casefold()))
        return any(f" {one.casefold()} " in f" {words} " for one in self.names)

    def basis(self, code: str) -> SharingBasis | None:
        return next((one for one in self.bases if one.code == code), None)


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
