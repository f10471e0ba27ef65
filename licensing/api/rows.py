"""What programs are told of each row of a work list: the same as its page and its CSV say."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any

from ninja import Field, Schema

from licensing.models import Appeal, Application, Change, Check, Decision, Transfer
from licensing.queries.dates import Due
from registry.api import OrganisationOut, PersonOut, organisation_out, person_out
from registry.licences.models import Condition, Licence
from registry.organisations.models import Organisation


def said(row: object, fields: tuple[str, ...]) -> dict[str, Any]:
    return {field: getattr(row, field) for field in fields}


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


class AppealRowOut(Schema):
    reference: str
    number: str = Field(description="The number that the secretariat gave it")
    organisation: OrganisationOut
    decision: str
    kind: str = Field(description="Of the decision appealed against")
    immediate: bool
    status: str
    received_on: date | None
    reply_by: date | None
    replied_on: date | None
    barred_on: date | None
    hearing_on: date | None
    outcome: str
    ended_on: date | None
    effect_on: date | None = Field(description="From when the outcome holds")


SAID_OF_APPEAL = (
    "reference",
    "number",
    "status",
    "received_on",
    "reply_by",
    "replied_on",
    "barred_on",
    "hearing_on",
    "outcome",
    "ended_on",
    "effect_on",
)


def appeal_out(row: Appeal) -> dict[str, Any]:
    return {
        **said(row, SAID_OF_APPEAL),
        **said(row.decision, ("kind", "immediate")),
        "organisation": organisation_out(row.organisation),
        "decision": row.decision.reference,
    }


class ChangeRowOut(Schema):
    reference: str
    licence: str
    organisation: OrganisationOut
    kind: str = Field(description="What has changed, by its code in the pack")
    told_at: datetime
    days_late: int | None
    open_checks: int
    status: str


def change_out(row: Change) -> dict[str, Any]:
    return {
        **said(row, ("reference", "kind", "told_at", "days_late", "open_checks", "status")),
        "licence": row.licence.number,
        "organisation": organisation_out(row.licence.organisation),
    }


class TransferRowOut(Schema):
    reference: str
    licence: str
    organisation: OrganisationOut
    to_name: str = Field(description="The other business, as the holder calls it")
    application: str | None = Field(description="Of the other business")
    from_day: date
    status: str
    asked_at: datetime
    became: str | None = Field(description="The licence of the other business")


def transfer_out(row: Transfer) -> dict[str, Any]:
    return {
        **said(row, ("reference", "to_name", "from_day", "status", "asked_at")),
        "licence": row.licence.number,
        "organisation": organisation_out(row.organisation),
        "application": row.application.reference if row.application else None,
        "became": row.became.number if row.became else None,
    }


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


class LicenceRowOut(Schema):
    number: str
    organisation: OrganisationOut
    scheme: str
    status: str
    valid_from: date
    valid_until: date
    suspended_from: date | None
    suspended_until: date | None
    revoked_from: date | None
    appealed_from: date | None = Field(description="Revoked, and licensed until the appeal is decided")
    surrendered_from: date | None
    ended_from: date | None
    last_day: date = Field(
        description="The last day with it: of its term, or before it is taken away, given up or ended"
    )
    open_conditions: int


SAID_OF_LICENCE = (
    "number",
    "scheme",
    "status",
    "valid_from",
    "valid_until",
    "suspended_from",
    "suspended_until",
    "revoked_from",
    "appealed_from",
    "surrendered_from",
    "ended_from",
    "last_day",
    "open_conditions",
)


def licence_out(row: Licence) -> dict[str, Any]:
    return {**said(row, SAID_OF_LICENCE), "organisation": organisation_out(row.organisation)}


class DateOut(Schema):
    what: str
    about: str
    due_on: date
    working_days_left: int
    rule: str
    waiting_for: str
    officer: PersonOut | None


def date_out(row: Due) -> dict[str, Any]:
    return {
        "what": str(row.title),
        "about": row.about,
        "due_on": row.due_on,
        "working_days_left": row.left,
        "rule": row.rule,
        "waiting_for": str(row.turn),
        "officer": person_out(row.officer),
    }


class LookAlikeOut(Schema):
    reference: str
    organisation: OrganisationOut
    other: OrganisationOut
    points: int
    is_strong: bool = Field(description="No licence is granted before it is judged")
    status: str
    found_at: datetime
    age: int = Field(description="In working days")
    case_officer: str | None


def look_alike_out(row: Any) -> dict[str, Any]:
    return {
        **said(row, ("reference", "points", "is_strong", "status", "found_at", "age")),
        "organisation": organisation_out(row.organisation),
        "other": organisation_out(row.other),
        "case_officer": row.officer,
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
