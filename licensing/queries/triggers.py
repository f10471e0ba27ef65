"""Why an application is to be inspected before it is granted: the pack's triggers, what set each off, what was set aside."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import get_language

from licensing.models import Application, Waiver
from licensing.queries.cases import facts_of, scheme_of
from registry.schemes import DERIVED, Scheme, Trigger, holds, said


@dataclass(frozen=True, slots=True)
class TriggerRow:
    """One reason to inspect: what it says, of which facts it comes, and who set it aside."""

    code: str
    title: str
    reason: str
    facts: tuple[str, ...]
    waiver: Waiver | None


def triggers_of(application: Application, *, facts: Mapping[str, Any] | None = None) -> tuple[TriggerRow, ...]:
    """The reasons that the facts of the case give now, by the pack that it is judged by."""
    if application.alters_id is not None:
        return ()
    scheme, facts = scheme_of(application), facts_of(application) if facts is None else facts
    waived = {one.trigger: one for one in application.waivers.standing().select_related("given_by")}
    return tuple(
        TriggerRow(
            code=one.code,
            title=said(one.title, get_language()),
            reason=said(one.reason, get_language()),
            facts=tuple(_that_hold(one, facts, scheme)),
            waiver=waived.get(one.code),
        )
        for one in scheme.triggers_for("application", facts)
    )


def trigger_row(application: Application, code: str) -> TriggerRow | None:
    return next((row for row in triggers_of(application) if row.code == code), None)


def _that_hold(trigger: Trigger, facts: Mapping[str, Any], scheme: Scheme) -> Iterator[str]:
    """The facts of a trigger that are so, as people read them: the question that was asked, or what is derived."""
    asked = {question.key: question for page in scheme.form.pages if not page.scope for question in page.questions}
    for clause in trigger.when.clauses:
        if holds([clause], facts):
            question = asked.get(clause.fact)
            yield said(question.label, get_language()) if question else DERIVED.get(clause.fact, clause.fact)
