"""A scheme: the rules of one sector's licensing as they stood from one day, with nothing left to look up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BeforeValidator, Field

from registry.schemes.conditions import Clause, Condition, holds
from registry.schemes.form import KEY, SLUG, Form, Role
from registry.schemes.texts import Frozen, Text


class Unknown(LookupError):
    """The scheme has no such standard, band, letter, sector …"""


class HasCode(Protocol):
    @property
    def code(self) -> str: ...


Coded = TypeVar("Coded", bound=HasCode)


def _exact(amount: Any) -> Any:
    if isinstance(amount, float):
        raise ValueError('money is a whole number or a quoted text such as "12.50", never a float')
    return amount


Money = Annotated[Decimal, BeforeValidator(_exact), Field(ge=0, max_digits=15, decimal_places=2)]
Code = Annotated[str, Field(pattern=KEY)]
FeeKind = Literal["application", "inspection", "renewal"]
Days = Annotated[int, Field(ge=0)]


class Sourced(Frozen):
    """A fact with where it comes from, and whether a domain owner must still confirm it."""

    needs_review: bool = False
    source: str = ""
    note: Text | None = None


# --- scheme.toml -----------------------------------------------------------------------------------------------------


class Authority(Sourced):
    name: Text
    short_name: Text
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
    manage: Text


class Activity(Sourced):
    code: Code
    title: Text


class Sector(Sourced):
    code: Code
    title: Text
    activities: tuple[Activity, ...] = ()


class Nation(Sourced):
    code: Code
    title: Text


class Renewal(Sourced):
    opens_weeks: Days
    reminders_weeks: tuple[int, ...]


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


class Immediate(Sourced):
    max_working_days: Days  # a decision "with immediate effect" holds at most this long after its document


class Notice(Sourced):
    """How long someone is heard before a decision. None of it for a decision with immediate effect."""

    reply_working_days: Days
    correct_facts_days: Days = 0  # after a refusal, to correct errors of fact before appealing


class Appeal(Sourced):
    working_days: Days
    immediate_working_days: Days
    continues: bool  # the licence goes on while an appeal against revocation is open
    immediate_continues: bool
    to: Text
    address: tuple[str, ...] = ()
    how: Text


class Changes(Sourced):
    """How soon a holder must tell the authority."""

    working_days: Days
    start_of_supply_working_days: Days
    ends_licence: tuple[str, ...] = ()  # facts of the organisation: when one changes, the licence ends


class Number(Sourced):
    prefix_letters: int = Field(ge=1, le=6)
    digits: int = Field(ge=3, le=8)


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


class Ended(Sourced):
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
    keep: dict[str, date] = Field(default_factory=dict)
    authority: Authority
    service: Service
    sectors: tuple[Sector, ...] = Field(min_length=1)
    nations: tuple[Nation, ...] = Field(min_length=1)
    licence_months: int = Field(ge=1, le=120)
    fail_at: int = Field(ge=1)
    renewal: Renewal
    public: Public
    immediate: Immediate
    notice: Notice
    appeal: Appeal
    changes: Changes
    number: Number
    help_lines: tuple[HelpLine, ...] = Field(min_length=1)
    outcomes: Outcomes
    ended: Ended


# --- the other files -------------------------------------------------------------------------------------------------


def _clauses(given: Any) -> Any:
    """A bare fact is a yes to it: ["accommodation"]."""
    if not isinstance(given, list | tuple):
        return given
    return [{"fact": clause, "is": True} if isinstance(clause, str) else clause for clause in given]


class Standard(Sourced):
    code: str = Field(pattern=r"^[A-Z0-9]+(\.[A-Z0-9]+)*$")
    section: int = Field(ge=1)
    title: Text
    guidance: Text
    points: int = Field(gt=0)
    critical: bool
    rule_paragraph: str = ""
    applies_when: Annotated[tuple[Clause, ...], BeforeValidator(_clauses)] = ()  # always, or when any of these holds


class StandardSection(Frozen):
    number: int = Field(ge=1)
    title: Text


class Standards(Frozen):
    sections: tuple[StandardSection, ...] = Field(min_length=1)
    standards: tuple[Standard, ...] = Field(min_length=1)


class Band(Frozen):
    code: str = Field(min_length=1)
    title: Text
    start: Money = Field(alias="from")
    below: Money | None = None

    def takes(self, turnover: Decimal) -> bool:
        return self.start <= turnover and (self.below is None or turnover < self.below)


Amounts = dict[str, Money]


class PastFees(Sourced):
    """A fee table that no longer holds: kept so that old cases can be explained."""

    in_force: date
    amounts: dict[FeeKind, Amounts]


class Fees(Sourced):
    refundable: bool
    payment: Text
    payment_note: Text
    bands: tuple[Band, ...] = Field(min_length=1)
    amounts: dict[FeeKind, Amounts]
    history: tuple[PastFees, ...] = ()


class Handling(Frozen):
    """What may be done with an authority's reply."""

    may_be_shown_to_subject: bool
    may_be_passed_on: bool
    note: Text


class Check(Sourced):
    code: Code
    authority: Text
    title: Text
    subject: Literal["organisation", "person"]
    roles: tuple[Role, ...] = ()  # of whom, for a check on a person; empty: everyone in the application
    days_due: int = Field(ge=1)
    chaser_days: int = Field(ge=1)
    handling: Handling
    when: Condition | None = None


class Checks(Frozen):
    checks: tuple[Check, ...] = ()


class Trigger(Sourced):
    code: Code
    title: Text
    reason: Text
    stage: Literal["application", "granted"]
    when: Condition


class Triggers(Frozen):
    triggers: tuple[Trigger, ...] = ()


class Letter(Sourced):
    """Legal wording of one letter: what it is called, the law it rests on, what it says, how to appeal."""

    code: Code
    title: Text
    law: tuple[Text, ...] = ()
    paragraphs: tuple[Text, ...] = Field(min_length=1)
    appeal: tuple[Text, ...] = ()


class Letters(Frozen):
    letters: tuple[Letter, ...] = Field(min_length=1)


class Scheme(Terms):
    """One version of one scheme, whole and checked."""

    standards: tuple[Standard, ...]
    standard_sections: tuple[StandardSection, ...]
    fees: Fees
    form: Form
    checks: tuple[Check, ...]
    triggers: tuple[Trigger, ...]
    letters: tuple[Letter, ...]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    def standard(self, code: str) -> Standard:
        return _only(self.standards, code)

    def letter(self, code: str) -> Letter:
        return _only(self.letters, code)

    def check(self, code: str) -> Check:
        return _only(self.checks, code)

    def sector(self, code: str) -> Sector:
        return _only(self.sectors, code)

    def nation(self, code: str) -> Nation:
        return _only(self.nations, code)

    def activity(self, code: str) -> Activity:
        return _only(tuple(activity for sector in self.sectors for activity in sector.activities), code)

    def relevant_standards(self, facts: Mapping[str, Any]) -> tuple[Standard, ...]:
        """The standards that an inspection of this business tests: only what it does is tested (FWA-DEC)."""
        return tuple(standard for standard in self.standards if holds(standard.applies_when, facts))

    def checks_for(self, facts: Mapping[str, Any]) -> tuple[Check, ...]:
        return tuple(check for check in self.checks if holds(check.when, facts))

    def triggers_for(self, stage: Literal["application", "granted"], facts: Mapping[str, Any]) -> tuple[Trigger, ...]:
        """The reasons to inspect that these facts give."""
        return tuple(one for one in self.triggers if one.stage == stage and holds(one.when, facts))

    def band(self, turnover: Decimal | int) -> Band:
        """The fee band of a yearly turnover in the regulated sector."""
        for band in self.fees.bands:
            if band.takes(Decimal(turnover)):
                return band
        raise Unknown(f"{self} has no fee band for a turnover of {turnover}")

    def fee(self, of: str | Decimal | int, kind: FeeKind = "application") -> Decimal:
        """The fee for a band ("B") or for a turnover (2_000_000)."""
        band = of if isinstance(of, str) else self.band(of).code
        try:
            return self.fees.amounts[kind][band]
        except KeyError:
            raise Unknown(f"{self} has no {kind} fee for band {band}") from None


def _only(things: tuple[Coded, ...], code: str) -> Coded:
    for thing in things:
        if thing.code == code:
            return thing
    raise Unknown(code)
