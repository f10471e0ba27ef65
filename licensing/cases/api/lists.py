"""The work lists for programs: the same rows, filters and order as the pages and their CSV, a page at a time."""

from typing import Any

from licensing.appeals import api as appeal_api
from licensing.appeals.lists import APPEALS
from licensing.applications.queries import offices
from licensing.cases.api.cases import ApplicationOut
from licensing.cases.lists import APPLICATIONS, SEES_APPLICATIONS
from licensing.checks import api as check_api
from licensing.checks.lists import CHECKS
from licensing.conditions import api as condition_api
from licensing.conditions.lists import CONDITIONS
from licensing.decisions.api import rows as rows_api
from licensing.decisions.lists import DECISIONS
from licensing.due_dates.lists import DATES_DUE
from licensing.holding import api as holding_api
from licensing.holding.lists import CHANGES, TRANSFERS
from licensing.licences import api as licence_api
from licensing.licences.lists import LICENCES
from licensing.phoenix_matches import api as phoenix_match_api
from licensing.phoenix_matches.lists import LOOK_ALIKES
from registry import permissions
from registry.api import ByKey, PersonOut, StaffRouter, person_out
from registry.api.lists import add_work_list, row_of
from registry.organisations.lists import ORGANISATIONS

router = StaffRouter(tags=["lists"])


add_work_list(
    router,
    "applications",
    APPLICATIONS,
    row=ApplicationOut,
    about="The applications that you may see: those in hand first, the longest waiting at the top.",
)
add_work_list(
    router,
    "checks",
    CHECKS,
    row=check_api.CheckOut,
    about="Every check that is needed: what waits first, the longest due at the top.",
)
add_work_list(
    router,
    "decisions",
    DECISIONS,
    row=rows_api.DecisionRowOut,
    about="The decisions that you may see: open ones first, the oldest proposal at the top.",
)
add_work_list(
    router,
    "appeals",
    APPEALS,
    row=appeal_api.AppealRowOut,
    about="The appeals that you may see: those that are open first, the oldest at the top.",
)
add_work_list(
    router,
    "changes",
    CHANGES,
    row=holding_api.ChangeRowOut,
    about="What holders have told: what is still to be looked at first, the longest waiting at the top.",
)
add_work_list(
    router,
    "licences",
    LICENCES,
    row=licence_api.LicenceRowOut,
    about="The licences that you may see: active ones first, by number.",
)
add_work_list(
    router,
    "conditions",
    CONDITIONS,
    row=condition_api.ConditionRowOut,
    about="The conditions of all licences that you may see: open ones first, what is due first at the top.",
)
add_work_list(
    router,
    "transfers",
    TRANSFERS,
    row=row_of(TRANSFERS, "TransferRowOut"),
    about="The licences that are to pass to another business: what is to be decided first, the oldest at the top.",
)
add_work_list(
    router,
    "dates",
    DATES_DUE,
    row=row_of(DATES_DUE, "DateOut"),
    about="Every open date with its rule, overdue first.",
)
add_work_list(
    router,
    "look-alikes",
    LOOK_ALIKES,
    row=phoenix_match_api.LookAlikeOut,
    about="Who may be somebody else come back: what is to be judged first, the weightiest at the top.",
)
add_work_list(
    router,
    "organisations",
    ORGANISATIONS,
    row=row_of(ORGANISATIONS, "OrganisationRowOut"),
    about="The organisations that you may see, by name.",
)


@router.reads("/case-officers", "case_officers", list[PersonOut])
def case_officers(request: ByKey) -> Any:
    """Everybody to whom a case may be given."""
    permissions.require_one(request.user, SEES_APPLICATIONS)
    return [person_out(one) for one in offices.case_officers()]
