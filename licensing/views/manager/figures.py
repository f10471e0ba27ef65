"""The figures of the work, for managers: as a page with charts, and each table as a file to take away."""

from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from licensing.queries import figures as queries
from registry import web
from registry.actions import exports

SEES = "licensing.view_figures"


@require_safe
@web.needs(SEES)
def figures(request: web.SignedIn) -> HttpResponse:
    today = timezone.localdate()
    return render(request, "licensing/manager/figures.html", {"figures": queries.figures(today), "today": today})


@require_POST
@web.needs(SEES)
@web.needs("registry.export_lists")
def figure_csv(request: web.SignedIn, code: str) -> HttpResponseBase:
    at = timezone.now()
    shown = queries.figure(code, timezone.localdate(at))
    if shown is None:
        raise Http404
    exports.take_list(f"figures: {code}", chosen={}, rows=len(shown.rows), by=request.user, at=at)
    return web.table_file(code, shown.headings, shown.rows, on=timezone.localdate(at))
