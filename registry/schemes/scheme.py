"""A scheme: the rules of one sector's licensing as they stood from one day, with nothing left to look up."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal, Protocol, TypeVar

from pydantic import BeforeValidator, Field

from registry.schemes.asking import RequestTerms
from registry.schemes.clocks import ClockTerms
from registry.schemes.conditions import AnswerCondition, Clause, holds
from registry.schemes.contradictions import ContradictionTerms
from registry.schemes.disclosure import Disclosure
from registry.schemes.documents import Requirement
from registry.schemes.eligibility import Eligibility
from registry.schemes.enforcement import Enforcement
from registry.schemes.factors import Factor
from registry.schemes.form import Form, Renewals, Role
from registry.schemes.holding import ChangeKind, HoldingTerms
from registry.schemes.intelligence import IntelligenceTerms
from registry.schemes.interviews import Interviews
from registry.schemes.letters import LetterWording
from registry.schemes.parts import Parts
from registry.schemes.payments import Payments
from registry.schemes.reports import GuardedKind, Objections, ReportingTerms
from registry.schemes.requests import LEAST, Request, Told
from registry.schemes.retention import RetentionRule
from registry.schemes.safeguarding import Safeguarding
from registry.schemes.sanctions import Sanctions
from registry.schemes.statistics import Statistics
from registry.schemes.targeting import Targeting
from registry.schemes.targets import Aim, Target
from registry.schemes.tasks import TasksFile
from registry.schemes.terms import Code, NationTerms, Sector, Sourced, Terms
from registry.schemes.texts import Frozen, Text
from registry.schemes.transfers import TransferTerms
from registry.schemes.worker_help import WorkerHelp


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
FeeKind = Literal["application", "inspection", "renewal"]


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
    forced_labour: bool = False  # where something speaks against it, a safeguarding lead is told
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


class HandlingTerms(Frozen):
    """What may be done with an authority's reply."""

    may_be_shown_to_subject: bool
    may_be_passed_on: bool
    note: Text


class CheckKind(Sourced):
    code: Code
    authority: Text
    title: Text
    subject: Literal["organisation", "person"]
    roles: tuple[Role, ...] = ()  # of whom, for a check on a person; empty: everyone in the application
    days_due: int = Field(ge=1)
    chaser_days: int = Field(ge=1)
    handling: HandlingTerms
    when: AnswerCondition | None = None


class Checks(Frozen):
    checks: tuple[CheckKind, ...] = ()


class Trigger(Sourced):
    code: Code
    title: Text
    reason: Text
    stage: Literal["application", "granted"]
    when: AnswerCondition


class Triggers(Frozen):
    triggers: tuple[Trigger, ...] = ()


class FormalCheckTerms(Sourced):
    """A check by a labour user who says who they are, and of which the holder is told."""

    name: Text  # what the scheme calls it
    about: tuple[Text, ...] = Field(min_length=1)  # what it is good for, said before one is made
    told_months: int = Field(ge=0, le=60)  # how long the labour user is told of changes afterwards


class Scheme(Terms):
    """One version of one scheme, whole and checked."""

    standards: tuple[Standard, ...]
    standard_sections: tuple[StandardSection, ...]
    fees: Fees
    fees_since: date  # the day from which the table of fees has held
    form: Form
    checks: tuple[CheckKind, ...]
    triggers: tuple[Trigger, ...]
    letters: tuple[LetterWording, ...]
    renewals: Renewals
    reporting: ReportingTerms | None
    objections: Objections | None
    formal_check: FormalCheckTerms | None = None  # none: this scheme has no formal checks
    documents: tuple[Requirement, ...] = ()  # the evidence that goes with an application
    retention: tuple[RetentionRule, ...] = ()  # what is held about people, why, and until when
    eligibility: Eligibility | None = None  # none: nobody is asked whether they need a licence
    payments: Payments | None = None  # none: the fee is all that is ever asked for
    holding: HoldingTerms = HoldingTerms()
    requests: tuple[Request, ...] = ()  # how authorities are asked; none: in our words, and told the least
    parts: Parts | None = None  # none: nobody is sent a link to answer for themselves
    clocks: tuple[ClockTerms, ...] = ()  # the law behind each date that is counted
    targets: tuple[Target, ...] = ()  # within how many working days the authority means to do its part
    factors: tuple[Factor, ...] = ()  # what is weighed in a decision besides the grounds
    intelligence: IntelligenceTerms | None = None  # none: nothing is sorted or graded
    interviews: Interviews | None = None  # none: nobody is drawn, and inspectors ask in their own words
    enforcement: Enforcement | None = None  # none: nothing is kept of supply without a licence
    safeguarding: Safeguarding | None = None  # none: no card, and nobody is referred
    targeting: Targeting | None = None  # none: no licence is scored
    transferring: TransferTerms | None = None  # none: nobody can ask on a page that a licence pass to another
    sanctions: Sanctions | None = None  # none: no notices of underpayment, and no orders on conviction
    statistics: Statistics = Statistics()  # how small numbers are left out of what is published
    tasks: TasksFile = TasksFile()
    asking: RequestTerms = RequestTerms()  # by when applicants answer, and what follows if they do not
    contradictions: ContradictionTerms = ContradictionTerms()  # what in a report is compared before it is confirmed
    guarded: tuple[GuardedKind, ...] = ()  # who is told nothing without a lawful basis and a second person
    worker_help: WorkerHelp | None = None  # none: no help pages for workers
    disclosure: Disclosure = Disclosure()  # what a business learns of an inspection beyond its report
    merged_into: date | None = None  # the version that took this one in, and whose words these are

    def __str__(self) -> str:
        return f"{self.name} {self.version}"

    @property
    def payment_note(self) -> Text:
        """What is said to whoever must pay."""
        return self.payments.note if self.payments else self.fees.payment_note

    def standard(self, code: str) -> Standard:
        return _only(self.standards, code)

    def letter(self, code: str) -> LetterWording:
        return _only((*self.letters, *self.letters_of_enforcement), code)

    @property
    def letters_of_enforcement(self) -> tuple[LetterWording, ...]:
        """Those to whoever supplies or uses workers unlawfully, which stand in files of their own."""
        files = (self.enforcement, self.sanctions)
        return tuple(letter for file in files if file for letter in file.letters)

    def check(self, code: str) -> CheckKind:
        return _only(self.checks, code)

    def factor(self, code: str) -> Factor:
        return _only(self.factors, code)

    def request(self, code: str) -> Request | None:
        """How a check is put to its authority, where the pack says so."""
        return next((one for one in self.requests if one.code == code), None)

    def told_of(self, check: CheckKind) -> tuple[Told, ...]:
        """What an authority is told of the subject of a check, besides name and address."""
        asked = self.request(check.code)
        return asked.tells if asked else LEAST[check.subject]

    def sector(self, code: str) -> Sector:
        return _only(self.sectors, code)

    def nation(self, code: str) -> NationTerms:
        return _only(self.nations, code)

    def change_kind(self, code: str) -> ChangeKind:
        return _only(self.holding.change_kinds, code)

    def clock(self, code: str) -> ClockTerms | None:
        """What the pack says of a date that is counted; None where it says nothing."""
        return next((one for one in self.clocks if one.code == code), None)

    def target(self, code: Aim) -> int | None:
        """Within how many working days it is to be done; None where this version has set no target."""
        return next((one.working_days for one in self.targets if one.code == code), None)

    def relevant_standards(self, facts: Mapping[str, Any]) -> tuple[Standard, ...]:
        """The standards that an inspection of this business tests: only what it does is tested (FWA-DEC)."""
        return tuple(standard for standard in self.standards if holds(standard.applies_when, facts))

    def checks_for(self, facts: Mapping[str, Any]) -> tuple[CheckKind, ...]:
        return tuple(check for check in self.checks if holds(check.when, facts))

    def retained(self, code: str) -> RetentionRule | None:
        """How long this kind of thing is held; None where the pack does not say."""
        return next((one for one in self.retention if one.code == code), None)

    def documents_for(self, facts: Mapping[str, Any]) -> tuple[Requirement, ...]:
        """What an applicant with these answers shows by documents, required or not."""
        return tuple(one for one in self.documents if holds(one.when, facts))

    def triggers_for(self, stage: Literal["application", "granted"], facts: Mapping[str, Any]) -> tuple[Trigger, ...]:
        """The reasons to inspect that these facts give."""
        return tuple(one for one in self.triggers if one.stage == stage and holds(one.when, facts))

    def band(self, turnover: Decimal | int | str) -> Band:
        """The fee band of a yearly turnover in the regulated sector."""
        for band in self.fees.bands:
            if band.takes(Decimal(turnover)):
                return band
        raise Unknown(f"{self} has no fee band for a turnover of {turnover}")

    def fee_band(self, code: str) -> Band:
        return _only(self.fees.bands, code)

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
