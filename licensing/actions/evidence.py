"""What a holder sends to show that it meets a condition."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.models import Evidence
from licensing.rules import holding as rules
from registry import permissions, trail
from registry.errors import refuse_for
from registry.models import Act, Condition, Organisation, User
from registry.states import ConditionStatus


@transaction.atomic
def send(condition: Condition, *, text: str, by: User, at: datetime) -> Evidence:
    """Send what shows that a condition is met. The condition stays open: whether it is met is decided by the authority."""
    permissions.require(by, "licensing.apply")
    own = Condition.objects.filter(licence__organisation__in=Organisation.objects.acted_for_by(by))
    condition = trail.locked(own.get(pk=condition.pk))
    holder = condition.licence.organisation
    refuse_for(permissions.act_blockers(by, holder, Act.NOTIFY, on=timezone.localdate(at)))
    refuse_for(rules.evidence_blockers(is_open=condition.status == ConditionStatus.OPEN, text=text))
    evidence = Evidence.objects.create(condition=condition, text=text, sent_by=by, sent_at=at)
    trail.record(condition, "send_evidence", by=by, at=at, licence=condition.licence)
    return evidence
