"""The list of transfers; what is decided of one is proposed on the page of its licence."""

from django.http import HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from licensing.queries import exports as columns
from licensing.queries import transfers as queries
from registry import web
from registry.trail.actions import exports
from registry.worklists.models import WorkList

SEES = "licensing.view_decisions"


@require_safe
@web.needs(SEES)
def transfers(request: web.SignedIn) -> HttpResponse:
    return web.list_page(
        request,
        "licensing/case_officer/transfers.html",
        queries.transfers(request.GET, by=request.user),
        of_list=WorkList.TRANSFERS,
        offered=queries.views(),
        title=_("Transfers"),
    )


@require_POST
@web.needs(SEES)
@web.needs("registry.export_lists")
def transfers_csv(request: web.SignedIn) -> HttpResponseBase:
    found = queries.transfers(request.GET, by=request.user)
    return web.list_file(request, WorkList.TRANSFERS, found, columns.transfer_columns(), note=exports.take_list)
