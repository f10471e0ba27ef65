"""What the snapshot of the companies register says of an applicant, and how it differs from what was answered."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext

from licensing.application_form.rules import facts
from licensing.application_form.rules.facts import COMPANY_NUMBER
from licensing.application_form.rules.filled import ApplicationForm
from licensing.applications.rules import companies
from registry.companies import queries as registry_queries
from registry.companies.models import Company
from registry.errors import Reason
from registry.identifiers import InvalidIdentifier, company_number
from registry.imports.models import Import

ADDRESS = ("line_1", "line_2", "town", "county", "postcode")


@dataclass(frozen=True, slots=True)
class CompanyMatch:
    """A company number, looked up. No `edition`: no snapshot has been read; no `company`: this one has no such number."""

    number: str
    page: str
    step: str
    edition: Import | None
    company: Company | None
    differences: tuple[Reason, ...]
    is_fresh: bool
    confirmed: str

    @property
    def is_missing(self) -> bool:
        """A snapshot that is still true does not have it."""
        return self.edition is not None and self.company is None and self.is_fresh

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed == self.number

    def blockers(self) -> Iterator[Reason]:
        """What keeps an application with this number from being handed in."""
        return companies.unconfirmed_blockers(
            self.number, is_missing=self.is_missing, confirmed=self.confirmed, page=self.page
        )

    @property
    def rows(self) -> list[dict[str, str]]:
        """What the snapshot says, for a summary."""
        if self.company is None:
            return []
        one = self.company
        said = {
            gettext("Name"): one.name,
            gettext("Number"): one.number,
            gettext("Status"): one.status if one.gone_since is None else gettext("Not in the register any more"),
            gettext("Incorporated"): date_format(one.incorporated_on, "j F Y") if one.incorporated_on else "",
            gettext("Registered office"): "\n".join(filter(None, (one.address.get(part, "") for part in ADDRESS))),
            gettext("Former names"): "\n".join(name for name, _until in one.previous_names),
            gettext("Trades"): "\n".join(one.activities),
        }
        return [{"key": key, "value": value} for key, value in said.items() if value]


def company_match(filled: ApplicationForm, *, today: date) -> CompanyMatch | None:
    """The company that these answers name. None when they name none: sole traders, partnerships, companies from abroad."""
    number, page = normal_number(filled.facts.get(COMPANY_NUMBER)), filled.page_asking(COMPANY_NUMBER)
    if not number or page is None:
        return None
    edition, company = registry_queries.company(number)
    return CompanyMatch(
        number=number,
        page=page.slug,
        step=page.question(COMPANY_NUMBER).asked_in,
        edition=edition,
        company=company,
        differences=tuple(companies.differences(company, filled.facts)) if company else (),
        is_fresh=edition is not None and companies.is_fresh(edition, today=today),
        confirmed=filled.data(page).get(facts.CONFIRMED, ""),
    )


def normal_number(typed: Any) -> str:
    """A number that is not right yet is nothing to look up."""
    try:
        return company_number(typed) if isinstance(typed, str) else ""
    except InvalidIdentifier:
        return ""
