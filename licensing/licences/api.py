"""What programs are told of each row of a work list: the same as its page and its CSV say.

One licence for programs: its conditions, what is decided about it, and what may be proposed."""

from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Router, Schema

from licensing.applications.api import Text, said
from licensing.conditions import actions as verifications
from licensing.conditions.api import ConditionRowOut, condition_out
from licensing.decisions.actions import proposals
from licensing.decisions.api.proposals import (
    OfferedOut,
    ProposeOnConditionIn,
    ProposeOnLicenceIn,
    offered_out,
    proposed,
)
from licensing.decisions.api.rows import DecisionRowOut, decision_out
from licensing.inspections import actions as visits
from licensing.inspections.api import CommissionIn, commissioned
from licensing.licences.queries import licence_page, work_list
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import PROBLEMS, ByKey, Done, Key, MoveOut, OrganisationOut, moves_out, organisation_out
from registry.licences.models import Condition, Licence


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


router = Router(tags=["licences"])


LICENCE = "/licences/{number}"


CONDITION = LICENCE + "/conditions/{condition}"


class ConditionOut(ConditionRowOut):
    moves: list[MoveOut]


class LicenceOut(LicenceRowOut):
    sectors: list[str]
    countries_supplied: list[str]
    moves: list[MoveOut] = Field(
        description="What you may do; `reasons` say why not now, and are empty when it is possible"
    )
    conditions: list[ConditionOut]
    decisions: list[DecisionRowOut]


@router.get(
    LICENCE,
    response={200: LicenceOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="licence",
    url_name="staff_api_licence",
)
def licence(request: ByKey, number: str) -> Any:
    """One licence: its conditions, what was decided about it, and what you may do now."""
    row = _licence(request.user, number)
    file = licence_page.licence_file(row, by=request.user, on=timezone.localdate())
    return {
        **licence_out(row),
        "sectors": row.sectors,
        "countries_supplied": row.countries_supplied,
        "moves": moves_out(file.moves),
        "conditions": [
            {**condition_out(one.shown.condition), "moves": moves_out(one.moves)} for one in file.conditions
        ],
        "decisions": [decision_out(one) for one in file.decisions],
    }


@router.get(
    f"{LICENCE}/evidence",
    response={200: OfferedOut, **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="evidence_of_licence",
    url_name="staff_api_evidence_of_licence",
)
def evidence(request: ByKey, number: str) -> OfferedOut:
    """What a proposal about this licence can be made of: standards, conditions, evidence in the file, what can be weighed."""
    permissions.require(request.user, "licensing.propose_decision")
    return offered_out(_licence(request.user, number))


@router.post(
    f"{LICENCE}/propose",
    response={200: DecisionRowOut, **PROBLEMS},
    auth=Key(Scope.PROPOSE),
    operation_id="propose_about_licence",
    url_name="staff_api_propose_about_licence",
)
def propose(request: ByKey, number: str, body: ProposeOnLicenceIn) -> Any:
    """Propose to suspend or revoke a licence, to lift its suspension, or to add a condition; somebody else decides.

    A surrender is asked for by the holder, and accepted by deciding.
    """
    one = _licence(request.user, number)
    given = proposed(body, subject=one)
    return decision_out(proposals.propose(one, **given, by=request.user, at=timezone.now()))


@router.post(
    f"{CONDITION}/propose",
    response={200: DecisionRowOut, **PROBLEMS},
    auth=Key(Scope.PROPOSE),
    operation_id="propose_about_condition",
    url_name="staff_api_propose_about_condition",
)
def propose_about_condition(request: ByKey, number: str, condition: str, body: ProposeOnConditionIn) -> Any:
    """Propose to discharge a condition, to give more time for it, to vary it, or to find it failed; somebody else decides."""
    one = _licence(request.user, number)
    given = proposed(body, subject=one, about=_condition(one, condition))
    return decision_out(proposals.propose(one, **given, by=request.user, at=timezone.now()))


class DeskCheckIn(Schema):
    is_met: bool
    text: str = Text


@router.post(
    f"{CONDITION}/check",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.RECORD),
    operation_id="check_condition",
    url_name="staff_api_check_condition",
)
def check_condition(request: ByKey, number: str, condition: str, body: DeskCheckIn) -> Any:
    """Write down what you looked at, and whether it shows that the condition is met. It stays open."""
    one = _condition(_licence(request.user, number), condition)
    checked = verifications.check_at_desk(one, by=request.user, at=timezone.now(), **body.dict())
    return checked.condition


@router.post(
    f"{CONDITION}/commission-visit",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.INSPECT),
    operation_id="visit_condition",
    url_name="staff_api_visit_condition",
)
def visit_condition(request: ByKey, number: str, condition: str, body: CommissionIn) -> Any:
    """Have somebody visit and see whether the condition is met."""
    one = _condition(_licence(request.user, number), condition)
    return verifications.commission(one, **commissioned(body), by=request.user, at=timezone.now())


@router.post(
    f"{LICENCE}/commission-inspection",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.INSPECT),
    operation_id="commission_for_licence",
    url_name="staff_api_commission_for_licence",
)
def commission(request: ByKey, number: str, body: CommissionIn) -> Any:
    """Have the holder inspected."""
    one = _licence(request.user, number)
    return visits.commission(one, **commissioned(body), by=request.user, at=timezone.now())


def _licence(by: User, number: str) -> Licence:
    """As the page of the licence finds it, with what the list says of it."""
    permissions.require(by, "registry.view_licences")
    found = work_list.licences({}, by=by, on=timezone.localdate()).queryset
    one: Licence = get_object_or_404(found.select_related("listing"), number=number)
    return one


def _condition(licence: Licence, reference: str) -> Condition:
    return get_object_or_404(licence.conditions.all(), reference=reference)
