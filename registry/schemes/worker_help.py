"""worker_help.toml: what helps a worker with a problem, by topic and nation. A pack may have none, and then there are no help pages.

It may be corrected at any time: nobody's case is decided by it, so that it is no part of what a version is frozen with.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text

#: What is said of a topic, in this order: the law, the last day, the evidence, and what happens then.
HelpPart = Literal["law", "by_when", "keep", "then"]
PARTS: tuple[HelpPart, ...] = get_args(HelpPart)
#: What a letter can be filled in with.
LetterField = Literal["name", "employer", "start", "end", "amount", "documents", "holiday_days", "story", "certificate"]
#: The answers of the look-up that lead a worker to help.
HelpOutcome = Literal["not_licensed", "losing_licence", "applied", "not_found"]
Pence = int


class CheckedFact(Sourced):
    """A fact with the day on which somebody last compared it with its source, and by when that is done again."""

    source: str = Field(min_length=1)
    day: date
    review_by: date

    @model_validator(mode="after")
    def _is_reviewed_later(self) -> Self:
        if self.review_by <= self.day:
            raise ValueError("review_by must be later than day")
        return self


class ForTopics(CheckedFact):
    """A fact that some topics share, in some nations; in all where none is named."""

    code: Code
    topics: tuple[Code, ...] = Field(min_length=1)
    nations: tuple[Code, ...] = ()

    def is_about(self, topic: str, nation: str) -> bool:
        return topic in self.topics and (not self.nations or nation in self.nations)


class HelpTopic(Frozen):
    code: Code
    title: Text
    about: Text
    counts_pay: bool = False  # leads to the calculator
    letters: tuple[Code, ...] = ()  # those that help with it
    outcomes: tuple[HelpOutcome, ...] = ()  # the answers of the look-up that lead to it
    leaves_no_trace: bool = False  # its reader may be watched: the history of the browser names the start page


class HelpFact(ForTopics):
    part: HelpPart
    text: Text


class HelpCall(ForTopics):
    """Who answers a telephone: for what, when, at what cost and in which languages."""

    name: str
    telephone: str
    what: Text
    hours: Text
    cost: Text
    languages: Text


class WageBand(Frozen):
    code: Code
    title: Text


class WageRates(CheckedFact):
    """The least pay for an hour from a day on, by band, and how much a day housing may count, in pence."""

    since: date
    nations: tuple[Code, ...] = ()
    amounts: dict[str, Pence]
    offset: Pence


class WorkerLetter(CheckedFact):
    """A letter or a claim: fixed sentences around what the worker fills in. `topics` lead to it."""

    code: Code
    title: Text
    asks: tuple[LetterField, ...] = Field(min_length=1)
    opening: tuple[Text, ...] = Field(min_length=1)
    closing: tuple[Text, ...] = ()


class WorkerHelp(Frozen):
    topics: tuple[HelpTopic, ...] = Field(min_length=1)
    facts: tuple[HelpFact, ...] = ()
    calls: tuple[HelpCall, ...] = ()
    bands: tuple[WageBand, ...] = ()
    rates: tuple[WageRates, ...] = ()  # oldest first
    letters: tuple[WorkerLetter, ...] = ()
    number_words: tuple[str, ...] = ()  # what people write before a licence number of this scheme
    not_found: tuple[Text, ...] = ()  # what someone does who found nobody on the register

    def checked_facts(self) -> Iterator[tuple[str, CheckedFact]]:
        """Every fact with its key."""
        yield from ((f"facts[{one.code}]", one) for one in self.facts)
        yield from ((f"calls[{one.code}]", one) for one in self.calls)
        yield from ((f"rates[{one.since}]", one) for one in self.rates)
        yield from ((f"letters[{one.code}]", one) for one in self.letters)

    def past_review(self, on: date) -> Iterator[tuple[str, date]]:
        """What should have been compared with its source again before this day, each with the day."""
        yield from ((key, one.review_by) for key, one in self.checked_facts() if one.review_by < on)
