"""When something of a pack applies: one closed form, no expressions.

A condition is `{ any = [clause, …] }` or `{ all = [clause, …] }`; a clause names one fact and says one thing of it:
`is`, `in` (one of these), `has` (a list that contains this), `only` (a list that contains nothing but these), `at_least` (a number)
or `before` (a date).
What is not known never satisfies a clause: an unanswered question is neither a yes nor a no.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cached_property
from typing import Any

from pydantic import Field, model_validator

from registry.schemes.texts import Frozen

# Facts that no question asks: whoever judges a condition adds those that it knows.
DERIVED = {
    "turnover_band": "the code of the band that the declared turnover falls in",
    "nation": "the nation of the organisation's own address",
    "renewal": "whether this is an application to renew a licence in force",
    "adverse_reply": "whether a check on the application came back adverse",
    "unanswered_check": "whether a check on the application came back without a reply in time",
    "company_gone": "whether the companies register has not the company, or says that it is not active",
    "on_a_list": "whether somebody or something in the application may be on a list that was read",
    "refused_before": "whether the register holds a refusal of the organisation or of a person in it",
    "revoked_before": "whether the register holds a revocation of a licence of the organisation or of a person in it",
    "conditions_at_grant": "whether conditions were attached when the licence was granted",
}


class Clause(Frozen):
    fact: str = Field(min_length=1)
    is_: bool | int | str | None = Field(default=None, alias="is")
    in_: tuple[int | str, ...] | None = Field(default=None, alias="in")
    has: str | None = None
    only: tuple[str, ...] | None = None
    at_least: Decimal | None = None
    before: date | None = None

    @model_validator(mode="after")
    def _says_one_thing(self) -> "Clause":
        said = self.model_fields_set - {"fact"}
        if len(said) != 1 or getattr(self, next(iter(said))) in (None, ()):
            raise ValueError("a clause says exactly one of: is, in, has, only, at_least, before")
        return self

    @cached_property
    def operator(self) -> str:
        return next(iter(self.model_fields_set - {"fact"}))


class AnswerCondition(Frozen):
    any: tuple[Clause, ...] = ()
    all: tuple[Clause, ...] = ()

    @model_validator(mode="after")
    def _is_one_list(self) -> "AnswerCondition":
        if bool(self.any) == bool(self.all):
            raise ValueError("a condition is one list of clauses, under any or under all")
        return self

    @property
    def clauses(self) -> tuple[Clause, ...]:
        return self.any or self.all


def holds(condition: AnswerCondition | Iterable[Clause] | None, facts: Mapping[str, Any]) -> bool:
    """Whether a condition is true of these facts. No condition (or an empty list) is always true; a list means `any`."""
    if condition is None:
        return True
    if isinstance(condition, AnswerCondition):
        judge = any if condition.any else all
        return judge(_clause_holds(clause, facts) for clause in condition.clauses)
    clauses = tuple(condition)
    return not clauses or any(_clause_holds(clause, facts) for clause in clauses)


def _clause_holds(clause: Clause, facts: Mapping[str, Any]) -> bool:
    known = facts.get(clause.fact)
    if known is None or known == "":
        return False
    return OPERATORS[clause.operator](known, getattr(clause, clause.operator))


def _is(known: Any, wanted: Any) -> bool:
    # Answers may come from a form ("yes", "no") or from a fact (true, false).
    if isinstance(wanted, bool):
        return known is wanted or known == ("yes" if wanted else "no")
    return not isinstance(known, bool) and bool(known == wanted)


def _in(known: Any, wanted: tuple[Any, ...]) -> bool:
    return any(_is(known, one) for one in wanted)


def _has(known: Any, wanted: str) -> bool:
    return not isinstance(known, str) and isinstance(known, Iterable) and wanted in known


def _only(known: Any, wanted: tuple[str, ...]) -> bool:
    return isinstance(known, list | tuple) and bool(known) and set(known) <= set(wanted)


def _at_least(known: Any, wanted: Decimal) -> bool:
    try:
        return Decimal(str(known)) >= wanted
    except InvalidOperation:
        return False


def _before(known: Any, wanted: date) -> bool:
    try:
        return date.fromisoformat(str(known)[:10]) < wanted
    except ValueError:
        return False


OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "is_": _is,
    "in_": _in,
    "has": _has,
    "only": _only,
    "at_least": _at_least,
    "before": _before,
}
