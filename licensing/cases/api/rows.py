"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from typing import Any

from licensing.applications.api import said
from licensing.cases.lists import APPLICATIONS
from registry.api import OrganisationOut, organisation_out
from registry.api.lists import row_of
from registry.organisations.models import Organisation

ApplicationOut = row_of(APPLICATIONS, "ApplicationOut")


class OrganisationRowOut(OrganisationOut):
    trading_names: list[str]
    kind: str
    company_number: str
    town: str
    postcode: str
    licences: list[str]


def organisation_row_out(row: Organisation) -> dict[str, Any]:
    return {
        **organisation_out(row),
        **said(row, ("trading_names", "company_number")),
        "kind": row.legal_status,
        "town": row.address.get("town", ""),
        "postcode": row.address.get("postcode", ""),
        "licences": [licence.number for licence in row.licences.all()],
    }
