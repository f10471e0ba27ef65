"""Work lists: whose turn it is, and what can be found among applications, decisions and licences."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from licensing.applications.queries.offices import schemes_offered
from licensing.decisions.filters import DecisionFilter
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User


def decisions(params: Mapping[str, Any], *, by: User, on: date) -> DecisionFilter:
    """The decisions that this person may see: open ones first, the oldest proposal at the top."""
    rows = Decision.objects.visible_to(by).select_related(
        "application__organisation", "licence__organisation", "proposed_by", "decided_by"
    )
    return DecisionFilter(params, decisions=rows, schemes=schemes_offered(on), by=by, on=on)
