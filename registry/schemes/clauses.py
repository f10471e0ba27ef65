"""Whether a condition can ever hold: that its fact is asked, in a way that it asks about, with an answer that can be given."""

from collections.abc import Iterator, Mapping

from registry.schemes.conditions import DERIVED, AnswerCondition, Clause
from registry.schemes.form import FormQuestion
from registry.schemes.scheme import Scheme

Asked = Mapping[str, FormQuestion]
# Which clauses fit only some kinds of questions.
KINDS = {
    "has": frozenset({"choices", "lines", "paye_references"}),
    "only": frozenset({"choices"}),
    "at_least": frozenset({"number", "money"}),
    "before": frozenset({"date"}),
}
LISTS = KINDS["has"]


def asked_of_all(scheme: Scheme) -> dict[str, FormQuestion]:
    """The questions about the organisation itself, whose answers every condition may ask about."""
    return {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}


def asked_of_applicant(scheme: Scheme) -> dict[str, FormQuestion]:
    """The same without what follows from each person's own part: a condition that the applicant sees would tell it."""
    return {key: question for key, question in asked_of_all(scheme).items() if not question.from_each}


def misfits(condition: AnswerCondition | tuple[Clause, ...] | None, asked: Asked, scheme: Scheme) -> Iterator[str]:
    """What is wrong with the clauses of a condition, in words."""
    clauses = condition.clauses if isinstance(condition, AnswerCondition) else condition or ()
    for clause in clauses:
        if clause.fact in asked:
            yield from _of_question(clause, asked[clause.fact])
        elif clause.fact in DERIVED:
            yield from _of_derived(clause, scheme)
        else:
            yield f"the form does not declare the fact {clause.fact!r}"


def _of_question(clause: Clause, question: FormQuestion) -> Iterator[str]:
    operator = clause.operator.rstrip("_")
    if question.kind not in KINDS.get(operator, {question.kind}):
        yield f"{operator!r} does not fit {question.key!r}, a question of kind {question.kind!r}"
    elif operator in ("is", "in") and question.kind in LISTS:
        yield f"{question.key!r} has a list of answers: say 'has' instead of {operator!r}"
    elif operator in ("is", "in", "has", "only"):
        yield from _unanswerable(clause, question)


def _unanswerable(clause: Clause, question: FormQuestion) -> Iterator[str]:
    choices = {choice.value for choice in question.choices}
    for wanted in _wanted(clause):
        if isinstance(wanted, bool) != (question.kind == "yes_no"):
            yield f"true and false are the answers to a yes-or-no question, and only to one: {question.key!r}"
        elif choices and wanted not in choices:
            yield f"{wanted!r} is no choice of {question.key!r}"


def _of_derived(clause: Clause, scheme: Scheme) -> Iterator[str]:
    """Of what the product itself knows: most is so or is not so; two facts are codes of the pack."""
    codes = {
        "turnover_band": {band.code for band in scheme.fees.bands},
        "nation": {nation.code for nation in scheme.nations},
    }.get(clause.fact, {True, False})
    if clause.operator not in ("is_", "in_"):
        yield f"{clause.fact!r} takes 'is' or 'in'"
        return
    for wanted in _wanted(clause):
        if wanted not in codes:
            yield f"{clause.fact!r} is never {wanted!r}"


def _wanted(clause: Clause) -> tuple[bool | int | str, ...]:
    wanted = getattr(clause, clause.operator)
    return wanted if isinstance(wanted, tuple) else (wanted,)
