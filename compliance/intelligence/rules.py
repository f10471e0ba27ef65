"""What must be true before intelligence is recorded, graded anew, or passed on.

What must be true before a source is kept, or somebody learns who it is (docs/rules.md G13).

By what people and things are compared, and what must be true before two are tied."""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext_lazy as _
from rapidfuzz import fuzz

from compliance.intelligence.models.intelligence import Intelligence
from compliance.intelligence.models.sources import Source
from compliance.intelligence.states import EntityKind, Strength
from registry import identifiers, names, signing
from registry.accounts.models import User
from registry.agencies.models import Agency
from registry.errors import Reason, Refused
from registry.matching import account_digest, bank_account
from registry.organisations.models import Organisation
from registry.reasons import reason_blockers
from registry.retention.rules import erased_blockers
from registry.schemes import IntelligenceTerms as Words


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


def is_nearly_equal(text: str, heard: str, percent: int) -> bool:
    """Whether a text is what was heard, in other letters or another order, or has all of it in it."""
    plain, other = (" ".join(re.findall(r"\w+", names.fold(one))) for one in (text, heard))
    if not plain or not other:
        return False
    is_longer = len(plain) >= len(other)
    alike = max(
        fuzz.ratio(plain, other), fuzz.token_sort_ratio(plain, other), fuzz.partial_ratio(other, plain) * is_longer
    )
    return bool(alike >= percent)


NOT_RELEASED = Reason("not_released", _("A second person must release the sanitised text first."))


def shared_blockers(intelligence: Intelligence) -> Iterator[Reason]:
    """Nothing of a piece leaves those who work with intelligence before its text is released."""
    yield from erased_blockers(intelligence, "intelligence")
    if not intelligence.is_released:
        yield NOT_RELEASED


NEARLY_EQUAL = Reason(
    "nearly_equal",
    _("This is nearly the same as what was heard. Write it in your own words, without what only the source can know."),
    "sanitised_text",
)


def record_blockers(
    *, source_text: str, sanitised_text: str, learnt_on: date, today: date, percent: int
) -> Iterator[Reason]:
    if is_nearly_equal(sanitised_text, source_text, percent):
        yield NEARLY_EQUAL
    if not source_text.strip():
        yield Reason("no_source_text", _("Write what was heard or seen."), "source_text")
    if not sanitised_text.strip():
        yield Reason(
            "no_sanitised_text",
            _("Remove anything that could identify the source: this text is shared."),
            "sanitised_text",
        )
    if learnt_on > today:
        yield Reason("wrong_day", _("Enter a day that is not in the future."), "learnt_on")


def _has(rows: Collection[Coded], code: str) -> bool:
    return any(one.code == code for one in rows)


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


SHUT = Reason("not_opened", _("The seal does not open with the key of this service. Nothing was shown."))


def keep_blockers(identity: Mapping[str, str]) -> Iterator[Reason]:
    if not identity.get("name", "").strip():
        yield Reason("no_name", _("Enter the name of the source."), "name")


def look_blockers(source: Source, *, by: User, because: str | None = None) -> Iterator[Reason]:
    """A reason of None is not asked yet: the question is only whether the button may be pressed."""
    if source.handler_id != by.pk:
        yield Reason("not_their_handler", _("Only the handler of this source can open who it is."))
    yield from erased_blockers(source, "sources")
    yield from reason_blockers(because)


def hand_over_blockers(source: Source, *, to: User | None, by: User, because: str) -> Iterator[Reason]:
    if source.handler_id != by.pk:
        yield Reason("not_their_handler", _("Only the handler of this source can hand it over."))
    if to is None or to.pk == by.pk or not to.is_active or not to.has_perm("compliance.handle_sources"):
        yield Reason("no_handler", _("Choose another source handler."), "to")
    yield from reason_blockers(because)


_SORT_CODE = 6
#: How much of an account may be read.
_END = 3


@dataclass(frozen=True, slots=True)
class ComparedName:
    """Somebody or something as it is compared and as it is shown."""

    kind: str
    key: str
    label: str
    organisation: Organisation | None = None


def named(kind: str, typed: str, organisation: Organisation | None, *, where: str) -> ComparedName:
    """What was typed, as one of a kind. Raises `Refused` (no_kind, no_name, or what is wrong with the number)."""
    label = " ".join(typed.split())[:200]
    if kind == EntityKind.ORGANISATION and organisation is not None:
        return ComparedName(kind, organisation.reference, organisation.legal_name, organisation)
    try:
        key = _KEYS[kind](label)
    except KeyError:
        raise Refused([Reason("no_kind", _("Choose what kind of thing it is."), f"{where}_kind")]) from None
    except identifiers.InvalidIdentifier as wrong:
        raise Refused([Reason(wrong.code, wrong.text, where)]) from wrong
    if not key:
        raise Refused([Reason("no_name", _("Write the name or the number."), where)])
    return ComparedName(kind, key[:120], _end(label) if kind == EntityKind.ACCOUNT else label)


def _account(label: str) -> str:
    """As a file keeps it too, so that an account of intelligence and one of a file are the same."""
    figures = bank_account(label)
    if figures.isdigit() and len(figures) > _SORT_CODE:
        return account_digest(figures[:_SORT_CODE], figures[_SORT_CODE:])
    return signing.keyed_digest(settings.NAMES_KEY, f"bank account {figures}")


def _end(label: str) -> str:
    return f"…{bank_account(label)[-_END:]}"


_KEYS: dict[str, Callable[[str], str]] = {
    EntityKind.PERSON: names.person_key,
    EntityKind.ORGANISATION: names.squash,
    EntityKind.ADDRESS: names.squash,
    EntityKind.TELEPHONE: identifiers.telephone,
    EntityKind.ACCOUNT: _account,
    EntityKind.VEHICLE: identifiers.vehicle_registration,
}


def tie_blockers(first: ComparedName, second: ComparedName, *, how: str, strength: int) -> Iterator[Reason]:
    if (first.kind, first.key) == (second.kind, second.key):
        yield Reason("same_entity", _("You chose the same one twice. Choose what else it is connected with."), "second")
    if not how.strip():
        yield Reason("no_how", _("Say how they are connected."), "how")
    if strength not in Strength.values:
        yield Reason("no_strength", _("Choose how sure the connection is."), "strength")


def tie_day_blockers(since: date | None, until: date | None, *, today: date) -> Iterator[Reason]:
    """From when until when it was so, as far as that is known."""
    if since is not None and since > today:
        yield Reason("in_the_future", _("Enter a day that is not in the future."), "since")
    if since is not None and until is not None and until < since:
        yield Reason("ends_first", _("The last day must not be before the first."), "until")
