"""scheme.toml: who licenses what, by which clocks, and what the public is shown."""

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from registry.schemes.form import KEY, SLUG, Role
from registry.schemes.texts import Frozen, Text

Code = Annotated[str, Field(pattern=KEY)]
Days = Annotated[int, Field(ge=0)]


class Sourced(Frozen):
    """A fact with where it comes from, and whether a domain owner must still confirm it."""

    needs_review: bool = False
    source: str = ""
    note: Text | None = None


class Authority(Sourced):
    name: Text
    legal_basis: Text
    address: tuple[str, ...] = Field(min_length=1)
    telephone: str
    email: str
    hours: Text
    web: str = ""


class Service(Frozen):
    """What the pages of this scheme are called, each beginning with a verb."""

    apply: Text
    check: Text
    report: Text


class Activity(Sourced):
    code: Code
    title: Text


class Sector(Sourced):
    code: Code
    title: Text
    activities: tuple[Activity, ...] = ()


class NationTerms(Sourced):
    code: Code
    title: Text


class RenewalTerms(Sourced):
    opens_weeks: Days
    reminders_weeks: tuple[int, ...]


class ReasonTerms(Sourced):
    """Whether and when the reason of one kind of decision is published, and the words before the title of the standard."""

    shown: Literal["at_once", "after_appeal"]  # after the last day to appeal, and after the appeal if there is one
    words: Text
    words_for_several: Text | None = None  # before the titles of several standards; without it each is said apart


class LicenceEndTerms(Sourced):
    """The words before the last day of a licence that ended without a standard that was not met. Published at once."""

    words: Text


class PublicReasons(Frozen):
    """The reasons that are published, by kind; of a kind that is not named none is."""

    refused: ReasonTerms | None = None  # only where refusals are shown at all
    condition: ReasonTerms | None = None  # only where conditions are
    suspended: ReasonTerms | None = None
    revoked: ReasonTerms | None = None
    surrendered: LicenceEndTerms | None = None
    expired: LicenceEndTerms | None = None
    ended: LicenceEndTerms | None = None  # by law, because a number of the holder changed

    def under_standards(self, kind: str) -> ReasonTerms | None:
        """Of what is decided under standards."""
        by_kind = {"refused": self.refused, "condition": self.condition, "suspended": self.suspended}
        return {**by_kind, "revoked": self.revoked}.get(kind)

    def of_end(self, kind: str) -> LicenceEndTerms | None:
        """Of an end that is published with its last day."""
        return {"surrendered": self.surrendered, "expired": self.expired, "ended": self.ended}.get(kind)


class Public(Sourced):
    """What the register shows to everyone, and why."""

    show_applicants: bool
    show_refused: bool
    named_people: Literal["listed", "confirm_only", "none"]
    named_roles: tuple[Role, ...] = ()  # whose names that is about
    conditions: bool
    telephone: bool
    email: bool
    website: bool
    address: bool
    reasons: PublicReasons = PublicReasons()
    vehicles: bool = False  # the registration numbers of those that carry workers


class ImmediateTerms(Sourced):
    max_working_days: Days  # a decision "with immediate effect" holds at most this long after its document


class NoticeTerms(Sourced):
    """How long someone is heard before a decision. None of it for a decision with immediate effect."""

    reply_working_days: Days
    correct_facts_days: Days = 0  # after a refusal, to correct errors of fact before appealing


class AppealTerms(Sourced):
    working_days: Days
    immediate_working_days: Days
    continues: bool  # the licence goes on while an appeal against revocation is open
    immediate_continues: bool
    to: Text
    address: tuple[str, ...] = ()
    how: Text


class ChangeTerms(Sourced):
    """How soon a holder must tell the authority."""

    working_days: Days
    start_of_supply_working_days: Days
    ends_licence: tuple[str, ...] = ()  # facts of the organisation: when one changes, the licence ends


class HelpLine(Sourced):
    code: Code
    name: Text
    telephone: str = ""
    web: str = ""
    when: Text


class Outcomes(Frozen):
    """What the look-up says, by the standing it found; and always, what a licence does not promise."""

    promise: Text
    licensed: Text
    licensed_with_conditions: Text
    revocation_to_come: Text
    suspended: Text
    revoked: Text
    expired: Text
    surrendered: Text
    refused: Text
    applied: Text
    not_found: Text


class EndTerms(Sourced):
    """Advice once a licence has ended."""

    workers: tuple[Text, ...] = Field(min_length=1)
    users: tuple[Text, ...] = Field(min_length=1)
    holder: tuple[Text, ...] = Field(min_length=1)


class Terms(Frozen):
    """The whole of scheme.toml."""

    name: str = Field(alias="scheme", pattern=SLUG)
    version: date
    title: Text
    summary: Text
    translation: dict[str, Literal["draft", "reviewed"]] = Field(default_factory=dict)
    review: dict[str, str] = Field(default_factory=dict)  # single facts that are still to be confirmed, and why
    authority: Authority
    service: Service
    sectors: tuple[Sector, ...] = Field(min_length=1)
    nations: tuple[NationTerms, ...] = Field(min_length=1)
    licence_months: int = Field(ge=1, le=120)
    fail_at: int = Field(ge=1)
    renewal: RenewalTerms
    public: Public
    immediate: ImmediateTerms
    notice: NoticeTerms
    appeal: AppealTerms
    changes: ChangeTerms
    help_lines: tuple[HelpLine, ...] = Field(min_length=1)
    outcomes: Outcomes
    ended: EndTerms

    @property
    def is_draft(self) -> bool:
        """Whether the law that it rests on has still to be made or confirmed: said as `law` under `[review]`."""
        return "law" in self.review
