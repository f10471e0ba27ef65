"""Figures of the tasks of the authority: a page and a CSV file."""

from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from registry import web
from registry.task_figures import queries
from registry.trail.actions import exports


@web.page("licensing.view_figures")
def task_figures(request: web.SignedIn, by: str = "kind") -> HttpResponse:
    if by not in queries.GROUPS:
        raise Http404
    figures = queries.task_figures(by, at=timezone.now())
    return render(request, "registry/task_figures/task_figures.html", {"figures": figures, "by": by})


@web.button("licensing.view_figures")
@web.needs("registry.export_lists")
def task_figures_csv(request: web.SignedIn, by: str) -> HttpResponseBase:
    """The same table as a file; that it was taken is noted on the trail."""
    if by not in queries.GROUPS:
        raise Http404
    at = timezone.now()
    headings = [by, _("raised"), _("done"), _("open"), _("late"), _("median days")]
    rows = [figure.as_row() for figure in queries.task_figures(by, at=at)]
    exports.take_list(f"tasks by {by}", chosen={}, rows=len(rows), by=request.user, at=at)
    return web.table_file(f"tasks-by-{by}", headings, rows, on=timezone.localdate(at))
