"""The work lists of applications, decisions, dates, changes, look-alikes and licences: as pages, and as files to take away."""

from django.http import HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from licensing.applications.views.officer import TAKES
from licensing.decisions.lists import SEES_DECISIONS
from licensing.due_dates.queries import columns
from licensing.due_dates.queries import due as date_queries
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import ListName


@require_safe
@web.needs(SEES_DECISIONS, "compliance.handle_reports")
def dates_due(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/due_dates/officer_dates_due.html",
        date_queries.dates(request.GET, by=request.user, on=timezone.localdate()),
        of_list=ListName.DATES,
        offered=date_queries.views(),
        title=_("Dates due"),
    )


@require_POST
@web.needs(SEES_DECISIONS, "compliance.handle_reports")
@web.needs(TAKES)
def dates_due_csv(request: web.SignedIn) -> HttpResponseBase:
    found = date_queries.dates(request.GET, by=request.user, on=timezone.localdate())
    return web.list_file(request, ListName.DATES, found, columns.date_columns(), note=exports.take_list)
