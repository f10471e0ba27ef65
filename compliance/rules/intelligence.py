"""What must be true before intelligence is recorded, graded anew, or passed on."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from registry.agencies.models import Agency
from registry.errors import Reason
from registry.schemes import Intelligence as Words


class Coded(Protocol):
    @property
    def code(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Grade:
    """How reliable the source, how good the information, and on which conditions it may be shared: 3x5x2."""

    source: str
    information: str
    handling: str
    conditions: Sequence[str] = ()
    conditions_said: str = ""


def grade_blockers(grade: Grade, words: Words) -> Iterator[Reason]:
    """Every code is one of the pack; conditions are given exactly where the handling code has them."""
    if not _has(words.sources, grade.source):
        yield Reason("no_source_grade", _("Say how reliable the source is."), "source")
    if not _has(words.information, grade.information):
        yield Reason("no_information_grade", _("Say how good the information is."), "information")
    if not _has(words.handling, grade.handling):
        yield Reason("no_handling", _("Say whether it may be shared."), "handling")
    else:
        yield from _condition_blockers(grade, words)


def _condition_blockers(grade: Grade, words: Words) -> Iterator[Reason]:
    has_conditions = next(one.has_conditions for one in words.handling if one.code == grade.handling)
    given = bool(grade.conditions or grade.conditions_said.strip())
    if has_conditions and not given:
        yield Reason("no_conditions", _("Say on which conditions it may be shared."), "conditions")
    if given and not has_conditions:
        yield Reason(
            "conditions_without_code",
            _("Conditions belong to a handling code with conditions. Choose that, or take the conditions out."),
            "conditions",
        )
    if any(not _has(words.conditions, one) for one in grade.conditions):
        yield Reason("unknown_condition", _("Choose conditions from the list."), "conditions")


def record_blockers(*, source_text: str, sanitised_text: str, learnt_on: date, today: date) -> Iterator[Reason]:
    if not source_text.strip():
        yield Reason("no_source_text", _("Write what was heard or seen."), "source_text")
    if not sanitised_text.strip():
        yield Reason(
            "no_sanitised_text",
            _("Write it so that nobody can tell who told it: this is what is shared."),
            "sanitised_text",
        )
    if learnt_on > today:
        yield Reason("wrong_day", _("Enter a day that is not in the future."), "learnt_on")


def _has(rows: Collection[Coded], code: str) -> bool:
    return any(one.code == code for one in rows)


def reason_blockers(because: str) -> Iterator[Reason]:
    """Whoever looks at what is protected, or changes what others rest on, says why (docs/rules.md G13)."""
    if len(because.strip()) < 10:
        yield Reason("no_reason", _("Say the reason in 10 characters or more."), "because")


def pass_on_blockers(agency: Agency | None, *, purpose: str) -> Iterator[Reason]:
    """Every handling code of the pack permits lawful sharing; that it is lawful, and what for, is said each time."""
    if agency is None or agency.closed_at is not None:
        yield Reason("no_agency", _("Say to which authority it goes."), "agency")
    if len(purpose.strip()) < 10:
        yield Reason(
            "no_purpose",
            _("Say what it may be used for and under which power it is shared, in 10 characters or more."),
            "purpose",
        )
