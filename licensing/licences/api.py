"""One licence for programs: its conditions, what is decided about it, and what may be proposed."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema
from pydantic import create_model

from licensing.applications.api import Text
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
from licensing.licences.lists import LICENCES
from licensing.licences.queries import licence_page, work_list
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, MoveOut, StaffRouter, moves_out
from registry.api.lists import many, row_of, row_out
from registry.licences.models import Condition, Licence

LicenceRowOut = row_of(LICENCES, "LicenceRowOut")


router = StaffRouter(tags=["licences"])


LICENCE = "/licences/{number}"


CONDITION = LICENCE + "/conditions/{condition}"


ConditionOut = create_model("ConditionOut", __base__=ConditionRowOut, moves=(list[MoveOut], ...))
WHAT_MAY_BE_DONE = "What you may do; `reasons` say why not now, and are empty when it is possible"
LicenceOut: Any = create_model(
    "LicenceOut",
    __base__=LicenceRowOut,
    sectors=(list[str], ...),
    countries_supplied=(list[str], ...),
    moves=(list[MoveOut], Field(description=WHAT_MAY_BE_DONE)),
    conditions=(many(ConditionOut), ...),
    decisions=(many(DecisionRowOut), ...),
)


@router.reads(LICENCE, "licence", LicenceOut)
def licence(request: ByKey, number: str) -> Any:
    """One licence: its conditions, what was decided about it, and what you may do now."""
    row, on = _licence(request.user, number), timezone.localdate()
    file = licence_page.licence_file(row, by=request.user, on=on)
    return {
        **row_out(LICENCES, row, by=request.user, on=on),
        "sectors": row.sectors,
        "countries_supplied": row.countries_supplied,
        "moves": moves_out(file.moves),
        "conditions": [
            {**condition_out(one.shown.condition, by=request.user), "moves": moves_out(one.moves)}
            for one in file.conditions
        ],
        "decisions": [decision_out(one, by=request.user) for one in file.decisions],
    }


@router.reads(f"{LICENCE}/evidence", "evidence_of_licence", OfferedOut)
def evidence(request: ByKey, number: str) -> OfferedOut:
    """What a proposal about this licence can be made of: standards, conditions, evidence in the file, what can be weighed."""
    permissions.require(request.user, "licensing.propose_decision")
    return offered_out(_licence(request.user, number))


@router.does(f"{LICENCE}/propose", "propose_about_licence", Scope.PROPOSE, DecisionRowOut)
def propose(request: ByKey, number: str, body: ProposeOnLicenceIn) -> Any:
    """Propose to suspend or revoke a licence, to lift its suspension, or to add a condition; somebody else decides.

    A surrender is asked for by the holder, and accepted by deciding.
    """
    one = _licence(request.user, number)
    given = proposed(body, subject=one)
    return decision_out(proposals.propose(one, **given, by=request.user, at=timezone.now()), by=request.user)


@router.does(f"{CONDITION}/propose", "propose_about_condition", Scope.PROPOSE, DecisionRowOut)
def propose_about_condition(request: ByKey, number: str, condition: str, body: ProposeOnConditionIn) -> Any:
    """Propose to discharge a condition, to give more time for it, to vary it, or to find it failed; somebody else decides."""
    one = _licence(request.user, number)
    given = proposed(body, subject=one, about=_condition(one, condition))
    return decision_out(proposals.propose(one, **given, by=request.user, at=timezone.now()), by=request.user)


class DeskCheckIn(Schema):
    is_met: bool
    text: str = Text


@router.does(f"{CONDITION}/check", "check_condition", Scope.RECORD)
def check_condition(request: ByKey, number: str, condition: str, body: DeskCheckIn) -> Any:
    """Write down what you looked at, and whether it shows that the condition is met. It stays open."""
    one = _condition(_licence(request.user, number), condition)
    checked = verifications.check_at_desk(one, by=request.user, at=timezone.now(), **body.dict())
    return checked.condition


@router.does(f"{CONDITION}/commission-visit", "visit_condition", Scope.INSPECT)
def visit_condition(request: ByKey, number: str, condition: str, body: CommissionIn) -> Any:
    """Have somebody visit and see whether the condition is met."""
    one = _condition(_licence(request.user, number), condition)
    return verifications.commission(one, **commissioned(body), by=request.user, at=timezone.now())


@router.does(f"{LICENCE}/commission-inspection", "commission_for_licence", Scope.INSPECT)
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
