"""What takes long to count, counted anew."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from compliance.statistics.actions import keep
from compliance.statistics.models import StatisticsSubject
from compliance.targeting.queries import evaluation, scores
from registry import permissions
from registry.accounts.models import User


@transaction.atomic
def evaluate(*, by: User | None, at: datetime) -> int:
    """Count what visits have found by how they were chosen, of each scheme that scores licences; says of how many. By nobody: the clock."""
    if by is not None:
        permissions.require(by, "compliance.view_scores")
    today = timezone.localdate(at)
    counted = {scheme.name: evaluation.evaluation_to_keep(scheme, today) for scheme in scores.scored_schemes(today)}
    return keep(StatisticsSubject.TARGETING, counted, at=at)
