"""Setting a reason to inspect aside for programs, and letting it count again."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Router

from licensing.actions import waivers as actions
from licensing.api.cases import CASE, BecauseIn, case_of
from licensing.api.triggers import TriggerOut, trigger_out
from licensing.models import Application
from licensing.queries.triggers import triggers_of
from registry.accounts.models import Scope
from registry.api import PROBLEMS, ByKey, Done, Key

router = Router(tags=["cases"])
TRIGGER = CASE + "/triggers/{trigger}"


@router.post(
    TRIGGER + "/waive",
    response={200: TriggerOut, **PROBLEMS},
    auth=Key(Scope.ASSESS),
    operation_id="waive_inspection",
    url_name="staff_api_waive",
)
def waive(request: ByKey, reference: str, trigger: str, body: BecauseIn) -> Any:
    """Set one reason to inspect aside, with your reason, which whoever decides reads."""
    case = case_of(request.user, reference)
    actions.give(case, trigger=trigger, because=body.because, by=request.user, at=timezone.now())
    return next(trigger_out(one) for one in triggers_of(case) if one.code == trigger)


@router.post(
    TRIGGER + "/take-back",
    response={200: Done, **PROBLEMS},
    auth=Key(Scope.ASSESS),
    operation_id="take_back_waiver",
    url_name="staff_api_take_back_waiver",
)
def take_back_waiver(request: ByKey, reference: str, trigger: str) -> Application:
    """Let a reason to inspect that was set aside count again."""
    case = case_of(request.user, reference)
    standing = get_object_or_404(case.waivers.standing(), trigger=trigger)
    actions.take_back(standing, by=request.user, at=timezone.now())
    return case
