"""reports.toml: what becomes of what people report, and how the public may object to an applicant. A pack may have none."""

from datetime import date, timedelta

from pydantic import Field

from registry.schemes.terms import Sourced
from registry.schemes.texts import Frozen, Text


class ReportingTerms(Sourced):
    """What people are told, before they report, of what happens with it."""

    happens: tuple[Text, ...] = Field(min_length=1)
    immigration: Text  # whether anything is passed on to those who enforce the rules of immigration


class Objections(Sourced):
    """Anybody may say why a listed applicant should not be licensed, until some days after it applied."""

    days: int = Field(ge=1)
    words: tuple[Text, ...] = Field(min_length=1)  # who may object, to what, and what happens with it

    def last_day(self, applied_on: date) -> date:
        return applied_on + timedelta(days=self.days)


class Reports(Frozen):
    reporting: ReportingTerms | None = None
    objections: Objections | None = None
