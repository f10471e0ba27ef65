"""holding.toml: what a holder tells and asks while it holds a licence, and what each sets off. A version may do without it.

It is not called changes.toml because `changes` is an entry of scheme.toml, which later versions keep by that name.
"""

from typing import Literal

from pydantic import Field

from registry.schemes.conditions import AnswerCondition
from registry.schemes.form import KEY, FormQuestion, Role
from registry.schemes.terms import Code, Sourced
from registry.schemes.texts import Frozen, Text

# What a change sets off: it is read; other authorities are asked; somebody visits; it must be applied for; the licence ends.
ChangeSubject = Literal["business", "people", "workers", "suppliers", "numbers", "events"]
SetsOff = Literal["note", "checks", "inspection", "application", "end"]


class ChangeKind(Sourced):
    """One kind of change: what is asked of whoever tells it, by when, and what follows."""

    code: Code
    title: Text
    about: Text  # what belongs here, and what happens with it, said before anything is typed
    # `tell` answers a page of the form anew, `add` puts one more thing on its list, `remove` takes one off; a kind
    # without a page says in its own questions what has happened.
    act: Literal["tell", "add", "remove"] = "tell"
    page: str = ""
    only: tuple[str, ...] = ()  # of a page that is answered again: the questions that are asked; left out: all
    subject: ChangeSubject = "events"  # under which heading holders find it
    pages: tuple[str, ...] = ()  # of an application: the pages that are answered anew
    questions: tuple[FormQuestion, ...] = ()
    working_days: int | None = Field(
        default=None, ge=0
    )  # 0: as soon as practicable; left out: as `changes` in scheme.toml says
    at_once: bool = False  # holds as soon as it is told; everything else waits until it has been accepted
    sets_off: SetsOff = "note"
    checks: tuple[Code, ...] = ()  # asked of other authorities as soon as it is told
    inspection: Literal["application", "compliance", "new_business", "change_of_pa"] | None = None
    role: Role | None = None  # of an application: whose place somebody else takes
    show_when: AnswerCondition | None = None

    def asks(self, question: str) -> bool:
        """Whether this question of its page is asked."""
        return not self.only or question in self.only


class ManyChanges(Sourced):
    """From how many changes of one holder within how many days on an officer is warned that somebody else may be filing them."""

    changes: int = Field(ge=2)
    days: int = Field(ge=1)


class SurrenderTerms(Sourced):
    """What giving a licence up means, said before it is asked for."""

    about: tuple[Text, ...] = Field(min_length=1)


class Misuse(Sourced):
    """What a holder is told who suspects that somebody else uses its licence."""

    about: tuple[Text, ...] = Field(min_length=1)


class InsuranceTerm(Sourced):
    """One insurance that a holder must have, with an end date: the holder shows the next one before it ends."""

    code: Code
    title: Text
    about: Text  # what to send, said before anything is typed
    fact: str = Field(pattern=KEY)  # the question of the form by which the end date was first stated
    days_before: int = Field(default=28, ge=1, le=365)  # from how many days before the end it is a duty
    days_to_tell: int = Field(default=28, ge=1, le=365)  # where no end date is known


class HoldingTerms(Frozen):
    change_kinds: tuple[ChangeKind, ...] = ()
    many_changes: ManyChanges | None = None
    surrender: SurrenderTerms | None = None
    misuse: Misuse | None = None
    insurances: tuple[InsuranceTerm, ...] = ()
