"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from licensing.applications.api import said
from licensing.decisions.models.decisions import Decision
from registry.api import OrganisationOut, PersonOut, organisation_out, person_out


class DecisionRowOut(Schema):
    reference: str
    kind: str
    status: str
    organisation: OrganisationOut
    about: str = Field(description="The application or licence")
    immediate: bool
    proposed_at: datetime
    proposed_by: PersonOut | None
    reply_by: date | None
    decided_at: datetime | None
    decided_by: PersonOut | None


def decision_out(row: Decision) -> dict[str, Any]:
    return {
        **said(row, ("reference", "kind", "status", "immediate", "proposed_at", "reply_by", "decided_at")),
        "organisation": organisation_out(row.organisation),
        "about": row.subject.reference,
        "proposed_by": person_out(row.proposed_by),
        "decided_by": person_out(row.decided_by),
    }
