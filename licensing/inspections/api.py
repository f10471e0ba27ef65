"""One case for programs, and what is done with it: each endpoint is one action of the pages, with its refusals.

What programs are told of the reasons to inspect before deciding: the same as the page of the case says.

Setting a reason to inspect aside for programs, and letting it count again."""

from dataclasses import asdict
from datetime import date
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Field, Schema

from compliance.inspections.queries import inspections as compliance_queries
from licensing.applications.api import CASE, BecauseIn, Text, case_of
from licensing.applications.models import Application
from licensing.inspections import actions
from licensing.inspections.queries import TriggerRow, triggers_of
from registry.accounts.models import Scope
from registry.api import ByKey, StaffRouter


class CommissionIn(Schema):
    brief: str = Text
    inspector: str = Field(description="The reference of the inspector")
    due_on: date


def commissioned(body: CommissionIn) -> dict[str, Any]:
    inspector = get_object_or_404(compliance_queries.inspectors(), reference=body.inspector)
    return {"brief": body.brief, "inspector": inspector, "due_on": body.due_on}


class BehindOut(Schema):
    """What a reason rests on: an application, a licence or a check; of another organisation, with who is in both."""

    kind: str
    reference: str
    title: str
    people: list[str]
    on: date | None


class TriggerOut(Schema):
    """A reason to inspect before deciding; `waived_because` when an officer has set it aside."""

    code: str
    reason: str
    because_of: list[str] = Field(description="What was answered")
    records: list[BehindOut] = Field(description="The newest 20 of each kind")
    more: int = Field(description="How many records there are beside those")
    waived_because: str


def trigger_out(one: TriggerRow) -> dict[str, Any]:
    return {
        "code": one.code,
        "reason": one.reason,
        "because_of": list(one.facts),
        "records": [asdict(record) for record in one.records],
        "more": one.more,
        "waived_because": one.waiver.because if one.waiver else "",
    }


router = StaffRouter(tags=["cases"])


TRIGGER = CASE + "/triggers/{trigger}"


@router.does(TRIGGER + "/waive", "waive_inspection", Scope.ASSESS, TriggerOut, url_name="staff_api_waive")
def waive(request: ByKey, reference: str, trigger: str, body: BecauseIn) -> Any:
    """Set one reason to inspect aside, with your reason, which whoever decides reads."""
    case = case_of(request.user, reference)
    actions.give(case, trigger=trigger, because=body.because, by=request.user, at=timezone.now())
    return next(trigger_out(one) for one in triggers_of(case) if one.code == trigger)


@router.does(TRIGGER + "/take-back", "take_back_waiver", Scope.ASSESS)
def take_back_waiver(request: ByKey, reference: str, trigger: str) -> Application:
    """Let a reason to inspect that was set aside count again."""
    case = case_of(request.user, reference)
    standing = get_object_or_404(case.waivers.standing(), trigger=trigger)
    actions.take_back(standing, by=request.user, at=timezone.now())
    return case
