"""What a report names that intelligence from it can be linked with: its firm, and the telephones, vehicles, bank accounts and places in it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from compliance.intelligence.rules import ComparedName, named
from compliance.intelligence.states import EntityKind
from compliance.reports.filters.match_keys import telephones_in
from compliance.reports.models.reports import Report
from registry import identifiers
from registry.errors import Reason, Refused
from registry.matching import accounts_in
from registry.organisations.models import Organisation

_PLATE = re.compile(r"\b[A-Za-z]{2}\d{2} ?[A-Za-z]{3}\b")
HOW: dict[str, str | Promise] = {
    EntityKind.TELEPHONE: _("is rung at"),
    EntityKind.VEHICLE: _("uses the vehicle"),
    EntityKind.ADDRESS: _("has workers at"),
    EntityKind.ACCOUNT: _("is paid at the account"),
}


@dataclass(frozen=True, slots=True)
class OfferedLink:
    """One connection that can be chosen: from the firm of the report to something that it names."""

    firm: ComparedName
    other: ComparedName
    how: str

    @property
    def code(self) -> str:
        return f"{self.other.kind}:{self.other.key}"

    @property
    def words(self) -> str:
        return str(format_lazy("{firm} {how} {other}", firm=self.firm.label, how=self.how, other=self.other.label))


def offered_links(report: Report | None) -> tuple[OfferedLink, ...]:
    """None where the report names no firm: a link has two ends."""
    firm = _firm(report) if report else None
    if report is None or firm is None:
        return ()
    found = {(one.kind, one.key): one for one in _things(report)}
    return tuple(OfferedLink(firm, one, str(HOW[one.kind])) for one in found.values())


def of_account(typed: str, about: Sequence[Organisation]) -> tuple[OfferedLink, ...]:
    """The account that was typed, with each of the organisations. Raises `Refused` (no_firm, account)."""
    if not typed.strip():
        return ()
    if not about:
        raise Refused([Reason("no_firm", _("Say which organisation the account belongs to."), "about")])
    account = named(EntityKind.ACCOUNT, typed, None, where="account")
    firms = (named(EntityKind.ORGANISATION, one.legal_name, one, where="about") for one in about)
    return tuple(OfferedLink(firm, account, str(HOW[EntityKind.ACCOUNT])) for firm in firms)


def _firm(report: Report) -> ComparedName | None:
    if report.organisation is not None:
        return _named(EntityKind.ORGANISATION, report.organisation.legal_name, report)
    return _named(EntityKind.ORGANISATION, report.about_name, report)


def _things(report: Report) -> Iterator[ComparedName]:
    told = f"{report.about_number}\n{report.about_place}\n{report.text}"
    typed = [(EntityKind.TELEPHONE, text) for text in telephones_in(told)]
    typed += [(EntityKind.VEHICLE, text) for text in _plates(told)]
    typed += [(EntityKind.ACCOUNT, text) for text in accounts_in(told)]
    typed += [(EntityKind.ADDRESS, ", ".join(line.strip() for line in report.about_place.splitlines() if line.strip()))]
    for kind, text in typed:
        if found := _named(kind, text, report):
            yield found


def _plates(told: str) -> Iterator[str]:
    for text in _PLATE.findall(told):
        try:
            yield identifiers.vehicle_registration(text)
        except identifiers.InvalidIdentifier:
            continue


def _named(kind: str, text: str, report: Report) -> ComparedName | None:
    organisation = report.organisation if kind == EntityKind.ORGANISATION else None
    try:
        return named(kind, text, organisation, where="links")
    except Refused:
        return None
