"""The figures of the work, for managers: as a page with charts, and each table as a file to take away."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from licensing.applications.queries.offices import schemes_offered
from licensing.figures import actions
from licensing.figures.queries import figures as queries
from licensing.figures.queries import pairs
from registry import schemes, web
from registry.trail.actions import exports

SEES = "licensing.view_figures"


@web.page(SEES)
def figures(request: web.SignedIn) -> HttpResponse:
    """All tables with their charts: of one scheme, if one is chosen."""
    today, scheme = timezone.localdate(), _chosen(request)
    months = queries.of_months(scheme=scheme)
    context = {
        "figures": queries.of_today(today, scheme=scheme),
        "months": months.figures,
        "counted_at": months.counted_at,
        "today": today,
        "schemes": schemes_offered(today).items(),
        "chosen": scheme,
    }
    return render(request, "licensing/figures/figures.html", context)


@web.button(SEES)
def figures_again(request: web.SignedIn) -> HttpResponse:
    """Count the months now, and not in the next night."""
    actions.count(by=request.user, at=timezone.now())
    messages.success(request, _("Everything has been counted again."))
    return redirect(f"{reverse('figures')}?{web.query_to_keep(request.GET)}")


@web.button(SEES)
@web.needs("registry.export_lists")
def figure_csv(request: web.SignedIn, code: str) -> HttpResponseBase:
    """One of the tables as CSV; that it was taken is noted on the trail."""
    at, scheme = timezone.now(), _chosen(request)
    found = queries.figure(code, timezone.localdate(at), scheme=scheme)
    if found is None:
        raise Http404
    shown, on = found
    exports.take_list(f"figures: {code}", chosen={"scheme": scheme}, rows=len(shown.rows), by=request.user, at=at)
    return web.table_file(code, shown.headings, shown.rows, on=on)


@web.page(SEES)
def approval_pairs(request: web.SignedIn) -> HttpResponse:
    """Who approves whose proposals: those that always go together come first."""
    rows = [pair.as_row() for pair in pairs.pairs(at=timezone.now())]
    return render(request, "licensing/figures/pairs.html", {"rows": rows, "headings": pairs.HEADINGS})


@web.button(SEES)
@web.needs("registry.export_lists")
def approval_pairs_csv(request: web.SignedIn) -> HttpResponseBase:
    """The same table as CSV; that it was taken is noted on the trail."""
    at = timezone.now()
    rows = [pair.as_row() for pair in pairs.pairs(at=at)]
    exports.take_list("approval_pairs", chosen={}, rows=len(rows), by=request.user, at=at)
    return web.table_file("approval-pairs", pairs.HEADINGS, rows, on=timezone.localdate(at))


def _chosen(request: web.SignedIn) -> str:
    """The scheme that the address names; of one that there is not, the figures are those of all."""
    scheme = request.GET.get("scheme", "")
    return scheme if scheme in schemes.names() else ""
