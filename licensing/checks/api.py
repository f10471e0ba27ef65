"""One row of the list of checks for programs: also what is said of a check elsewhere."""

from typing import Any

from django.utils import timezone

from licensing.checks.lists import CHECKS
from licensing.checks.models import Check
from registry.accounts.models import User
from registry.api.lists import row_of, row_out

WHAT_IS_SAID = (
    "That something is asked, and whether it was answered; what was answered is read where its restriction is said."
)

CheckOut = row_of(CHECKS, "CheckOut", about=WHAT_IS_SAID)


def check_out(row: Check, *, by: User) -> dict[str, Any]:
    return row_out(CHECKS, row, by=by, on=timezone.localdate())
