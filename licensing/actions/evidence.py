"""What a holder sends to show that it meets a condition."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from licensing.models import Evidence
from licensing.rules import holding as rules
from registry import permissions
from registry.accounts.models import User
from registry.documents import actions as documents
from registry.errors import refuse_for
from registry.licences.models import Condition
from registry.licences.states import ConditionStatus
from registry.memberships.models import Act
from registry.organisations.models import Organisation
from registry.trail.actions import events as trail
from registry.uploads import Upload


@transaction.atomic
def send(condition: Condition, *, text: str, uploads: Sequence[Upload] = (), by: User, at: datetime) -> Evidence:
    """Send what shows that a condition is met, with files where they belong to it; all of it or nothing.

    The condition stays open: whether it is met is decided by the authority. Raises `Refused` (closed, nothing_said, and the
    reasons of `registry.documents.actions.receive`).
    """
    permissions.require(by, "licensing.apply")
    own = Condition.objects.filter(licence__organisation__in=Organisation.objects.acted_for_by(by))
    condition = trail.locked(own.get(pk=condition.pk))
    holder = condition.licence.organisation
    refuse_for(permissions.act_blockers(by, holder, Act.NOTIFY, on=timezone.localdate(at)))
    refuse_for(rules.evidence_blockers(is_open=condition.status == ConditionStatus.OPEN, text=text))
    evidence = Evidence.objects.create(condition=condition, text=text, sent_by=by, sent_at=at)
    trail.record(condition, "send_evidence", by=by, at=at, licence=condition.licence)
    for upload in uploads:
        documents.receive(holder, upload=upload, about=condition.reference, by=by, at=at)
    return evidence
