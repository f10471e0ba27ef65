"""Asking the companies register itself about one company, in the shape of the Companies House API: its profile, officers, and
persons with significant control. An option of the installation: without it, the monthly snapshot is asked.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from time import monotonic
from typing import Any
from urllib.parse import quote

from django.conf import settings

from registry.clients import machines
from registry.companies import rules
from registry.companies.models import Company, CompanyPerson
from registry.identifiers import tidy_postcode
from registry.imports.models import Import
from registry.json_reader import read_json
from registry.premises.rules import COUNTRIES

#: In seconds, for all three questions together: a person waits for the page.
WITHIN = 4.0
MOST_READ = 512 * 1024
LONGEST = 200
GONE = frozenset({"dissolved", "converted-closed", "closed", "removed"})


class RegisterSilent(Exception):
    """The register cannot be asked now, or says something that cannot be understood."""


@dataclass(frozen=True, slots=True)
class CompanyAnswer:
    """What the register says today. The rows are written nowhere; no `company`: it has none with this number."""

    edition: Import | None
    company: Company | None = None
    people: tuple[CompanyPerson, ...] = ()


def is_configured() -> bool:
    return bool(settings.COMPANIES_URL and settings.COMPANIES_KEY)


def ask(number: str, *, today: date) -> CompanyAnswer:
    """The company with this number, its officers and owners of today. Raises `RegisterSilent`."""
    edition = Import(source=Company.SOURCE, edition_on=today, licence=settings.COMPANIES_TERMS)
    ends = monotonic() + WITHIN
    here = f"/company/{quote(number, safe='')}"
    profile = _asked(here, ends=ends)
    if profile is None:
        return CompanyAnswer(edition)
    officers = _asked(f"{here}/officers?items_per_page=100", ends=ends) or {}
    owners = _asked(f"{here}/persons-with-significant-control?items_per_page=100", ends=ends) or {}
    try:
        return CompanyAnswer(edition, _company(number, profile), (*_people(number, officers), *_people(number, owners)))
    except (KeyError, TypeError, AttributeError, ValueError):
        raise RegisterSilent from None


def _company(number: str, profile: Mapping[str, Any]) -> Company:
    """The company, as the snapshot has it too."""
    status, detail = profile.get("company_status") or "", profile.get("company_status_detail") or ""
    return Company(
        number=number,
        name=_plain(profile["company_name"]),
        category=_plain(profile.get("type")),
        status=_plain(detail or status).replace("-", " ").capitalize(),
        incorporated_on=rules.iso_day(profile.get("date_of_creation") or ""),
        address=_address(profile.get("registered_office_address") or {}),
        previous_names=[
            [_plain(one["name"]), _plain(one.get("ceased_on"))] for one in profile.get("previous_company_names") or ()
        ],
        activities=[_plain(code) for code in profile.get("sic_codes") or ()],
        gone_since=_gone_since(profile) if status in GONE else None,
    )


def _gone_since(profile: Mapping[str, Any]) -> date:
    return rules.iso_day(profile.get("date_of_cessation") or "") or date.fromisoformat(profile["date_of_creation"])


def _address(said: Mapping[str, Any]) -> dict[str, str]:
    lines = [_plain(said.get(part)) for part in ("care_of", "po_box", "premises", "address_line_1", "address_line_2")]
    given = [line for line in lines if line]
    country = _plain(said.get("country"))
    return {
        "line_1": given[0] if given else "",
        "line_2": ", ".join(given[1:]),
        "town": _plain(said.get("locality")),
        "county": _plain(said.get("region")),
        "postcode": tidy_postcode(_plain(said.get("postal_code"))),
        "country": COUNTRIES.get(country.lower(), ""),
    }


def _people(number: str, said: Mapping[str, Any]) -> Iterator[CompanyPerson]:
    for one in said.get("items") or ():
        role = one.get("officer_role") or one.get("kind") or ""
        until = one.get("resigned_on") or one.get("ceased_on") or ""
        if kind := rules.kind_of_role(role, until=until):
            since = rules.iso_day(one.get("appointed_on") or one.get("notified_on") or "")
            yield CompanyPerson(number=number, name=rules.name_in_order(_plain(one["name"])), kind=kind, since=since)


def _plain(text: Any) -> str:
    return " ".join(str(text or "").split())[:LONGEST]


def _asked(path: str, *, ends: float) -> dict[str, Any] | None:
    """What is said at this path; None where there is nothing of it."""
    address, within = settings.COMPANIES_URL.rstrip("/") + path, ends - monotonic()
    us = machines.basic(settings.COMPANIES_KEY, "")
    try:
        answer = machines.ask("GET", address, within=within, most=MOST_READ, headers=us)
        said = read_json(answer.body or b"null")
    except (machines.MachineSilent, ValueError):
        raise RegisterSilent from None
    if answer.code == 404:
        return None
    if answer.code != 200 or not isinstance(said, dict):
        raise RegisterSilent
    return said
