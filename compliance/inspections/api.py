"""Inspections for programs of the authority: the list of the page, giving them to others, and calling them off."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from compliance.inspections import actions
from compliance.inspections.lists import INSPECTIONS, SEES
from compliance.inspections.models import Inspection
from compliance.inspections.queries import inspections as queries
from registry import permissions
from registry.accounts.models import Scope, User
from registry.api import ByKey, PersonOut, StaffRouter, person_out
from registry.api.lists import add_work_list, row_of

router = StaffRouter(tags=["inspections"])
INSPECTION = "/inspections/{reference}"
WHAT_IS_SAID = "What is found stays on the page: a finding is relied on once a second person has confirmed it."


add_work_list(
    router,
    "inspections",
    INSPECTIONS,
    row=row_of(INSPECTIONS, "InspectionRowOut", about=WHAT_IS_SAID),
    about="The inspections that you may see: open ones first, the most urgent at the top.",
)


@router.reads("/inspectors", "inspectors", list[PersonOut])
def inspectors(request: ByKey) -> Any:
    """Everybody to whom an inspection may be given."""
    permissions.require_one(request.user, *SEES)
    return [person_out(one) for one in queries.inspectors()]


class ReassignIn(Schema):
    inspector: str = Field(description="The reference of the inspector")
    because: str = Field(max_length=20_000)


@router.does(f"{INSPECTION}/reassign", "reassign_inspection", Scope.INSPECT, url_name="staff_api_reassign")
def reassign(request: ByKey, reference: str, body: ReassignIn) -> Inspection:
    """Give an inspection to another inspector, with whatever has been recorded so far."""
    one = _visible(request.user, reference)
    inspector = get_object_or_404(queries.inspectors(), reference=body.inspector)
    return actions.reassign(one, inspector=inspector, because=body.because, by=request.user, at=timezone.now())


class CallOffIn(Schema):
    because: str = Field(max_length=20_000)


@router.does(f"{INSPECTION}/call-off", "call_off_inspection", Scope.INSPECT, url_name="staff_api_call_off")
def call_off(request: ByKey, reference: str, body: CallOffIn) -> Inspection:
    """End an inspection that will not be carried out."""
    return actions.call_off(_visible(request.user, reference), because=body.because, by=request.user, at=timezone.now())


def _visible(by: User, reference: str) -> Inspection:
    permissions.require(by, "compliance.commission_inspection")
    return get_object_or_404(Inspection.objects.visible_to(by), reference=reference)
