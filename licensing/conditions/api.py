"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import date
from typing import Any

from ninja import Schema

from licensing.applications.api import said
from registry.api import OrganisationOut, organisation_out
from registry.licences.models import Condition


class ConditionRowOut(Schema):
    reference: str
    licence: str
    organisation: OrganisationOut
    standard: str
    requirement: str
    imposed_on: date
    due_on: date
    status: str
    closed_on: date | None
    proposed_by: str | None


def condition_out(row: Condition) -> dict[str, Any]:
    return {
        **said(row, ("reference", "standard", "requirement", "imposed_on", "due_on", "status", "closed_on")),
        "licence": row.licence.number,
        "organisation": organisation_out(row.licence.organisation),
        "proposed_by": getattr(row, "officer", None),
    }
