"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import date
from typing import Any

from ninja import Field, Schema

from licensing.applications.api import said
from licensing.checks.models import Check
from registry.api import OrganisationOut, organisation_out


class CheckOut(Schema):
    """That something is asked, and whether it was answered; what was answered is read where its restriction is said."""

    reference: str
    case: str = Field(description="The application or change that it belongs to")
    organisation: OrganisationOut
    code: str
    about: str
    agency: str
    sent_on: date | None
    due_on: date | None
    result: str
    replied_on: date | None


def check_out(row: Check) -> dict[str, Any]:
    case = row.application or row.change
    assert case is not None, "a check belongs to a case"
    return {
        **said(row, ("reference", "code", "sent_on", "due_on", "result", "replied_on")),
        "case": case.reference,
        "organisation": organisation_out(row.organisation),
        "about": row.subject,
        "agency": row.agency.name if row.agency else "",
    }
