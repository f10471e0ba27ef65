"""The application form of a scheme: sections, pages, questions."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, Literal

from pydantic import Field

from registry.schemes.conditions import AnswerCondition, holds
from registry.schemes.texts import Frozen, Text

Kind = Literal[
    "text",
    "textarea",
    "email",
    "telephone",
    "postcode",
    "date",
    "money",
    "number",
    "yes_no",
    "choice",
    "choices",
    "company_number",
    "utr",
    "vat",
    "paye",
    "paye_references",
    "nino",
    "nationality",
    "website",
    "vehicle_registration",
    "address",
    "country",
    "lines",
    "premises",
]
# The roles that the register knows (registry.organisations.models.RoleKind): whom a pack's form may ask about.
Role = Literal[
    "principal_authority",
    "alternative_representative",
    "director",
    "secretary",
    "partner",
    "named_individual",
    "named_position",
    "controller",
]
KEY = r"^[a-z][a-z0-9_]*$"
SLUG = r"^[a-z][a-z0-9-]*$"


class AnswerChoice(Frozen):
    value: str = Field(min_length=1)
    label: Text
    hint: Text | None = None


class FormQuestion(Frozen):
    key: str = Field(pattern=KEY)
    kind: Kind
    label: Text
    hint: Text | None = None
    optional: bool = False
    choices: tuple[AnswerChoice, ...] = ()
    choices_from: Literal["sectors", "activities", "nations"] | None = None  # filled into `choices` on loading
    all_of: bool = False  # every choice must be ticked before the form can be handed in: a declaration
    show_when: AnswerCondition | None = None
    at_least: int | None = None  # the smallest number or sum that may be given
    min_age: int | None = None  # a date of birth must be at least this many years ago
    personal: bool = False  # about a living person: never public, kept only as long as the retention table says
    public: bool = False  # may be shown in the register
    step: str = Field(
        default="", pattern=r"^([a-z][a-z0-9_]*)?$"
    )  # questions of one page with the same code are asked together
    offer: str = ""  # the fact of the organisation that is offered as the answer: a one-man business has one telephone
    tick: Text | None = None  # the yes-or-no questions of a step are one list to tick: what a tick there says
    from_each: tuple[
        str, ...
    ] = ()  # follows from what everyone named is asked about themselves under these keys: not asked again of the whole
    needs_review: bool = False
    source: str = ""

    @property
    def asked_in(self) -> str:
        """The code of the step in which it is asked: one of its own, unless it belongs with others."""
        return self.step or self.key

    @property
    def depends_on(self) -> frozenset[str]:
        """The facts that its condition asks about."""
        return frozenset(clause.fact for clause in self.show_when.clauses) if self.show_when else frozenset()

    def is_shown(self, facts: Mapping[str, Any]) -> bool:
        """Whether it is asked, these things being so."""
        return not self.from_each and holds(self.show_when, facts)


def drawn_as_one(questions: Iterable[FormQuestion]) -> list[tuple[FormQuestion, ...]]:
    """The questions in their order, those of a list to tick together: it is drawn once, where its first question is."""
    drawn: dict[tuple[bool, str], list[FormQuestion]] = {}
    for question in questions:
        drawn.setdefault((True, question.asked_in) if question.tick else (False, question.key), []).append(question)
    return [tuple(together) for together in drawn.values()]


class ListOf(Frozen):
    """A page that is filled in once for each thing of a list."""

    of: Literal["person", "premises", "vehicle", "other"]
    role: Role | None = None
    noun: Text
    at_least: int = Field(default=0, ge=0)
    at_least_when: AnswerCondition | None = None
    at_most: int = Field(default=50, ge=1)

    def needed(self, facts: Mapping[str, Any]) -> int:
        """How many the list must hold, these things being so."""
        return self.at_least if holds(self.at_least_when, facts) else 0


class FormPage(Frozen):
    slug: str = Field(pattern=SLUG)
    title: Text
    why: Text
    body: tuple[Text, ...] = ()  # paragraphs to read before answering
    show_when: AnswerCondition | None = None
    list_of: ListOf | None = Field(default=None, alias="list")
    person: Role | None = None  # the answers describe the one person in this role
    questions: tuple[FormQuestion, ...] = Field(min_length=1)
    needs_review: bool = False
    source: str = ""

    @property
    def scope(self) -> str:
        """Where the keys of this page are unique: in a list page, among the pages of one person, or in the form ("")."""
        return self.slug if self.list_of else self.person or ""

    @property
    def is_about_people(self) -> bool:
        """Whether it asks about persons: the one in a role, or each of a list."""
        return bool(self.person) or (self.list_of is not None and self.list_of.of == "person")

    @property
    def asked(self) -> tuple[FormQuestion, ...]:
        """What may be asked here."""
        return tuple(question for question in self.questions if not question.from_each)

    @property
    def from_each(self) -> tuple[FormQuestion, ...]:
        """What is not asked here, because it follows from what everyone named is asked about themselves."""
        return tuple(question for question in self.questions if question.from_each)

    def is_shown(self, facts: Mapping[str, Any]) -> bool:
        return holds(self.show_when, facts)

    def question(self, key: str) -> FormQuestion:
        for question in self.questions:
            if question.key == key:
                return question
        raise KeyError(key)


class StepTitle(Frozen):
    """What is written above questions that are asked together; without it, the title of their page."""

    code: str = Field(pattern=KEY)
    title: Text


class Section(Frozen):
    code: str = Field(pattern=r"^[A-Z]$")
    title: Text
    group: Text | None = None  # the heading in the list of tasks that begins with this section
    pages: tuple[FormPage, ...] = Field(min_length=1)


class Form(Frozen):
    sections: tuple[Section, ...] = Field(min_length=1)
    steps: tuple[StepTitle, ...] = ()

    @cached_property
    def pages(self) -> tuple[FormPage, ...]:
        return tuple(page for section in self.sections for page in section.pages)

    def step_title(self, question: FormQuestion) -> Text:
        """What is written above the questions that this is asked together with."""
        return next((step.title for step in self.steps if step.code == question.asked_in), question.label)

    def page(self, slug: str) -> FormPage:
        for page in self.pages:
            if page.slug == slug:
                return page
        raise KeyError(slug)

    def question(self, key: str) -> FormQuestion:
        """The question with this key among those about the organisation itself."""
        for page in self.pages:
            if not page.scope:
                for question in page.questions:
                    if question.key == key:
                        return question
        raise KeyError(key)

    def facts(self) -> frozenset[str]:
        """The facts that the form declares for everyone's conditions: what it asks of the organisation itself."""
        return frozenset(question.key for page in self.pages if not page.scope for question in page.questions)

    def shown(self, facts: Mapping[str, Any]) -> Iterator[FormPage]:
        return (page for page in self.pages if page.is_shown(facts))


class Renewals(Frozen):
    """Which pages a holder who renews must answer again, and which must be looked at again; all others keep last year's answers.

    `of_scheme` are pages that an application under another scheme does not take over: they are about this kind of work.
    """

    anew: tuple[str, ...] = ()
    confirmed: tuple[str, ...] = ()
    of_scheme: tuple[str, ...] = ()
    needs_review: bool = False
    source: str = ""
