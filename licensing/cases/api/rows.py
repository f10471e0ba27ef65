"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from licensing.applications.api import said
from licensing.applications.models import Application
from registry.api import OrganisationOut, PersonOut, organisation_out, person_out
from registry.organisations.models import Organisation


class ApplicationOut(Schema):
    reference: str
    organisation: OrganisationOut
    scheme: str
    status: str
    submitted_at: datetime
    age: int = Field(description="In working days")
    waiting_for: list[str]
    case_officer: PersonOut | None
    still_to_pay: Decimal
    open_checks: int
    overdue_checks: int
    unread_messages: int
    closed_at: datetime | None


SAID_OF_APPLICATION = (
    "reference",
    "scheme",
    "status",
    "submitted_at",
    "age",
    "still_to_pay",
    "open_checks",
    "overdue_checks",
    "unread_messages",
    "closed_at",
)


def application_out(row: Application) -> dict[str, Any]:
    return {
        **said(row, SAID_OF_APPLICATION),
        "organisation": organisation_out(row.organisation),
        "waiting_for": [str(turn) for turn in row.turns],
        "case_officer": person_out(row.case_officer),
    }


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
