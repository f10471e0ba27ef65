"""What other authorities say."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from licensing.models import Check
from licensing.rules import cases as rules
from registry import permissions, trail
from registry.errors import refuse_for
from registry.models import User


@transaction.atomic
def record_result(check: Check, *, result: str, evidence: str, replied_on: date, by: User, at: datetime) -> Check:
    """Write down an authority's reply. A later reply to the same check replaces it; the trail keeps both."""
    permissions.require(by, "licensing.record_check")
    trail.locked(check.case)  # two replies at once would each mark the case as still waiting for the other
    check = trail.locked(check)
    today = timezone.localdate(at)
    refuse_for(rules.result_blockers(check, result=result, evidence=evidence, replied_on=replied_on, today=today))
    check.result, check.evidence, check.replied_on, check.recorded_by = result, evidence, replied_on, by
    check.save(update_fields=["result", "evidence", "replied_on", "recorded_by"])
    # The trail is read by more people than may read the reply: it keeps that there was one, not what it said.
    trail.record(check.case, "record_check", by=by, at=at, check=check.code, subject=check.subject, result=result)
    return check
