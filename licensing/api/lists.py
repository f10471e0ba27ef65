"""The work lists for programs: the same rows, filters and order as the pages and their CSV, a page at a time."""

from collections.abc import Callable, Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone
from ninja import Field, Query, Router, Schema

from licensing import queries
from licensing.filters import ApplicationFilter, CheckFilter, DatesFilter, DecisionFilter, LookAlikeFilter
from licensing.models import Application, Check, Decision
from licensing.queries import askings, dates, links
from licensing.queries.dates import Due
from registry import permissions
from registry.api import PROBLEMS, ByKey, Key
from registry.errors import Reason
from registry.filters import COUNTED, FilterSet, parameters
from registry.models import Organisation, Scope, User

router = Router(tags=["lists"])


class Unreadable(Exception):
    """A filter that cannot be read, so that none is passed over in silence: with what the page says beside it."""

    def __init__(self, reasons: list[Reason]) -> None:
        super().__init__("; ".join(reason.code for reason in reasons))
        self.reasons = reasons


class OrganisationOut(Schema):
    reference: str
    name: str


class PersonOut(Schema):
    reference: str
    name: str


class ListOut(Schema):
    count: int
    count_is_exact: bool = Field(description="False when there are more than were counted")
    following: str = Field(description="What to give as `page` for the rows that follow; empty at the end")


PAGE = Field("", description="`following` of the page before; the first, if left out", max_length=400)
SORT = Field(
    "", description="The order, as the address of the page says it; with - before it from the end", max_length=40
)


def asked(name: str, filterset: type[FilterSet[Any]]) -> Any:
    return parameters(name, filterset, page=(str, PAGE), sort=(str, SORT))


def listed(request: ByKey, found: FilterSet[Any], told: Callable[[Any], Any]) -> dict[str, Any]:
    if not found.form.is_valid():
        raise Unreadable(list(_unread(found)))
    page = found.page(request.GET.get("page", ""))
    return {
        "count": min(page.count, COUNTED),
        "count_is_exact": page.is_counted,
        "following": page.following,
        "items": [told(row) for row in page.rows],
    }


def _unread(found: FilterSet[Any]) -> Iterator[Reason]:
    for field, errors in found.form.errors.items():
        yield from (Reason("invalid", str(error), field) for error in errors)


def organisation_out(organisation: Organisation) -> dict[str, Any]:
    return {"reference": organisation.reference, "name": organisation.legal_name}


def person_out(user: User | None) -> dict[str, Any] | None:
    return {"reference": user.reference, "name": str(user)} if user else None


# --- applications


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


class ApplicationsOut(ListOut):
    items: list[ApplicationOut]


AskedOfApplications = asked("AskedOfApplications", ApplicationFilter)


@router.get(
    "/applications",
    response={200: ApplicationsOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="applications",
    url_name="staff_api_applications",
)
def applications(request: ByKey, asked: Query[AskedOfApplications]) -> Any:  # type: ignore[valid-type]
    """The applications that you may see: those in hand first, the longest waiting at the top."""
    permissions.require(request.user, "licensing.view_applications")
    found = queries.applications(request.GET, by=request.user, on=timezone.localdate())
    return listed(request, found, application_out)


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
        **{field: getattr(row, field) for field in SAID_OF_APPLICATION},
        "organisation": organisation_out(row.organisation),
        "waiting_for": [str(turn) for turn in row.turns],
        "case_officer": person_out(row.case_officer),
    }


# --- checks


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


class ChecksOut(ListOut):
    items: list[CheckOut]


AskedOfChecks = asked("AskedOfChecks", CheckFilter)


@router.get(
    "/checks",
    response={200: ChecksOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="checks",
    url_name="staff_api_checks",
)
def checks(request: ByKey, asked: Query[AskedOfChecks]) -> Any:  # type: ignore[valid-type]
    """Every check that is needed: what waits first, the longest due at the top."""
    permissions.require(request.user, "licensing.view_applications")
    found = askings.checks(request.GET, by=request.user, on=timezone.localdate())
    return listed(request, found, check_out)


def check_out(row: Check) -> dict[str, Any]:
    case = row.application or row.change
    assert case is not None, "a check belongs to a case"
    return {
        **{field: getattr(row, field) for field in ("reference", "code", "sent_on", "due_on", "result", "replied_on")},
        "case": case.reference,
        "organisation": organisation_out(row.organisation),
        "about": row.subject,
        "agency": row.agency.name if row.agency else "",
    }


# --- decisions


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


class DecisionsOut(ListOut):
    items: list[DecisionRowOut]


AskedOfDecisions = asked("AskedOfDecisions", DecisionFilter)


@router.get(
    "/decisions",
    response={200: DecisionsOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="decisions",
    url_name="staff_api_decisions",
)
def decisions(request: ByKey, asked: Query[AskedOfDecisions]) -> Any:  # type: ignore[valid-type]
    """The decisions that you may see: open ones first, the oldest proposal at the top."""
    permissions.require(request.user, "licensing.view_decisions")
    found = queries.decisions(request.GET, by=request.user, on=timezone.localdate())
    return listed(request, found, decision_out)


def decision_out(row: Decision) -> dict[str, Any]:
    said = ("reference", "kind", "status", "immediate", "proposed_at", "reply_by", "decided_at")
    return {
        **{field: getattr(row, field) for field in said},
        "organisation": organisation_out(row.organisation),
        "about": row.subject.reference,
        "proposed_by": person_out(row.proposed_by),
        "decided_by": person_out(row.decided_by),
    }


# --- dates


class DateOut(Schema):
    what: str
    about: str
    due_on: date
    working_days_left: int
    rule: str
    waiting_for: str
    officer: PersonOut | None


class DatesOut(ListOut):
    items: list[DateOut]


AskedOfDates = asked("AskedOfDates", DatesFilter)


@router.get(
    "/dates",
    response={200: DatesOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="dates",
    url_name="staff_api_dates",
)
def dates_due(request: ByKey, asked: Query[AskedOfDates]) -> Any:  # type: ignore[valid-type]
    """Every open date with its rule, overdue first."""
    permissions.require(request.user, "licensing.view_decisions")
    return listed(request, dates.dates(request.GET, by=request.user, on=timezone.localdate()), _date_out)


def _date_out(row: Due) -> dict[str, Any]:
    return {
        "what": str(row.title),
        "about": row.about,
        "due_on": row.due_on,
        "working_days_left": row.left,
        "rule": row.rule,
        "waiting_for": str(row.turn),
        "officer": person_out(row.officer),
    }


# --- look-alikes


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


class LookAlikesOut(ListOut):
    items: list[LookAlikeOut]


AskedOfLookAlikes = asked("AskedOfLookAlikes", LookAlikeFilter)


@router.get(
    "/look-alikes",
    response={200: LookAlikesOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="look_alikes",
    url_name="staff_api_look_alikes",
)
def look_alikes(request: ByKey, asked: Query[AskedOfLookAlikes]) -> Any:  # type: ignore[valid-type]
    """Who may be somebody else come back: what is to be judged first, the weightiest at the top."""
    permissions.require(request.user, "licensing.view_look_alikes")
    return listed(request, links.look_alikes(request.GET, by=request.user, on=timezone.localdate()), _look_alike_out)


def _look_alike_out(row: Any) -> dict[str, Any]:
    return {
        **{field: getattr(row, field) for field in ("reference", "points", "is_strong", "status", "found_at", "age")},
        "organisation": organisation_out(row.organisation),
        "other": organisation_out(row.other),
        "case_officer": row.officer,
    }
