"""One row of the list of conditions for programs: also what is said of a condition elsewhere."""

from typing import Any

from django.utils import timezone

from licensing.conditions.lists import CONDITIONS
from registry.accounts.models import User
from registry.api.lists import row_of, row_out
from registry.licences.models import Condition

ConditionRowOut = row_of(CONDITIONS, "ConditionRowOut")


def condition_out(row: Condition, *, by: User) -> dict[str, Any]:
    return row_out(CONDITIONS, row, by=by, on=timezone.localdate())
