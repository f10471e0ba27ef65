"""eligibility.toml: who needs a licence of the scheme, asked one thing at a time. A version may do without it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from registry.schemes.conditions import AnswerCondition, holds
from registry.schemes.form import FormPage, FormQuestion
from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Text


class EligibilityResult(Sourced):
    """Where answers can lead: a licence is needed, none is, or only the authority can tell.

    Without `when` it is where every path leads that has come to the last question.
    """

    code: Code
    says: Literal["needed", "not_needed", "ask"]
    because: Text  # a whole sentence, which names the exclusion
    provided: tuple[Text, ...] = ()  # what must stay so for it to hold
    law: Text
    when: AnswerCondition | None = None


@dataclass(frozen=True, slots=True)
class Course:
    """How far some answers have come: the pages that they answer, and either the next page or the ending."""

    answered: tuple[FormPage, ...]
    facts: Mapping[str, Any]
    asks: FormPage | None = None
    ending: EligibilityResult | None = None


class Eligibility(Sourced):
    about: tuple[Text, ...] = Field(min_length=1)  # said before the first question
    promise: tuple[Text, ...] = Field(min_length=1)  # what an ending is not
    pages: tuple[FormPage, ...] = Field(min_length=1)
    endings: tuple[EligibilityResult, ...] = Field(min_length=1)

    def course(self, answers: Mapping[str, Any]) -> Course:
        """Follow the pages in their order. The first ending that holds ends it; an answer counts only while it is asked."""
        facts: dict[str, Any] = {}
        answered: list[FormPage] = []
        for page in self.pages:
            if not page.is_shown(facts):
                continue
            question = only_question(page)
            if question.key not in answers:
                return Course(tuple(answered), facts, asks=page)
            facts[question.key] = answers[question.key]
            answered.append(page)
            if ending := self.ends(facts):
                return Course(tuple(answered), facts, ending=ending)
        return Course(tuple(answered), facts, ending=self.last)

    def ends(self, facts: Mapping[str, Any]) -> EligibilityResult | None:
        """The first ending whose condition these facts meet."""
        return next((one for one in self.endings if one.when and holds(one.when, facts)), None)

    @property
    def last(self) -> EligibilityResult | None:
        """Where it ends when nothing has ended it before."""
        return next((one for one in self.endings if one.when is None), None)

    def page(self, slug: str) -> FormPage:
        for page in self.pages:
            if page.slug == slug:
                return page
        raise KeyError(slug)


def only_question(page: FormPage) -> FormQuestion:
    """One thing on a page."""
    return page.questions[0]
