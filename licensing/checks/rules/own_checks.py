"""What the registry looks up by itself, at once: what each thing found means. Nothing of it decides; an officer looks."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.checks.states import CheckResult
from registry import identifiers
from registry.companies.models import Company
from registry.errors import Reason
from registry.identifiers import InvalidIdentifier
from registry.imports.models import Import

# How soon an officer looks at what was found. Ours.
LOOK_WITHIN = 5


@dataclass(frozen=True, slots=True)
class OwnCheckResult:
    """What one look came to: nothing, something to be looked at by an officer, or that there was nothing to look in."""

    result: CheckResult
    evidence: str
    items: tuple[Mapping[str, str], ...] = ()
    is_public: bool = True


@dataclass(frozen=True, slots=True)
class Number:
    """A number that was stated: what it is called, whose it is, and what checks it."""

    called: str
    value: str
    check: Callable[[str], str]


def numbers_of(organisation: Mapping[str, Any], people: Iterable[tuple[str, str]]) -> Iterator[Number]:
    """The numbers that bear check digits or a form of their own; `people` are names and National Insurance numbers."""
    yield Number(gettext("Company number"), organisation.get("company_number", ""), identifiers.company_number)
    yield Number(gettext("Unique Taxpayer Reference"), organisation.get("utr", ""), identifiers.utr)
    yield Number(gettext("VAT number"), organisation.get("vat_number", ""), identifiers.vat)
    for reference in organisation.get("paye_references") or ():
        yield Number(gettext("PAYE reference"), reference, identifiers.paye)
    for name, nino in people:
        yield Number(gettext("National Insurance number of %s") % name, nino, identifiers.nino)


def numbers(stated: Iterable[Number]) -> OwnCheckResult:
    """Whether each number can be one: its check digits hold, or it has the form of such a number."""
    there = [one for one in stated if one.value]
    if not there:
        return OwnCheckResult(CheckResult.NOT_APPLICABLE, gettext("No number was given."))
    wrong = [one for one in there if not holds(one)]
    evidence = "\n".join(_judged(one, is_right=one not in wrong) for one in there)
    items = tuple(_item("number", f"{one.called}: {one.value}") for one in wrong)
    return OwnCheckResult(CheckResult.LOOK if wrong else CheckResult.NIL, evidence, items)


def holds(number: Number) -> bool:
    """Whether this can be such a number at all."""
    try:
        number.check(number.value)
    except InvalidIdentifier:
        return False
    return True


def _judged(number: Number, *, is_right: bool) -> str:
    said = {"number": number.called, "value": number.value}
    if is_right:
        return gettext("%(number)s %(value)s is a valid number.") % said
    return gettext("%(number)s %(value)s is not a valid number. It may be mistyped.") % said


def company(
    number: str,
    *,
    edition: Import | None,
    found: Company | None,
    is_fresh: bool,
    differences: Iterable[Reason],
) -> OwnCheckResult:
    """What the snapshot of the companies register says of the number that was given, and otherwise than was stated."""
    if edition is None:
        return OwnCheckResult(
            CheckResult.NOT_APPLICABLE, gettext("No snapshot of the companies register has been read.")
        )
    if not number:
        return OwnCheckResult(CheckResult.NOT_APPLICABLE, gettext("No company number that can be looked up was given."))
    as_of = gettext("Snapshot of %s.") % _day(edition.edition_on)
    if not is_fresh:
        as_of = gettext("Snapshot of %s, which is old.") % _day(edition.edition_on)
    if found is None:
        text = gettext("It has no company with the number %s.") % number
        return OwnCheckResult(CheckResult.LOOK, f"{as_of} {text}", (_item("not_found", text),))
    said = [_item(reason.code, str(reason)) for reason in differences]
    if not said:
        text = gettext("Number, name, former names, standing, office and date agree: %(name)s, %(status)s.")
        return OwnCheckResult(CheckResult.NIL, f"{as_of} {text % {'name': found.name, 'status': found.status}}")
    return OwnCheckResult(CheckResult.LOOK, "\n".join([as_of, *(one["summary"] for one in said)]), tuple(said))


# The differences after which there is no company as it was stated, rather than one that is spelt otherwise.
GONE = frozenset({"not_found", "gone", "status"})


@dataclass(frozen=True, slots=True)
class EarlierRecord:
    """Something in the register about the organisation, or about one in which somebody of it had a role."""

    code: str
    on: date
    text: str
    reference: str


# What an officer looks at; what merely was is said and no more.
AGAINST = frozenset({"refused", "revoked", "suspended"})


def history(before: Iterable[EarlierRecord]) -> OwnCheckResult:
    """Earlier licences, refusals and withdrawals, the newest first."""
    ordered = sorted(before, key=lambda one: (one.on, one.reference), reverse=True)
    if not ordered:
        return OwnCheckResult(
            CheckResult.NO_TRACE, gettext("The organisation and the people in it have not applied before.")
        )
    evidence = "\n".join(f"{_day(one.on)}: {one.text} ({one.reference})" for one in ordered)
    items = tuple(
        {"code": one.code, "date": one.on.isoformat(), "summary": one.text, "reference": one.reference}
        for one in ordered
        if one.code in AGAINST
    )
    return OwnCheckResult(CheckResult.LOOK if items else CheckResult.NIL, evidence, items)


@dataclass(frozen=True, slots=True)
class ListMatch:
    """Somebody or something on a list that may be meant, and why."""

    who: str
    listed: str
    list_title: str
    why: str
    reference: str
    since: date | None


def lists(alike: Iterable[ListMatch], *, searched: Iterable[str]) -> OwnCheckResult:
    """Who of the applicant may be on a list that was read: a match is a reason to look, and never more."""
    searched, found = list(searched), list(alike)
    if not searched:
        return OwnCheckResult(CheckResult.NOT_APPLICABLE, gettext("No list has been read."), is_public=False)
    looked = gettext("Looked in: %s.") % ", ".join(searched)
    if not found:
        return OwnCheckResult(CheckResult.NIL, looked, is_public=False)
    items = tuple(
        {
            "code": "listed",
            "date": one.since.isoformat() if one.since else "",
            "summary": f"{one.who}: {one.list_title}, {one.listed} ({one.why})",
            "reference": one.reference,
        }
        for one in found
    )
    evidence = "\n".join([looked, *(one["summary"] for one in items)])
    return OwnCheckResult(CheckResult.LOOK, evidence, items, is_public=False)


def _item(code: str, summary: str) -> dict[str, str]:
    return {"code": code, "date": "", "summary": summary, "reference": ""}


def _day(day: date | None) -> str:
    return date_format(day, "j F Y") if day else gettext("an unknown day")
