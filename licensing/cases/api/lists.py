"""The work lists for programs: the same rows, filters and order as the pages and their CSV, a page at a time."""

from typing import Any

from ninja import Router

from licensing.appeals import api as appeal_api
from licensing.appeals.lists import APPEALS
from licensing.applications.queries import offices
from licensing.cases import filters
from licensing.cases.api import rows
from licensing.cases.queries import work_list
from licensing.checks import api as check_api
from licensing.checks import filters as check_filters
from licensing.checks.queries import askings
from licensing.conditions import api as condition_api
from licensing.conditions import filters as condition_filters
from licensing.conditions.queries import work_list as conditions_work_list
from licensing.decisions import filters as decision_filters
from licensing.decisions.api import rows as rows_api
from licensing.decisions.queries import work_list as work_list_queries
from licensing.due_dates import api as due_date_api
from licensing.due_dates import filters as due_date_filters
from licensing.due_dates.queries import due as dates
from licensing.holding import api as holding_api
from licensing.holding import filters as holding_filters
from licensing.holding.queries import changes, transfers
from licensing.licences import api as licence_api
from licensing.licences import filters as licence_filters
from licensing.licences.queries import work_list as licences_work_list
from licensing.phoenix_matches import api as phoenix_match_api
from licensing.phoenix_matches import filters as phoenix_match_filters
from licensing.phoenix_matches.queries import links
from registry import permissions
from registry.accounts.models import Scope
from registry.api import PROBLEMS, ByKey, Key, PersonOut, add_list, add_work_list, person_out
from registry.organisations import queries as registry_queries
from registry.organisations.filters import OrganisationFilter

router = Router(tags=["lists"])

SEES_CASES = ("licensing.view_applications",)
SEES_DECISIONS = ("licensing.view_decisions",)

add_list(
    router,
    "applications",
    filters=filters.ApplicationFilter,
    find=lambda asked, by, on: work_list.applications(asked, by=by, on=on),
    told=rows.application_out,
    row=rows.ApplicationOut,
    sees=SEES_CASES,
    about="The applications that you may see: those in hand first, the longest waiting at the top.",
)
add_list(
    router,
    "checks",
    filters=check_filters.CheckFilter,
    find=lambda asked, by, on: askings.checks(asked, by=by, on=on),
    told=check_api.check_out,
    row=check_api.CheckOut,
    sees=SEES_CASES,
    about="Every check that is needed: what waits first, the longest due at the top.",
)
add_list(
    router,
    "decisions",
    filters=decision_filters.DecisionFilter,
    find=lambda asked, by, on: work_list_queries.decisions(asked, by=by, on=on),
    told=rows_api.decision_out,
    row=rows_api.DecisionRowOut,
    sees=SEES_DECISIONS,
    about="The decisions that you may see: open ones first, the oldest proposal at the top.",
)
add_work_list(
    router,
    "appeals",
    APPEALS,
    row=appeal_api.AppealRowOut,
    about="The appeals that you may see: those that are open first, the oldest at the top.",
)
add_list(
    router,
    "changes",
    filters=holding_filters.ChangeFilter,
    find=lambda asked, by, on: changes.changes(asked, by=by),
    told=holding_api.change_out,
    row=holding_api.ChangeRowOut,
    sees=("licensing.view_changes",),
    about="What holders have told: what is still to be looked at first, the longest waiting at the top.",
)
add_list(
    router,
    "licences",
    filters=licence_filters.LicenceFilter,
    find=lambda asked, by, on: licences_work_list.licences(asked, by=by, on=on),
    told=licence_api.licence_out,
    row=licence_api.LicenceRowOut,
    sees=("registry.view_licences",),
    about="The licences that you may see: active ones first, by number.",
)
add_list(
    router,
    "conditions",
    filters=condition_filters.ConditionFilter,
    find=lambda asked, by, on: conditions_work_list.conditions(asked, by=by, on=on),
    told=condition_api.condition_out,
    row=condition_api.ConditionRowOut,
    sees=SEES_DECISIONS,
    about="The conditions of all licences that you may see: open ones first, what is due first at the top.",
)
add_list(
    router,
    "transfers",
    filters=holding_filters.TransferFilter,
    find=lambda asked, by, on: transfers.transfers(asked, by=by),
    told=holding_api.transfer_out,
    row=holding_api.TransferRowOut,
    sees=SEES_DECISIONS,
    about="The licences that are to pass to another business: what is to be decided first, the oldest at the top.",
)
add_list(
    router,
    "dates",
    filters=due_date_filters.DatesFilter,
    find=lambda asked, by, on: dates.dates(asked, by=by, on=on),
    told=due_date_api.date_out,
    row=due_date_api.DateOut,
    sees=SEES_DECISIONS,
    about="Every open date with its rule, overdue first.",
)
add_list(
    router,
    "look-alikes",
    filters=phoenix_match_filters.LookAlikeFilter,
    find=lambda asked, by, on: links.look_alikes(asked, by=by, on=on),
    told=phoenix_match_api.look_alike_out,
    row=phoenix_match_api.LookAlikeOut,
    sees=("licensing.view_look_alikes",),
    about="Who may be somebody else come back: what is to be judged first, the weightiest at the top.",
)
add_list(
    router,
    "organisations",
    filters=OrganisationFilter,
    find=lambda asked, by, on: registry_queries.organisations(asked, by=by),
    told=rows.organisation_row_out,
    row=rows.OrganisationRowOut,
    sees=("registry.view_organisations",),
    about="The organisations that you may see, by name.",
)


@router.get(
    "/case-officers",
    response={200: list[PersonOut], **PROBLEMS},
    auth=Key(Scope.READ),
    operation_id="case_officers",
    url_name="staff_api_case_officers",
)
def case_officers(request: ByKey) -> Any:
    """Everybody to whom a case may be given."""
    permissions.require_one(request.user, *SEES_CASES)
    return [person_out(one) for one in offices.case_officers()]
