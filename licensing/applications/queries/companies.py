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
from licensing.application_form.rules.registered import taken_over
from licensing.applications.rules import companies
from registry import company_service
from registry.companies import queries as registry_queries
from registry.companies.models import Company
from registry.company_service import CompanyAnswer
from registry.errors import Reason
from registry.identifiers import InvalidIdentifier, company_number
from registry.imports.models import Import
from registry.imports.queries import newest_edition

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

    def use_blockers(self, *, today: date) -> list[Reason]:
        """Why what the register says cannot be used, whatever is answered as well."""
        every = companies.take_over_blockers(self.edition, self.company, nation="", today=today)
        return [one for one in every if one.where != "nation"]

    @property
    def lacks_nation(self) -> bool:
        """Whether the register does not say where in the kingdom the registered office is."""
        return self.company is not None and not self.company.address.get("country")

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
    page = filled.page_asking(COMPANY_NUMBER)
    return match_of(filled, filled.facts.get(COMPANY_NUMBER), today=today) if page else None


def match_of(
    filled: ApplicationForm, typed: Any, *, today: date, answer: CompanyAnswer | None = None
) -> CompanyMatch | None:
    """The company of this number; None while it is not right yet. `answer`: what the register itself has just said."""
    number = normal_number(typed)
    if not number:
        return None
    pages = (page for page in filled.scheme.form.pages if not page.scope)
    page = next(page for page in pages if any(question.key == COMPANY_NUMBER for question in page.questions))
    edition, company = (answer.edition, answer.company) if answer else registry_queries.company(number)
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


def can_take_over(filled: ApplicationForm, *, today: date) -> bool:
    """Whether these answers are of a company whose number is not known yet, and a fresh snapshot can be asked about it."""
    if filled.facts.get("legal_status") != "company" or COMPANY_NUMBER in filled.facts or taken_over(filled):
        return False
    return can_look_up(today=today)


def can_look_up(*, today: date) -> bool:
    """Whether the companies register can be asked, or there is a snapshot of it that is still true."""
    if company_service.is_configured():
        return True
    edition = newest_edition(Company.SOURCE)
    return edition is not None and companies.is_fresh(edition, today=today)


def normal_number(typed: Any) -> str:
    """A number that is not right yet is nothing to look up."""
    try:
        return company_number(typed) if isinstance(typed, str) else ""
    except InvalidIdentifier:
        return ""
