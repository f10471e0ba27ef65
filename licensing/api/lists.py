"""The work lists for programs: the same rows, filters and order as the pages and their CSV, a page at a time."""

from typing import Any

from ninja import Router

from licensing import filters, queries
from licensing.api import rows
from licensing.queries import appeals, askings, changes, dates, links, transfers
from registry import permissions
from registry.accounts.models import Scope
from registry.api import PROBLEMS, ByKey, Key, PersonOut, add_list, person_out
from registry.organisations import queries as registry_queries
from registry.organisations.filters import OrganisationFilter

router = Router(tags=["lists"])

SEES_CASES = ("licensing.view_applications",)
SEES_DECISIONS = ("licensing.view_decisions",)

add_list(
    router,
    "applications",
    filters=filters.ApplicationFilter,
    find=lambda asked, by, on: queries.applications(asked, by=by, on=on),
    told=rows.application_out,
    row=rows.ApplicationOut,
    sees=SEES_CASES,
    about="The applications that you may see: those in hand first, the longest waiting at the top.",
)
add_list(
    router,
    "checks",
    filters=filters.CheckFilter,
    find=lambda asked, by, on: askings.checks(asked, by=by, on=on),
    told=rows.check_out,
    row=rows.CheckOut,
    sees=SEES_CASES,
    about="Every check that is needed: what waits first, the longest due at the top.",
)
add_list(
    router,
    "decisions",
    filters=filters.DecisionFilter,
    find=lambda asked, by, on: queries.decisions(asked, by=by, on=on),
    told=rows.decision_out,
    row=rows.DecisionRowOut,
    sees=SEES_DECISIONS,
    about="The decisions that you may see: open ones first, the oldest proposal at the top.",
)
add_list(
    router,
    "appeals",
    filters=filters.AppealFilter,
    find=lambda asked, by, on: appeals.appeals(asked, by=by),
    told=rows.appeal_out,
    row=rows.AppealRowOut,
    sees=("licensing.view_appeals",),
    about="The appeals that you may see: those that are open first, the oldest at the top.",
)
add_list(
    router,
    "changes",
    filters=filters.ChangeFilter,
    find=lambda asked, by, on: changes.changes(asked, by=by),
    told=rows.change_out,
    row=rows.ChangeRowOut,
    sees=("licensing.view_changes",),
    about="What holders have told: what is still to be looked at first, the longest waiting at the top.",
)
add_list(
    router,
    "licences",
    filters=filters.LicenceFilter,
    find=lambda asked, by, on: queries.licences(asked, by=by, on=on),
    told=rows.licence_out,
    row=rows.LicenceRowOut,
    sees=("registry.view_licences",),
    about="The licences that you may see: active ones first, by number.",
)
add_list(
    router,
    "conditions",
    filters=filters.ConditionFilter,
    find=lambda asked, by, on: queries.conditions(asked, by=by, on=on),
    told=rows.condition_out,
    row=rows.ConditionRowOut,
    sees=SEES_DECISIONS,
    about="The conditions of all licences that you may see: open ones first, what is due first at the top.",
)
add_list(
    router,
    "transfers",
    filters=filters.TransferFilter,
    find=lambda asked, by, on: transfers.transfers(asked, by=by),
    told=rows.transfer_out,
    row=rows.TransferRowOut,
    sees=SEES_DECISIONS,
    about="The licences that are to pass to another business: what is to be decided first, the oldest at the top.",
)
add_list(
    router,
    "dates",
    filters=filters.DatesFilter,
    find=lambda asked, by, on: dates.dates(asked, by=by, on=on),
    told=rows.date_out,
    row=rows.DateOut,
    sees=SEES_DECISIONS,
    about="Every open date with its rule, overdue first.",
)
add_list(
    router,
    "look-alikes",
    filters=filters.LookAlikeFilter,
    find=lambda asked, by, on: links.look_alikes(asked, by=by, on=on),
    told=rows.look_alike_out,
    row=rows.LookAlikeOut,
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
    return [person_out(one) for one in queries.case_officers()]
