"""One row of the list of decisions for programs: also what is said of a decision elsewhere."""

from typing import Any

from django.utils import timezone

from licensing.decisions.lists import DECISIONS
from licensing.decisions.models.decisions import Decision
from registry.accounts.models import User
from registry.api.lists import row_of, row_out

DecisionRowOut = row_of(DECISIONS, "DecisionRowOut")


def decision_out(row: Decision, *, by: User) -> dict[str, Any]:
    return row_out(DECISIONS, row, by=by, on=timezone.localdate())
